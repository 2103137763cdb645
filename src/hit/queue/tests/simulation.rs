//! 10⁵ random steps: calls, answers, failures, hanging servers, full storage, going offline, leaving, coming back.
//!
//! What always holds, whatever happens in whatever order:
//!
//! 1. **None lost.** In the end each hit has been collected, or the page was told that it failed or was dropped, or the
//!    browser had it and the network lost it, or neither browser nor storage took it before the page ended.
//! 2. **None sent twice.** No request is made while an earlier one of the same hit may still be answered, and none is
//!    collected twice; but for images that were cancelled when the page was left, before their host had answered
//!    anything.
//! 3. **Order.** A hit does not leave before one that was called earlier, unless that one has left and is slow, and no
//!    more hits leave at a time than the site allows; a page that is hidden or left may send all at once.
//! 4. **One outcome.** Each hit is over at most once a page, and exactly once on a page that lives on.
//! 5. **Nothing when nothing may.** No request while offline, forced offline or buffering; only images where the policy
//!    forbids connections; none sooner than the site's distance after the one before.
//! 6. **Bounds.** Hits and bytes in memory, hits kept offline, keepalives open at a time, tries.
//! 7. **No image dies with its page** while it still waits for its connection.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Left, Offline};

/// A connection takes so many ms; what is sent on an open one leaves at once.
const HANDSHAKE: u64 = 150;

/// What is known of a hit outside.
#[derive(Default)]
struct Story {
    collected: u32,
    failures: u32,
    cancelled: bool,
    /// It was taken from us by the browser's refusal, or by the network after the browser had it.
    excused: bool,
    /// The page was told that it is given up.
    given_up: bool,
    /// The outcome on this page.
    over: bool,
}

/// A request under way.
struct Request {
    id: u32,
    way: Way,
    size: u32,
    sent: u64,
    due: u64,
    fails: bool,
    /// The page that waits for its answer is still there.
    is_heard: bool,
}

struct World {
    random: u64,
    now: u64,
    queue: Queue,
    settings: Settings,
    conditions: u8,
    alarm: Option<u64>,
    stories: Vec<Story>,
    /// The hits of this page that are not over, in call order.
    called: Vec<u32>,
    requests: Vec<Request>,
    claims: BTreeMap<u32, u64>,
    /// In it, and by which page.
    storage: BTreeSet<u32>,
    unkept: BTreeSet<u32>,
    is_warm: bool,
    last_sent: Option<u64>,
    trouble: u32,
}

impl World {
    fn new(seed: u64) -> Self {
        let settings = Settings { concurrent: 1, keeps: false, limit: 10, throttle: 0, keepalive: true };
        Self {
            random: seed,
            // Near the end of what 32 bits can count.
            now: (seed & 1 << 32) | u64::from(u32::MAX - 1_000_000),
            queue: Queue::new(),
            settings,
            conditions: 0,
            alarm: None,
            stories: Vec::new(),
            called: Vec::new(),
            requests: Vec::new(),
            claims: BTreeMap::new(),
            storage: BTreeSet::new(),
            unkept: BTreeSet::new(),
            is_warm: false,
            last_sent: None,
            trouble: 0,
        }
    }

