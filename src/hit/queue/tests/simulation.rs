//! 100,000 random steps: calls, answers, failures, servers that hang, full storage, going offline, leaving, returning.
//!
//! What holds in any order of events:
//!
//! 1. **None is lost.** In the end each hit has been collected, or the page was told that it failed or was dropped, or
//!    the browser had it and the network lost it, or neither the browser nor storage accepted it before the page ended.
//! 2. **None is sent twice.** No request is made while an earlier one of the same hit may still be answered, nor while
//!    storage offers it to other pages, and no hit is collected twice. The exception is an image that was cancelled when
//!    the page was unloaded before its host had answered anything.
//! 3. **Order.** A hit is not sent before an earlier one, unless that one is in flight and slow or has failed, and no more hits
//!    are in flight at a time than the site allows. A page that is hidden or unloaded sends everything at once.
//! 4. **One outcome.** A page is told the outcome of a hit at most once, and exactly once if it stays open.
//! 5. **Pauses.** No request is made while offline, forced offline or buffering; only images are sent where the policy
//!    blocks connections; none is sent sooner than `offlineThrottleDelay` after the one before.
//! 6. **Limits** hold: hits and bytes in memory, hits kept while offline, keepalives in flight, attempts.
//! 7. **No image is sent** during a navigation.
//! 8. **No image dies with its page** while it waits for its connection.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::coverage::Coverage;
use super::world::{Record, World};
use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Offline, Unloaded};

const SEEDS: u64 = 20;
const STEPS: u32 = 5000;
/// Each kind of event and command must occur at least this often, or the simulation proves nothing about it.
const MIN_COVERAGE: u32 = 50;

impl World {
    fn step(&mut self) {
        match self.any(100) {
            0..35 => self.call(),
            35..80 => {
                let max_ms = if self.chance(10) { 20_000 } else { 400 };
                let ms = self.any(max_ms);
                self.pass(ms.into());
            }
            80..90 => {
                let condition = [Offline, Forced, Buffering, Hidden][self.any(4) as usize];
                let begins = !self.is(condition) && self.chance(50);
                self.set_condition(condition, begins);
            }
            90 => {
                self.unload();
                let settings = self.any_settings();
                self.open_next_page(settings);
                if self.chance(10) {
                    self.set_condition(Blocked, true);
                }
            }
            91 => {
                self.unload();
                self.send_from_another_page();
                self.now += u64::from(self.any(5000));
                self.come_back();
            }
            92 => self.send_from_another_page(),
            93..95 => self.failure_percent = [0, 0, 0, 30, 30, 100][self.any(6) as usize],
            95 | 96 => {
                let begins = self.chance(50);
                self.navigate(begins);
            }
            97 if self.chance(5) => (0..300).for_each(|_| self.call()),
            98 if self.chance(10) => {
                // Long enough for hits to use up their attempts.
                self.failure_percent = 100;
                self.pass(300_000);
                self.failure_percent = 0;
            }
            _ => self.handle(Event::Tick),
        }
    }

    fn any_settings(&mut self) -> Settings {
        Settings {
            max_concurrent: if self.chance(60) { 1 } else { 2 + self.any(3) },
            track_offline: self.chance(30),
            offline_limit: 10,
            throttle_ms: if self.chance(20) { 600 } else { 0 },
            has_keepalive: self.chance(90),
        }
    }

    /// Lets the network work and the page stay until every waiting hit has been delivered.
    fn finish(&mut self) {
        self.failure_percent = 0;
        for condition in [Offline, Forced, Buffering, Blocked, Unloaded, Hidden] {
            self.set_condition(condition, false);
        }
        self.read_storage();
        let waiting = self.pending.len() as u64;
        self.pass(600_000 + waiting * 30_000);
        self.check_end();
    }
}

fn simulate(seed: u64) -> World {
    let mut world = World::new(seed);
    for _ in 0..STEPS {
        world.step();
    }
    world.finish();
    world
}

/// The same, with the seed in front of the message of a failed assertion.
fn simulate_or_name_seed(seed: u64) -> World {
    catch_unwind(AssertUnwindSafe(|| simulate(seed))).unwrap_or_else(|cause| {
        let message = cause.downcast_ref::<String>().map(String::as_str);
        panic!("seed {seed}: {}", message.or(cause.downcast_ref::<&str>().copied()).unwrap_or("it panicked"))
    })
}

type Fate = (&'static str, fn(&Record) -> bool);

/// What can become of a hit. All of it must occur.
const FATES: [Fate; 4] = [
    ("collected", |record| record.collected > 0),
    ("given up", |record| record.collected == 0 && record.is_given_up),
    ("excused", |record| record.collected == 0 && record.is_excused),
    ("collected twice", |record| record.collected > 1),
];

#[test]
fn no_hit_is_lost_or_sent_twice_in_100_000_random_steps() {
    let mut coverage = Coverage::default();
    let mut counts = [0; FATES.len()];
    for seed in 1..=SEEDS {
        let world = simulate_or_name_seed(seed);
        coverage.add(&world.coverage);
        for (count, (_, has_fate)) in counts.iter_mut().zip(FATES) {
            *count += world.records.iter().filter(|record| has_fate(record)).count();
        }
    }
    coverage.check(MIN_COVERAGE);
    for (count, (fate, _)) in counts.iter().zip(FATES) {
        println!("{count:>8} hits {fate}");
        assert!(*count > 0, "no hit was {fate}");
    }
}
