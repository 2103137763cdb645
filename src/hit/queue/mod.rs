//! The delivery queue: which hit leaves when, by which way, and what becomes of it. No hit lost, none sent twice.
//!
//! It knows hits by number; their requests, the clock, the network and the storage belong to the driver. The driver
//! [tells](Queue::on_event) what happened, then does what [`Queue::poll`] says until that is `None`. Every command is a
//! change of state that has already been made, so whatever an effect tells in turn, nothing is done twice or forgotten.
//!
//! # States and moves
//!
//! | State    | Event or reason                                     | Command        | Then                       |
//! |----------|-----------------------------------------------------|----------------|----------------------------|
//! |          | Called                                              |                | Waiting; stored, if kept   |
//! | Waiting  | its turn, no copy in storage                        | Send           | Open                       |
//! | Waiting  | its turn, a copy in storage                         | Claim          | Claiming                   |
//! | Waiting  | hidden or left: all that may leave                  | Send keepalive | Open                       |
//! | Waiting  | hidden or left: the rest                            | Keep           | Waiting, stored            |
//! | Waiting  | offline or forced, and the site keeps hits          | Keep           | Waiting, stored            |
//! | Waiting  | Refused, after Keep                                 |                | Waiting, in memory only    |
//! | Waiting  | left, stored                                        | Buffered       | over                       |
//! | Waiting  | tries used up                                       | Failed         | over                       |
//! | Waiting  | the oldest of too many hits, or too many bytes      | Dropped        | over                       |
//! | Claiming | Claimed, it was there                               |                | Waiting                    |
//! | Claiming | Claimed, another page has it                        | `HandedOver`   | over                       |
//! | Open     | Answered                                            | Delivered      | over                       |
//! | Open     | Failed                                              |                | Waiting, after a pause     |
//! | Open     | Refused, the way it was called with                 |                | Waiting, to be an image    |
//! | Open     | Refused, the way out of a page                      |                | Waiting, to be kept        |
//! | Open     | left, a keepalive                                   | `HandedOver`   | over                       |
//! | Open     | left, else: young, its host has answered nothing    | Cancel         | Waiting                    |
//!
//! A hit holds up those behind it until it has left and is answered, but no longer than [`RESPONSE_TIMEOUT_MS`] ms; and during the
//! pause after a failure. It is a hit's turn when fewer than [`Settings::concurrent`] hold it up, and nothing keeps
//! hits waiting: offline, forced, buffering. An open hit is never sent again, however slow its answer is. For [`NAVIGATION_GRACE_MS`]
//! ms after another page was asked for all wait: an image that starts just before its page goes may not leave.

mod hit;
mod poll;
mod terms;
#[cfg(test)]
mod tests;

use super::list::List;
use hit::{Hit, KeepaliveUsage, State};
pub use terms::{Command, Condition, Event, Settings, Transport};

/// For so many ms an unanswered hit holds up those behind it.
pub const RESPONSE_TIMEOUT_MS: u32 = 5000;
/// Tries of a hit, unless the site keeps hits: those are tried until they get through.
pub const MAX_ATTEMPTS: u32 = 10;
/// When so many hits in a row have used up their tries, each later one gets one, until one is answered.
pub const MAX_GIVEN_UP_IN_A_ROW: u32 = 2;
/// The pause after the first failure in ms, give or take a quarter; each further one is twice as long …
pub const BACKOFF_MS: u32 = 500;
/// … up to this many times.
pub const MAX_BACKOFF_DOUBLINGS: u32 = 5;
/// An image of this age in ms has left, even if its host has not answered anything yet.
pub const UNSENT_AGE_MS: u32 = 1000;
/// For so many ms a page that was asked for is believed to come.
pub const NAVIGATION_GRACE_MS: u32 = 2000;
/// Hits in memory.
pub const MAX_HITS: usize = 1000;
/// Bytes of hits in memory.
pub const MAX_BYTES: u32 = 2_000_000;
/// Keepalive requests open at a time: Chromium takes 256 of a page …
pub const MAX_KEEPALIVES: u32 = 200;
/// … with 512 KB of URLs …
pub const MAX_KEEPALIVE_URL_BYTES: u32 = 400_000;
/// … and 64 KB of bodies.
pub const MAX_KEEPALIVE_BODY_BYTES: u32 = 60_000;

