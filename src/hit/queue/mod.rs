//! The delivery queue: which hit is sent when, by which transport, and with which outcome. A hit is
//! never lost silently; only one whose request may not have left is sent a second time.
//!
//! The queue does no I/O. It knows hits by number; their requests, the clock, the network and storage belong to the
//! driver. The driver reports what happens with [`Queue::on_event`], then carries out what [`Queue::poll`] returns
//! until that is `None`. The queue changes a hit's state before it returns the command for that, so events that a
//! command causes in turn make the queue neither repeat nor forget anything.
//!
//! # State machine
//!
//! | State      | Event or reason                                       | Command        | Next state               |
//! |------------|-------------------------------------------------------|----------------|--------------------------|
//! |            | Called                                                |                | Waiting (stored or not)  |
//! | Waiting    | its turn, no copy in storage                          | Send           | `InFlight`               |
//! | Waiting    | its turn, a copy in storage                           | Claim          | Claiming                 |
//! | Waiting    | hidden or unloaded, and the browser has room for it   | Send keepalive | `InFlight`               |
//! | Waiting    | hidden or unloaded otherwise                          | Store          | Waiting, stored          |
//! | Waiting    | offline or forced offline, with `trackOffline`        | Store          | Waiting, stored          |
//! | Waiting    | Refused, in reply to Store                            |                | Waiting, in memory only  |
//! | Waiting    | unloaded, stored                                      | Buffered       | done                     |
//! | Waiting    | no attempts left, or a rest has ended in vain         | Failed         | done                     |
//! | Waiting    | too many hits or bytes, and no older hit waits        | Dropped        | done                     |
//! | Claiming   | Claimed, it was still in storage                      |                | Waiting                  |
//! | Claiming   | Claimed, another page has taken it                    | `HandedOver`   | done                     |
//! | `InFlight` | Answered                                              | Delivered      | done                     |
//! | `InFlight` | Failed                                                |                | Waiting, after a backoff |
//! | `InFlight` | Failed at once, and its host has never answered       |                | Waiting, resting         |
//! | `InFlight` | Refused, sent by the transport of its call            |                | Waiting, to be an image  |
//! | `InFlight` | Refused, an image that another page or closing stops  |                | Waiting                  |
//! | `InFlight` | Refused, sent while the page was hidden or unloaded   |                | Waiting, to be stored    |
//! | `InFlight` | unloaded, a keepalive                                 | `HandedOver`   | done                     |
//! | `InFlight` | unloaded, an image or POST that may not have left yet | Cancel         | Waiting                  |
//!
//! # When it is a hit's turn
//!
//! Hits are sent in the order of their calls. A hit blocks later ones from its request to its answer, but no longer
//! than [`limits::RESPONSE_TIMEOUT_MS`]. It is a hit's turn when fewer than
//! [`Settings::max_concurrent`] earlier hits block it and nothing is paused: offline, forced offline, and for hits that were
//! called meanwhile, buffering. For
//! [`limits::NAVIGATION_GRACE_MS`] after another page has been requested all hits wait, because an image that starts just
//! before its page is unloaded may never leave; and from one request to the next `offlineThrottleDelay` must pass. A hit in
//! flight is not sent again, however slow its answer is, unless the page is unloaded (Cancel).
//!
//! # After a failure
//!
//! A hit that has failed is sent again after a backoff, and later ones pass. Only if its host may be down, because it has not answered
//! yet or has failed the request before too, they wait until the hit has failed more than [`limits::BLOCKING_FAILURES`] times.
//! While others are answered, a hit pauses for [`limits::MAX_PAUSE_BESIDE_ANSWERS_MS`] at most.
//!
//! Where the host has never answered on this page and refuses at once, something blocks it: after
//! [`limits::MAX_REFUSED_ATTEMPTS`] the first hit rests, every later one after a single attempt; stored ones stay where they are.
//! They are sent again when another hit is answered, the browser goes online or the page is shown again, and stored when the
//! page is hidden or unloaded. Otherwise they fail after [`limits::REST_MS`].

mod hit;
pub mod limits;
mod messages;
mod poll;
mod settings;
#[cfg(test)]
mod tests;

use super::list::List;
pub use super::transport::Transport;
use hit::{Hit, KeepaliveUsage, State};
use limits::{
    BACKOFF_MS, BLOCKING_FAILURES, MAX_BACKOFF_DOUBLINGS, MAX_BYTES, MAX_PAUSE_BESIDE_ANSWERS_MS, MAX_REFUSED_ATTEMPTS,
    NAVIGATION_GRACE_MS, REFUSED_AT_ONCE_MS,
};
use messages::BACKGROUND;
pub use messages::{Command, Condition, Event};
pub use settings::Settings;

