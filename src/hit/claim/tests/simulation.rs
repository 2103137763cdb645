//! 50,000 random steps of up to six tabs: hits stored and claimed, tabs opened, duplicated, left and killed, clocks set back.
//!
//! What always holds:
//!
//! 1. **None claimed twice.** Each time a hit is stored, one tab gets it at most, and no two living tabs have it.
//! 2. **None lost.** A hit that nobody has claimed is in storage, unless its only copy was in the session storage of a tab that
//!    is gone.
//! 3. **Progress.** A claim ends within [`MOST_MS`], unless a timer was late; in the end every hit is claimed.

use std::collections::BTreeMap;

use super::world::World;

/// For so long the queue waits for a claim: others claim before it, and one of them may have died with the lease.
const MOST_MS: u64 = 5000;
const MOST_TABS: usize = 6;

impl World {
    fn step(&mut self) {
        match self.any(100) {
            0..35 => {
                let most = if self.chance(10) { 3000 } else { 80 };
                let ms = self.any(most);
                self.pass(ms);
            }
            35..40 if self.tabs.iter().filter(|tab| tab.is_alive).count() < MOST_TABS => match self.any_tab() {
                Some(tab) if self.chance(60) => self.duplicate(tab),
                _ => self.open_tab(),
            },
            choice => {
                let Some(tab) = self.any_tab() else { return self.open_tab() };
                match choice {
                    40..55 => {
                        let in_session = self.chance(50);
                        self.store(tab, in_session);
                    }
                    55..90 => self.claim(tab),
                    90..93 if self.may_end(tab) => self.navigate(tab),
                    93..96 if self.may_end(tab) => self.die(tab),
                    96 => self.set_clock(),
                    _ => self.load(tab),
                }
            }
        }
        self.check_none_lost();
    }

    fn set_clock(&mut self) {
        let by_ms = [3_600_000, -3_600_000, -500][self.any(3) as usize];
        self.clock = self.clock.wrapping_add_signed(by_ms);
    }

    /// The tabs that are left claim all there is.
    fn finish(&mut self) {
        self.open_tab();
        let end = self.now + 300_000;
        while self.unclaimed().next().is_some() {
            assert!(
                self.now < end,
                "seed {}: nobody has claimed {:?}",
                self.seed,
                self.unclaimed().collect::<Vec<_>>()
            );
            for tab in 0..self.tabs.len() {
                if self.tabs[tab].is_alive {
                    self.load(tab);
                    self.claim(tab);
                }
            }
            self.pass(500);
            self.check_none_lost();
        }
    }
}

fn simulate(has_locks: bool) -> BTreeMap<&'static str, u32> {
    let mut seen = BTreeMap::new();
    let mut longest_ms = 0;
    for seed in 1..=25 {
        let mut world = World::new(seed, has_locks);
        for _ in 0..1000 {
            world.step();
        }
        world.finish();
        assert!(world.longest_ms <= MOST_MS, "seed {seed}: a claim took {} ms", world.longest_ms);
        longest_ms = longest_ms.max(world.longest_ms);
        for (what, count) in world.seen {
            *seen.entry(what).or_default() += count;
        }
    }
    println!("longest claim {longest_ms} ms; {seen:?}");
    seen
}

fn check_seen(seen: &BTreeMap<&str, u32>, expected: &[&str]) {
    for what in expected {
        assert!(seen.get(what).is_some_and(|count| *count >= 10), "hardly ever: {what}");
    }
}

/// What happens with locks and without.
const ALWAYS: [&str; 6] = [
    "found",
    "not found",
    "a timer was late",
    "a claimed hit was stored again",
    "a tab with stored hits was duplicated",
    "a duplicated tab had claimed the hit",
];

#[test]
fn with_web_locks_each_stored_hit_is_claimed_once() {
    let seen = simulate(true);
    check_seen(&seen, &ALWAYS);
    check_seen(&seen, &["GiveUp", "Take", "a page was left while it held a lock"]);
}

#[test]
fn without_web_locks_each_stored_hit_is_claimed_once() {
    let seen = simulate(false);
    check_seen(&seen, &ALWAYS);
    check_seen(&seen, &["WriteLease", "Wait", "TakeAndEnd", "a tab died with the lease"]);
    check_seen(&seen, &["a lease was taken over", "a lease was in the future"]);
}
