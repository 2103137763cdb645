//! The delivery queue: which hit leaves when, by which way, and what becomes of it. No hit lost, none sent twice.
//!
//! It knows hits by number; their requests, the clock, the network and the storage belong to the driver. The driver
//! [tells](Queue::tell) what happened, then does what [`Queue::next`] says until that is `None`. Every command is a
//! change of state that has already been made, so whatever an effect tells in turn, nothing is done twice or forgotten.
//!
//! # States and moves
//!
//! | State     | Event or reason                                    | Command              | Then             |
//! |-----------|----------------------------------------------------|----------------------|------------------|
//! |           | Called                                             |                      | Waiting          |
//! | Waiting   | its turn, copy in storage                          | Claim                | Claiming         |
//! | Waiting   | its turn                                           | Send                 | Open             |
//! | Waiting   | hidden, left: may leave                            | Send keepalive       | Open             |
//! | Waiting   | hidden, left: must wait                            | Keep                 | Waiting, stored  |
//! | Waiting   | offline, forced, and the site keeps hits           | Keep                 | Waiting, stored  |
//! | Waiting   | left, stored                                       | Buffered             | (over)           |
//! | Waiting   | tries used up                                      | Failed               | (over)           |
//! | Waiting   | too many hits, too many bytes: the oldest          | Dropped              | (over)           |
//! | Waiting   | Refused, after Keep                                |                      | Waiting          |
//! | Claiming  | Claimed: out of storage                            |                      | Waiting          |
//! | Claiming  | Claimed: was gone, another page has it             | `HandedOver`         | (over)           |
//! | Open      | Answered                                           | Delivered            | (over)           |
//! | Open      | Failed                                             |                      | Waiting, a pause |
//! | Open      | Refused                                            |                      | Waiting          |
//! | Open      | left, keepalive, after all that waited             | `HandedOver`         | (over)           |
//! | Open      | left, young, and its host has answered nothing yet | Cancel               | Waiting          |
//!
//! A hit has its turn when fewer than [`Settings::concurrent`] of those before it hold the queue up: for [`SLOW`] ms
//! after they were sent or claimed, and during the pause after a failure. An open hit is never sent again, however slow
//! its answer is. While a page is hidden or left nothing holds anything up.

mod hit;
mod next;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

use hit::{Hit, Load, State};

/// For so many ms an unanswered hit holds up those behind it.
pub const SLOW: u32 = 5000;
/// Tries of a hit, unless the site keeps hits: those are tried until they get through.
pub const TRIES: u32 = 10;
/// When so many hits in a row have used up their tries, each later one gets one, until one is answered.
pub const HOPELESS: u32 = 2;
/// The pause after the first failure in ms, give or take a quarter; each further one is twice as long …
pub const PAUSE: u32 = 500;
/// … up to this many times.
pub const DOUBLINGS: u32 = 5;
/// An image of this age in ms has left, even if its host has not answered anything yet.
pub const YOUNG: u32 = 1000;
/// Hits in memory.
pub const HITS: usize = 1000;
/// Bytes of hits in memory.
pub const BYTES: u32 = 2_000_000;
/// Keepalive requests open at a time: Chromium takes 256 of a page …
pub const KEEPALIVES: u32 = 200;
/// … with 512 KB of URLs …
pub const KEEPALIVE_URLS: u32 = 400_000;
/// … and 64 KB of bodies.
pub const KEEPALIVE_BODIES: u32 = 60_000;

/// How a request is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// An image: its load event is the answer.
    Image,
    /// A POST with the parameters as its body; its size is that of the body.
    Post,
    /// `navigator.sendBeacon`: the answer is that the browser has taken it.
    Beacon,
    /// `fetch` with `keepalive`, with the method and the body that the hit has anyway.
    Keepalive,
}

/// What is the case for a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// `navigator.onLine` is false.
    Offline = 1,
    /// `forceOffline()`.
    Forced = 2,
    /// `bufferRequests()`.
    Buffering = 4,
    /// The page's policy allows images, and no connections.
    Blocked = 8,
    /// `visibilitychange` to hidden, `freeze`.
    Hidden = 16,
    /// `pagehide`, until `pageshow`.
    Left = 32,
}

/// What happened.
#[allow(missing_docs, reason = "an `id` is the number of a hit")]
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// A tracking call made this hit, or storage had it (`kept`); a number that the queue has already is ignored.
    Called { id: u32, size: u32, way: Way, kept: bool },
    /// Its load event, its response, or the browser took the beacon.
    Answered { id: u32 },
    /// Its error event. The random number makes the pause.
    Failed { id: u32, random: u32 },
    /// The browser did not take the beacon, the fetch, or the copy for storage: told while the command is carried out.
    Refused { id: u32 },
    /// What `Claim` asked for: it was in storage and has been taken out, or it was not there any more.
    Claimed { id: u32, ok: bool },
    /// Something begins to be the case.
    Begins(Condition),
    /// It ends.
    Ends(Condition),
    /// The timer that `Wake` asked for.
    Tick,
}