    /// A number below `limit`.
    fn any(&mut self, limit: u32) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 33) as u32 % limit
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.any(100) < percent
    }

    fn is(&self, condition: Condition) -> bool {
        self.conditions & condition as u8 != 0
    }

    fn story(&mut self, id: u32) -> &mut Story {
        &mut self.stories[id as usize]
    }

    /// Tells the queue, and does what it says; effects tell in turn.
    fn tell(&mut self, event: Event) {
        self.queue.tell(event, self.now as u32);
        while let Some(command) = self.queue.next(self.now as u32, &self.settings) {
            self.perform(command);
        }
        self.check_bounds();
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::Send { id, way } => self.send(id, way),
            Command::Cancel { id } => {
                assert!(self.is(Left) && !self.is_warm);
                let before = self.requests.len();
                let now = self.now;
                // Whether it had left already, nobody knows.
                self.requests.retain(|r| r.id != id || !r.is_heard || now - r.sent >= HANDSHAKE);
                let has_left = self.requests.len() == before;
                for request in self.requests.iter_mut().filter(|r| r.id == id) {
                    request.is_heard = false;
                }
                self.story(id).cancelled |= has_left;
            }
            Command::Keep { id } => {
                if self.chance(3) {
                    self.unkept.insert(id);
                    self.tell(Event::Refused { id });
                } else {
                    assert!(self.storage.insert(id), "kept twice: {id}");
                }
            }
            Command::Claim { id } => {
                self.check_turn(id);
                if self.chance(50) {
                    self.claimed(id);
                } else {
                    let wait = if self.chance(5) { 20_000 } else { 50 };
                    let due = self.now + u64::from(self.any(wait)) + 1;
                    self.claims.insert(id, due);
                }
            }
            Command::Delivered { id, way } => {
                assert!(way == Way::Beacon || self.stories[id as usize].collected > 0, "told too early: {id}");
                self.end(id);
                if self.chance(3) {
                    self.call();
                }
            }
            Command::HandedOver { id } => self.end(id),
            Command::Buffered { id } => {
                let is_safe = self.storage.contains(&id) || self.stories[id as usize].collected > 0;
                assert!(self.is(Left) && is_safe, "not in storage: {id}");
                self.end(id);
            }
            Command::Failed { id } => {
                let failures = self.stories[id as usize].failures;
                assert!(failures > 0 && !self.settings.keeps, "never tried: {id}");
                self.give_up(id);
            }
            Command::Dropped { id } => self.give_up(id),
            Command::Wake { after } => self.alarm = Some(self.now + u64::from(after)),
        }
    }

    fn end(&mut self, id: u32) {
        assert!(!std::mem::replace(&mut self.story(id).over, true), "over twice: {id}");
        self.called.retain(|called| *called != id);
    }

    fn give_up(&mut self, id: u32) {
        self.end(id);
        self.storage.remove(&id);
        self.story(id).given_up = true;
    }

    fn send(&mut self, id: u32, way: Way) {
        assert!(!self.is(Offline) && !self.is(Forced) && !self.is(Buffering), "sent while nothing may: {id}");
        assert!(!self.is(Blocked) || way == Way::Image, "not allowed here: {id}");
        assert!(!self.storage.contains(&id), "another page may send it too: {id}");
        assert!(self.requests.iter().all(|r| r.id != id || self.stories[id as usize].cancelled), "sent twice: {id}");
        if self.is(Hidden) || self.is(Left) {
            assert!(matches!(way, Way::Keepalive | Way::Beacon), "would die with the page: {id}");
        } else {
            self.check_turn(id);
            if let Some(last) = self.last_sent {
                assert!(self.now - last >= u64::from(self.settings.throttle), "too soon: {id}");
            }
        }
        self.last_sent = Some(self.now);
        if way == Way::Beacon {
            if self.chance(20) {
                self.tell(Event::Refused { id });
            } else {
                self.story(id).collected += 1;
                self.tell(Event::Answered { id });
            }
            return;
        }
        if way == Way::Keepalive && self.chance(3) {
            self.tell(Event::Refused { id });
            return;
        }
        let fails = self.trouble > 0 && self.chance(self.trouble);
        let wait = match self.any(20) {
            0 => 30_000,
            1 => 200_000,
            _ => 500,
        };
        let due = self.now + HANDSHAKE + u64::from(self.any(wait));
        let size = 1000;
        self.requests.push(Request { id, way, size, sent: self.now, due, fails, is_heard: true });
        self.check_load();
    }

    /// Those before it are over, or hold nobody up any more; so many at a time.
    fn check_turn(&self, id: u32) {
        if self.is(Hidden) || self.is(Left) {
            return;
        }
        let fresh = |since: u64| self.now - since < u64::from(SLOW);
        let mut before = true;
        let mut busy = 0;
        for called in &self.called {
            before &= *called != id;
            let request = self.requests.iter().find(|r| r.id == *called && r.is_heard);
            let hit = self.queue.hits.iter().find(|hit| hit.id == *called);
            let claim = hit.filter(|hit| hit.state == State::Claiming && *called != id);
            let holds = match (request, claim) {
                (Some(request), _) => fresh(request.sent),
                (None, Some(claim)) => claim.left(self.now as u32) > 0,
                (None, None) => before,
            };
            busy += u32::from(holds);
        }
        assert!(busy < self.settings.concurrent, "before its turn: {id}");
    }

    fn check_load(&self) {
        let open = |bodies| {
            let ours = self.requests.iter().filter(|r| r.is_heard && r.way == Way::Keepalive);
            let sizes = ours.map(|r| if bodies { 0 } else { r.size });
            sizes.fold((0, 0), |(count, bytes), size| (count + 1, bytes + size))
        };
        assert!(open(false).0 <= KEEPALIVES && open(false).1 <= KEEPALIVE_URLS);
    }

    fn check_bounds(&self) {
        assert!(self.queue.hits.len() <= HITS + 1);
        let waiting = self.queue.hits.iter().filter(|hit| hit.state == State::Waiting).count() as u32;
        if self.settings.keeps && (self.is(Offline) || self.is(Forced)) {
            assert!(waiting <= self.settings.limit, "kept too many");
        }
        for hit in &self.queue.hits {
            assert!(self.settings.keeps || hit.tries <= TRIES, "tried too often: {}", hit.id);
        }
    }

    fn call(&mut self) {
        let id = self.stories.len() as u32;
        self.stories.push(Story::default());
        self.called.push(id);
        let way = match self.any(10) {
            0 => Way::Beacon,
            1 => Way::Post,
            2 => Way::Keepalive,
            _ => Way::Image,
        };
        self.tell(Event::Called { id, size: 1000, way, kept: false });
    }

    fn turn(&mut self, condition: Condition, begins: bool) {
        self.unkept.clear();
        if begins {
            self.conditions |= condition as u8;
            self.tell(Event::Begins(condition));
        } else {
            self.conditions &= !(condition as u8);
            self.tell(Event::Ends(condition));
        }
    }

    /// The page hears what storage says: it had it, or another page has taken it.
    fn claimed(&mut self, id: u32) {
        let ok = self.storage.remove(&id);
        self.tell(Event::Claimed { id, ok });
    }

    /// Lets time pass; what is due happens in its order.
    fn pass(&mut self, ms: u64) {
        let end = self.now + ms;
        loop {
            let request = self.requests.iter().map(|request| request.due).min().unwrap_or(u64::MAX);
            let claim = self.claims.iter().map(|(id, due)| (*due, *id)).min().unwrap_or((u64::MAX, 0));
            let alarm = self.alarm.unwrap_or(u64::MAX);
            let due = request.min(claim.0).min(alarm);
            if due > end {
                break;
            }
            self.now = self.now.max(due);
            if alarm == due {
                self.alarm = None;
                self.tell(Event::Tick);
            } else if claim.0 == due {
                self.claims.remove(&claim.1);
                self.claimed(claim.1);
            } else if let Some(n) = self.requests.iter().position(|request| request.due == due) {
                self.arrive(n);
            }
        }
        self.now = end;
    }

    fn arrive(&mut self, n: usize) {
        let Request { id, fails, is_heard, way, .. } = self.requests.swap_remove(n);
        // What is under way when the line breaks fails.
        let fails = fails || self.is(Offline);
        if fails {
            self.story(id).failures += 1;
            if !is_heard || self.stories[id as usize].over {
                self.story(id).excused = true;
            }
        } else {
            self.story(id).collected += 1;
        }
        if is_heard {
            self.is_warm |= !fails && !self.stories[id as usize].over;
            let _ = way;
            let random = self.any(u32::MAX);
            self.tell(if fails { Event::Failed { id, random } } else { Event::Answered { id } });
        }
    }

    /// The page is left; what it knew is gone.
    fn leave(&mut self) {
        if self.chance(50) {
            self.turn(Hidden, true);
        }
        self.turn(Left, true);
        if self.chance(20) {
            self.call();
        }
        for request in self.requests.iter_mut().filter(|r| r.is_heard) {
            let waits = self.now - request.sent < HANDSHAKE && !self.is_warm;
            let dies = waits && matches!(request.way, Way::Image | Way::Post);
            assert!(!dies, "died with its page: {}", request.id);
        }
    }

    fn reload(&mut self) {
        self.leave();
        for id in std::mem::take(&mut self.called) {
            let is_open = self.requests.iter().any(|r| r.id == id && r.is_heard);
            if !is_open && !self.storage.contains(&id) && self.stories[id as usize].collected == 0 {
                assert!(self.unkept.contains(&id), "lost with its page: {id} {:?}", self.queue.find(id));
                self.story(id).excused = true;
            }
        }
        for request in &mut self.requests {
            request.is_heard = false;
        }
        self.claims.clear();
        self.unkept.clear();
        self.alarm = None;
        self.last_sent = None;
        self.is_warm = false;
        self.queue = Queue::new();
        self.conditions &= Offline as u8;
        self.settings = Settings {
            concurrent: if self.chance(60) { 1 } else { 2 + self.any(3) },
            keeps: self.chance(40),
            limit: 10,
            throttle: if self.chance(20) { 600 } else { 0 },
            keepalive: self.chance(90),
        };
        if self.is(Offline) {
            self.tell(Event::Begins(Offline));
        }
        if self.chance(10) {
            self.turn(Blocked, true);
        }
        self.read_storage();
    }

    /// Into the back/forward cache and out of it; meanwhile another page may send what is stored.
    fn come_back(&mut self) {
        self.leave();
        self.be_another_page();
        self.now += u64::from(self.any(5000));
        for request in &mut self.requests {
            request.is_heard &= !self.stories[request.id as usize].over;
        }
        self.turn(Left, false);
        self.turn(Hidden, false);
        self.read_storage();
    }

    fn read_storage(&mut self) {
        let stored: Vec<u32> = self.storage.iter().copied().collect();
        for id in stored {
            if !self.called.contains(&id) {
                self.called.push(id);
                self.story(id).over = false;
                self.tell(Event::Called { id, size: 1000, way: Way::Image, kept: true });
            }
        }
    }

    fn be_another_page(&mut self) {
        let stored: Vec<u32> = self.storage.iter().copied().collect();
        for id in stored {
            if self.chance(30) {
                self.storage.remove(&id);
                self.story(id).collected += 1;
            }
        }
    }

    fn step(&mut self) {
        match self.any(100) {
            0..35 => self.call(),
            35..80 => {
                let most = if self.chance(10) { 20_000 } else { 400 };
                let ms = self.any(most) + 1;
                self.pass(ms.into());
            }
            80..90 => {
                let condition = [Offline, Forced, Buffering, Hidden][self.any(4) as usize];
                let begins = !self.is(condition) && self.chance(50);
                self.turn(condition, begins);
            }
            90..92 => self.reload(),
            92..94 => self.come_back(),
            94 => self.be_another_page(),
            95 => self.trouble = [0, 0, 30, 30, 100][self.any(5) as usize],
            96 if self.chance(5) => (0..400).for_each(|_| self.call()),
            _ => self.tell(Event::Tick),
        }
    }

    /// The network is well and the page stays: all that waits gets through.
    fn finish(&mut self) {
        self.trouble = 0;
        for condition in [Offline, Forced, Buffering, Blocked, Left, Hidden] {
            self.turn(condition, false);
        }
        self.read_storage();
        let waiting = self.called.len() as u64;
        self.pass(600_000 + waiting * 30_000);
        assert!(self.called.is_empty(), "no outcome: {:?} {:?}", self.called, self.queue.hits);
        assert!(self.storage.is_empty() && self.requests.is_empty() && self.queue.hits.is_empty());
        for (id, story) in self.stories.iter().enumerate() {
            let is_accounted_for = story.collected > 0 || story.given_up || story.excused;
            assert!(is_accounted_for, "lost: {id}");
            assert!(story.collected <= 1 || story.cancelled, "collected {} times: {id}", story.collected);
        }
    }
}

#[test]
fn a_hundred_thousand_random_steps() {
    let mut totals = [0; 6];
    for seed in 1..=20_u64 {
        let mut world = World::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for _ in 0..5000 {
            world.step();
        }
        world.finish();
        let count = |what: fn(&Story) -> bool| world.stories.iter().filter(|story| what(story)).count();
        totals[0] += world.stories.len();
        totals[1] += count(|story| story.collected > 0);
        totals[2] += count(|story| story.given_up);
        totals[3] += count(|story| story.excused && story.collected == 0);
        totals[4] += count(|story| story.collected > 1);
        totals[5] += count(|story| story.cancelled);
    }
    println!("called, collected, given up, excused, twice, cancelled: {totals:?}");
}