/// The hits of one tracker that have no outcome yet, in the order of their calls. Times are in milliseconds, and
/// wrap.
pub struct Queue {
    hits: List<Hit>,
    /// A bit for each [`Condition`] except `Navigating`, which is `navigating_since`.
    conditions: u8,
    /// The host has answered, so connections to it are open.
    is_warm: bool,
    answered_at: u32,
    last_request_failed: bool,
    /// The host has never answered, and a request has failed since the latest sign of life.
    is_refused: bool,
    /// A hit has rested since then.
    has_rested: bool,
    /// For how long all hits wait after the latest failure, and when that was.
    common_pause_ms: u32,
    failed_at: u32,
    /// Keepalives that were in flight when the page was unloaded, and that the browser may still be sending.
    handed_over: KeepaliveUsage,
    last_sent_at: u32,
    /// When another page was requested.
    navigating_since: u32,
    /// The driver is making a request.
    is_sending: bool,
    timer_at: u32,
    batch: u32,
    /// Storage has refused a batch, so what fits is stored hit by hit.
    stores_singly: bool,
}

impl Queue {
    /// A queue without hits.
    pub const fn new() -> Self {
        Self {
            hits: List::new(),
            conditions: 0,
            is_warm: false,
            answered_at: 0,
            last_request_failed: false,
            is_refused: false,
            has_rested: false,
            common_pause_ms: 0,
            failed_at: 0,
            handed_over: KeepaliveUsage::NONE,
            last_sent_at: 1 << 31,
            navigating_since: 1 << 31,
            is_sending: false,
            timer_at: 0,
            batch: 0,
            stores_singly: false,
        }
    }

    /// Whether the host has answered: connections to it are open, and a request leaves at once.
    pub const fn is_warm(&self) -> bool {
        self.is_warm
    }

    /// For how long (ms) the host has not answered, if it ever has.
    pub fn idle_ms(&self, now: u32) -> Option<u32> {
        self.is_warm.then(|| now.wrapping_sub(self.answered_at))
    }

    /// The connection to the host is open, as is known from an earlier page.
    pub fn assume_warm(&mut self) {
        self.is_warm = true;
    }

    /// Whether every hit has its outcome.
    pub fn is_empty(&self) -> bool {
        self.hits.iter().next().is_none()
    }

    /// Whether a hit is waiting.
    pub fn waits(&self, id: u32) -> bool {
        self.hits.iter().any(|hit| hit.id == id && hit.state == State::Waiting)
    }

    /// Takes an event into account. [`Queue::poll`] returns what follows from it.
    pub fn on_event(&mut self, event: Event, now: u32) {
        match event {
            Event::Called { id, size, transport, is_stored } => {
                let is_buffered = self.is(Condition::Buffering as u8);
                let hit = Hit::new(id, size.min(MAX_BYTES + 1), transport, is_stored, now);
                self.hits.push(Hit { is_buffered, ..hit });
            }
            Event::Answered { id } => self.on_answered(id, now),
            Event::Failed { id, random } => self.on_failed(id, random, now),
            Event::Refused { id } => self.on_refused(id),
            Event::Claimed { id, ok } => self.on_claimed(id, ok),
            Event::Begins(Condition::Navigating) => self.navigating_since = now,
            Event::Ends(Condition::Navigating) => self.navigating_since = now.wrapping_sub(NAVIGATION_GRACE_MS),
            Event::Begins(condition) => self.set_conditions(self.conditions | condition as u8),
            Event::Ends(condition) => self.set_conditions(self.conditions & !(condition as u8)),
            Event::Tick => self.timer_at = now,
        }
    }

    fn on_answered(&mut self, id: u32, now: u32) {
        let Some(hit) = self.find_in_flight(id) else { return };
        hit.state = State::Delivered;
        // A beacon is answered by the browser, which says nothing about the host.
        if hit.transport != Transport::Beacon {
            self.is_warm = true;
            self.answered_at = now;
            self.last_request_failed = false;
            self.common_pause_ms = 0;
            self.on_sign_of_life();
        }
    }

