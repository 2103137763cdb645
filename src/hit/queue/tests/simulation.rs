//! 10⁵ random steps: calls, answers, failures, hanging servers, full storage, going offline, leaving, coming back.
//!
//! What always holds, whatever happens in whatever order:
//!
//! 1. **None lost.** In the end each hit has been collected, or the page was told that it failed or was dropped, or the
//!    browser had it and the network lost it, or neither the browser nor storage took it before the page ended.
//! 2. **None sent twice.** No request is made while an earlier one of the same hit may still be answered, nor while
//!    storage offers it to other pages, and none is collected twice; but for images that were cancelled when the page
//!    was left, before their host had answered anything.
//! 3. **Order.** A hit does not leave before one that was called earlier, unless that one has left and is slow, and no
//!    more hits leave at a time than the site allows; a page that is hidden or left sends all at once.
//! 4. **One outcome.** Each hit is over at most once a page, and exactly once on a page that lives on.
//! 5. **Nothing when nothing may.** No request while offline, forced offline or buffering; only images where the policy
//!    forbids connections; none sooner than the site's distance after the one before.
//! 6. **Bounds.** Hits and bytes in memory, hits kept offline, keepalives open at a time, tries.
//! 7. **No image starts** while another page is on its way.
//! 8. **No image dies with its page** while it still waits for its connection.

use super::world::{Story, World};
use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Offline, Unloaded};

impl World {
    fn step(&mut self) {
        match self.any(100) {
            0..35 => self.call(),
            35..80 => {
                let most = if self.chance(10) { 20_000 } else { 400 };
                let ms = self.any(most);
                self.pass(ms.into());
            }
            80..90 => {
                let condition = [Offline, Forced, Buffering, Hidden][self.any(4) as usize];
                let begins = !self.is(condition) && self.chance(50);
                self.turn(condition, begins);
            }
            90 => {
                self.leave();
                let settings = self.any_settings();
                self.open_another(settings);
                if self.chance(10) {
                    self.turn(Blocked, true);
                }
            }
            91 => {
                self.leave();
                self.be_another_page();
                self.now += u64::from(self.any(5000));
                self.come_back();
            }
            92 => self.be_another_page(),
            93..95 => self.trouble = [0, 0, 0, 30, 30, 100][self.any(6) as usize],
            95 | 96 => {
                let so = self.chance(50);
                self.ask_for_another(so);
            }
            97 if self.chance(5) => (0..300).for_each(|_| self.call()),
            _ => self.tell(Event::Tick),
        }
    }

    fn any_settings(&mut self) -> Settings {
        Settings {
            concurrent: if self.chance(60) { 1 } else { 2 + self.any(3) },
            keeps: self.chance(30),
            limit: 10,
            throttle: if self.chance(20) { 600 } else { 0 },
            keepalive: self.chance(90),
        }
    }

    /// The network is well and the page stays: all that waits gets through.
    fn finish(&mut self) {
        self.trouble = 0;
        for condition in [Offline, Forced, Buffering, Blocked, Unloaded, Hidden] {
            self.turn(condition, false);
        }
        self.read_storage();
        let waiting = self.called.len() as u64;
        self.pass(600_000 + waiting * 30_000);
        self.check_end();
    }
}

#[test]
fn a_hundred_thousand_random_steps() {
    let mut totals = [0; 5];
    for seed in 1..=20 {
        let mut world = World::new(seed);
        for _ in 0..5000 {
            world.step();
        }
        world.finish();
        let count = |what: fn(&Story) -> bool| world.stories.iter().filter(|story| what(story)).count();
        totals[0] += world.stories.len();
        totals[1] += count(|story| story.collected > 0);
        totals[2] += count(|story| story.given_up && story.collected == 0);
        totals[3] += count(|story| story.excused && story.collected == 0);
        totals[4] += count(|story| story.collected > 1);
    }
    println!("called, collected, given up, excused, doubled: {totals:?}");
}