/// The hits of one tracker on their way.
pub struct Queue {
    hits: List<Hit>,
    conditions: u8,
    /// The host has answered: connections to it are open.
    answered: bool,
    /// The last answer was a failure.
    failing: bool,
    /// So many hits in a row have used up their tries.
    hopeless: u32,
    /// Keepalives that the page has handed over when it was left, and the browser may still be sending.
    handed: KeepaliveUsage,
    /// When the last request left …
    sent: u32,
    /// … and when another page was asked for.
    leaving: u32,
    /// A request is being made.
    sending: bool,
    /// When the timer goes off.
    alarm: u32,
}

impl Queue {
    /// One without hits.
    pub const fn new() -> Self {
        Self {
            hits: List::new(),
            conditions: 0,
            answered: false,
            failing: false,
            hopeless: 0,
            handed: KeepaliveUsage::NONE,
            sent: 1 << 31,
            leaving: 1 << 31,
            sending: false,
            alarm: 0,
        }
    }

    /// Whether the host has answered: what is sent now leaves at once.
    pub const fn is_warm(&self) -> bool {
        self.answered
    }

    /// Takes note of what happened.
    pub fn on_event(&mut self, event: Event, now: u32) {
        match event {
            Event::Called { id, size, transport, kept } => {
                self.hits.push(Hit::new(id, size.min(MAX_BYTES + 1), transport, kept, now))
            }
            Event::Answered { id } => self.answered(id),
            Event::Failed { id, random } => self.failed(id, random, now),
            Event::Refused { id } => self.refused(id),
            Event::Claimed { id, ok } => self.claimed(id, ok),
            Event::Begins(Condition::Navigating) => self.leaving = now,
            Event::Ends(Condition::Navigating) => self.leaving = now.wrapping_sub(NAVIGATION_GRACE_MS),
            Event::Begins(condition) => self.set_conditions(self.conditions | condition as u8),
            Event::Ends(condition) => self.set_conditions(self.conditions & !(condition as u8)),
            Event::Tick => self.alarm = now,
        }
    }

    fn answered(&mut self, id: u32) {
        let Some(hit) = self.open(id) else { return };
        hit.state = State::Delivered;
        if hit.transport != Transport::Beacon {
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
            let pause = BACKOFF_MS << hit.tries.min(MAX_BACKOFF_DOUBLINGS);
            hit.hold_ms = pause - pause / 4 + random % (pause / 2);
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
            hit.not_storable = true;
            return;
        }
        hit.enter(State::Waiting, hit.entered_at, 0);
        if hit.transport == hit.asked {
            hit.asked = Transport::Image;
        } else {
            hit.not_sendable = true;
        }
    }

    fn claimed(&mut self, id: u32, ok: bool) {
        let Some(hit) = self.find(id).filter(|hit| hit.state == State::Claiming) else { return };
        hit.stored = false;
        hit.hold_ms = 0;
        hit.state = if ok { State::Waiting } else { State::HandedOver };
    }

    /// Other conditions are another chance for all that waits.
    fn set_conditions(&mut self, conditions: u8) {
        if conditions == self.conditions {
            return;
        }
        self.conditions = conditions;
        if !self.is(Condition::Unloaded as u8) {
            self.handed = KeepaliveUsage::NONE;
        }
        for hit in &mut self.hits {
            if hit.state == State::Waiting {
                hit.hold_ms = 0;
                hit.not_sendable = false;
                hit.not_storable = false;
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
        self.find(id).filter(|hit| hit.state == State::InFlight)
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