    fn on_failed(&mut self, id: u32, random: u32, now: u32) {
        let is_offline = self.is(Condition::Offline as u8);
        let is_warm = self.is_warm;
        let may_be_down = !is_warm || self.last_request_failed;
        let is_first = !self.has_rested && self.hits.iter().next().is_some_and(|hit| hit.id == id);
        let Some(hit) = self.find_in_flight(id) else { return };
        let is_refused = !is_warm && now.wrapping_sub(hit.entered_at) < REFUSED_AT_ONCE_MS;
        hit.enter(State::Waiting, now, 0);
        if is_offline {
            return;
        }
        let backoff_ms = BACKOFF_MS << hit.failed_attempts.saturating_sub(1).min(MAX_BACKOFF_DOUBLINGS);
        hit.hold_ms = backoff_ms - backoff_ms / 4 + random % (backoff_ms / 2);
        hit.failed_attempts += 1;
        let holds_up = hit.failed_attempts <= BLOCKING_FAILURES && may_be_down;
        let common_pause_ms = if holds_up { hit.hold_ms } else { 0 };
        if is_refused && hit.failed_attempts >= if is_first { MAX_REFUSED_ATTEMPTS } else { 1 } {
            hit.rest(now);
            self.has_rested = true;
        }
        self.is_refused |= !is_warm;
        self.common_pause_ms = common_pause_ms;
        self.failed_at = now;
        self.last_request_failed = true;
    }

    /// There is a sign of life: hits that rest are sent again, and no pause is long, except of a hit that fails again and again.
    fn on_sign_of_life(&mut self) {
        self.is_refused = false;
        self.has_rested = false;
        for hit in self.hits.iter_mut().filter(|hit| hit.state == State::Waiting) {
            if core::mem::take(&mut hit.is_resting) {
                hit.hold_ms = 0;
                hit.failed_attempts = 0;
            } else if hit.failed_attempts <= MAX_BACKOFF_DOUBLINGS {
                hit.hold_ms = hit.hold_ms.min(MAX_PAUSE_BESIDE_ANSWERS_MS);
            }
        }
    }

    /// A hit refused by the transport of its call becomes an image; refused by that of a hidden or unloaded page it is
    /// stored; refused by storage it stays in memory.
    fn on_refused(&mut self, id: u32) {
        let Some(hit) = self.find(id) else { return };
        if hit.state == State::Waiting {
            let batch = hit.batch;
            let mut is_alone = true;
            for other in self.hits.iter_mut().filter(|other| other.batch == batch) {
                other.is_stored = false;
                is_alone &= other.id == id;
            }
            self.stores_singly |= !is_alone;
            if let Some(hit) = self.find(id) {
                hit.not_storable = is_alone;
            }
            return;
        }
        hit.enter(State::Waiting, hit.entered_at, 0);
        if hit.transport == hit.preferred {
            hit.preferred = Transport::Image;
        } else {
            hit.not_sendable = true;
        }
    }

    fn on_claimed(&mut self, id: u32, ok: bool) {
        // Hits that wait in the same list are claimed with the one whose turn it is.
        let Some(hit) = self.find(id).filter(|hit| hit.state == State::Claiming || hit.is_stored) else { return };
        hit.is_stored = false;
        hit.hold_ms = 0;
        hit.state = if ok { State::Waiting } else { State::HandedOver };
    }

    /// A change of conditions gives every waiting hit another chance: backoffs end and refusals are forgotten.
    fn set_conditions(&mut self, conditions: u8) {
        if conditions == self.conditions {
            return;
        }
        self.conditions = conditions;
        if !self.is(Condition::Unloaded as u8) {
            self.handed_over = KeepaliveUsage::NONE;
        }
        if !self.is(BACKGROUND) {
            self.on_sign_of_life();
        }
        self.common_pause_ms = 0;
        self.stores_singly = false;
        for hit in &mut self.hits {
            if hit.state == State::Waiting {
                if !hit.is_resting {
                    hit.hold_ms = 0;
                }
                hit.not_sendable = false;
                hit.not_storable = false;
                hit.is_buffered &= conditions & Condition::Buffering as u8 > 0;
            }
        }
    }

    /// Whether any of these conditions holds.
    fn is(&self, conditions: u8) -> bool {
        self.conditions & conditions != 0
    }

    #[inline(never)]
    fn find(&mut self, id: u32) -> Option<&mut Hit> {
        self.hits.iter_mut().find(|hit| hit.id == id)
    }

    fn find_in_flight(&mut self, id: u32) -> Option<&mut Hit> {
        self.find(id).filter(|hit| hit.state == State::InFlight)
    }

    /// Forgets a hit, if it is there.
    #[inline(never)]
    pub fn remove(&mut self, id: u32) {
        self.hits.retain(|hit| hit.id != id);
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}