/// What is to be done.
#[allow(missing_docs, reason = "an `id` is the number of a hit")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Make the request.
    Send { id: u32, way: Way },
    /// Forget the request that is open: no event of it counts any more.
    Cancel { id: u32 },
    /// Put a copy into storage.
    Keep { id: u32 },
    /// Take the copy out of storage, so that no other page sends it too, and tell [`Event::Claimed`].
    Claim { id: u32 },
    /// Over: answered, by this way. A beacon is answered by the browser, and its outcome is `queued`.
    Delivered { id: u32, way: Way },
    /// Over: the browser has it, or another page; nothing more can be known.
    HandedOver { id: u32 },
    /// Over for this page: storage has it for the next one, or for this one when it is shown again.
    Buffered { id: u32 },
    /// Over: it has used up its tries.
    Failed { id: u32 },
    /// Over: there were too many. A copy in storage goes too.
    Dropped { id: u32 },
    /// Tell [`Event::Tick`] after so many ms; replaces the timer asked for before.
    Wake { after: u32 },
}

/// What the site has set, and what the browser has.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// `maxConcurrentHits`.
    pub concurrent: u32,
    /// `trackOffline`.
    pub keeps: bool,
    /// `offlineLimit`: of the hits that wait offline, the newest so many are kept.
    pub limit: u32,
    /// `offlineThrottleDelay`: the least time from one request to the next, in ms.
    pub throttle: u32,
    /// Whether `fetch` knows `keepalive`; else a page that is left sends beacons.
    pub keepalive: bool,
}

/// The hits of one tracker on their way.
pub struct Queue {
    hits: Vec<Hit>,
    conditions: u8,
    /// The host has answered: connections to it are open.
    answered: bool,
    /// The last answer was a failure.
    failing: bool,
    /// So many hits in a row have used up their tries.
    hopeless: u32,
    /// Keepalives that the page has handed over when it was left, and the browser may still be sending.
    handed: Load,
    /// When the last request left.
    sent: u32,
    /// When the timer goes off.
    alarm: u32,
}

impl Queue {
    /// One without hits.
    pub const fn new() -> Self {
        Self {
            hits: Vec::new(),
            conditions: 0,
            answered: false,
            failing: false,
            hopeless: 0,
            handed: Load::NONE,
            sent: 1 << 31,
            alarm: 0,
        }
    }

    /// Whether the host has answered: what is sent now leaves at once.
    pub const fn is_warm(&self) -> bool {
        self.answered
    }

    /// Takes note of what happened.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "each caller tells one event: the match folds away")]
    pub fn tell(&mut self, event: Event, now: u32) {
        match event {
            Event::Called { id, size, way, kept } => self.called(Hit::new(id, size.min(BYTES + 1), way, kept, now)),
            Event::Answered { id } => self.answered(id),
            Event::Failed { id, random } => self.failed(id, random, now),
            Event::Refused { id } => self.refused(id),
            Event::Claimed { id, ok } => self.claimed(id, ok),
            Event::Begins(condition) => self.turn(self.conditions | condition as u8),
            Event::Ends(condition) => self.turn(self.conditions & !(condition as u8)),
            Event::Tick => self.alarm = now,
        }
    }

    fn called(&mut self, hit: Hit) {
        if self.find(hit.id).is_none() {
            self.hits.push(hit);
        }
    }

    fn answered(&mut self, id: u32) {
        let Some(hit) = self.open(id) else { return };
        hit.state = State::Delivered;
        if hit.way != Way::Beacon {
            self.answered = true;
            self.failing = false;
            self.hopeless = 0;
        }
    }

    fn failed(&mut self, id: u32, random: u32, now: u32) {
        let offline = self.is(Condition::Offline as u8);
        let Some(hit) = self.open(id) else { return };
        hit.enter(State::Waiting, now, 0);
        if !offline {
            let pause = PAUSE << hit.tries.min(DOUBLINGS);
            hit.span = pause - pause / 4 + random % (pause / 2);
            hit.tries += 1;
            self.failing = true;
        }
    }

    /// A hit whose own way is refused takes the image's. Refused on its way out of the page it waits in storage, and
    /// refused there in memory.
    fn refused(&mut self, id: u32) {
        let Some(hit) = self.find(id) else { return };
        if hit.state == State::Waiting {
            hit.stored = false;
            hit.unkept = true;
            return;
        }
        hit.enter(State::Waiting, hit.since, 0);
        if hit.way == hit.asked {
            hit.asked = Way::Image;
        } else {
            hit.refused = true;
        }
    }

    fn claimed(&mut self, id: u32, ok: bool) {
        let Some(hit) = self.find(id).filter(|hit| hit.state == State::Claiming) else { return };
        hit.stored = false;
        hit.span = 0;
        hit.state = if ok { State::Waiting } else { State::Gone };
    }

    /// Other conditions are another chance for all that waits.
    fn turn(&mut self, conditions: u8) {
        if conditions == self.conditions {
            return;
        }
        self.conditions = conditions;
        if !self.is(Condition::Left as u8) {
            self.handed = Load::NONE;
        }
        for hit in &mut self.hits {
            if hit.state == State::Waiting {
                hit.span = 0;
                hit.refused = false;
                hit.unkept = false;
            }
        }
    }

    fn is(&self, conditions: u8) -> bool {
        self.conditions & conditions != 0
    }

    #[inline(never)]
    fn find(&mut self, id: u32) -> Option<&mut Hit> {
        self.hits.iter_mut().find(|hit| hit.id == id)
    }

    fn open(&mut self, id: u32) -> Option<&mut Hit> {
        self.find(id).filter(|hit| hit.state == State::Open)
    }

    #[inline(never)]
    fn remove(&mut self, id: u32) {
        self.hits.retain(|hit| hit.id != id);
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}
