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
//! | Waiting    | no attempts left                                      | Failed         | done                     |
//! | Waiting    | too many hits or bytes, and no older hit waits        | Dropped        | done                     |
//! | Claiming   | Claimed, it was still in storage                      |                | Waiting                  |
//! | Claiming   | Claimed, another page has taken it                    | `HandedOver`   | done                     |
//! | `InFlight` | Answered                                              | Delivered      | done                     |
//! | `InFlight` | Failed                                                |                | Waiting, after a backoff |
//! | `InFlight` | Refused, sent by the transport of its call            |                | Waiting, to be an image  |
//! | `InFlight` | Refused, sent while the page was hidden or unloaded   |                | Waiting, to be stored    |
//! | `InFlight` | unloaded, a keepalive                                 | `HandedOver`   | done                     |
//! | `InFlight` | unloaded, an image or POST that may not have left yet | Cancel         | Waiting                  |
//!
//! # When it is a hit's turn
//!
//! Hits are sent in the order of their calls. A hit blocks later ones from its request to its answer, but no longer
//! than [`limits::RESPONSE_TIMEOUT_MS`], and during the backoff after a failure. It is a hit's turn when fewer than
//! [`Settings::max_concurrent`] earlier hits block it and nothing is paused: offline, forced offline, and for hits that were
//! called meanwhile, buffering. For
//! [`limits::NAVIGATION_GRACE_MS`] after another page has been requested all hits wait, because an image that starts just
//! before its page is unloaded may never leave; and from one request to the next `offlineThrottleDelay` must pass. A hit in
//! flight is not sent again, however slow its answer is, unless the page is unloaded (Cancel).

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
use limits::{BACKOFF_MS, MAX_BACKOFF_DOUBLINGS, MAX_BYTES, NAVIGATION_GRACE_MS};
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
    last_request_failed: bool,
    given_up_in_a_row: u32,
    /// Keepalives that were in flight when the page was unloaded, and that the browser may still be sending.
    handed_over: KeepaliveUsage,
    last_sent_at: u32,
    /// When another page was requested.
    navigating_since: u32,
    /// The driver is making a request.
    is_sending: bool,
    timer_at: u32,
}

impl Queue {
    /// A queue without hits.
    pub const fn new() -> Self {
        Self {
            hits: List::new(),
            conditions: 0,
            is_warm: false,
            last_request_failed: false,
            given_up_in_a_row: 0,
            handed_over: KeepaliveUsage::NONE,
            last_sent_at: 1 << 31,
            navigating_since: 1 << 31,
            is_sending: false,
            timer_at: 0,
        }
    }

    /// Whether the host has answered: connections to it are open, and a request leaves at once.
    pub const fn is_warm(&self) -> bool {
        self.is_warm
    }

    /// Takes an event into account. [`Queue::poll`] returns what follows from it.
    pub fn on_event(&mut self, event: Event, now: u32) {
        match event {
            Event::Called { id, size, transport, is_stored } => {
                let is_buffered = self.is(Condition::Buffering as u8);
                let hit = Hit::new(id, size.min(MAX_BYTES + 1), transport, is_stored, now);
                self.hits.push(Hit { is_buffered, ..hit });
            }
            Event::Answered { id } => self.on_answered(id),
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

    fn on_answered(&mut self, id: u32) {
        let Some(hit) = self.find_in_flight(id) else { return };
        hit.state = State::Delivered;
        // A beacon is answered by the browser, which says nothing about the host.
        if hit.transport != Transport::Beacon {
            self.is_warm = true;
            self.last_request_failed = false;
            self.given_up_in_a_row = 0;
        }
    }

    fn on_failed(&mut self, id: u32, random: u32, now: u32) {
        let is_offline = self.is(Condition::Offline as u8);
        let Some(hit) = self.find_in_flight(id) else { return };
        hit.enter(State::Waiting, now, 0);
        if !is_offline {
            let backoff_ms = BACKOFF_MS << hit.failed_attempts.min(MAX_BACKOFF_DOUBLINGS);
            hit.hold_ms = backoff_ms - backoff_ms / 4 + random % (backoff_ms / 2);
            hit.failed_attempts += 1;
            self.last_request_failed = true;
        }
    }

    /// A hit refused by the transport of its call becomes an image; refused by that of a hidden or unloaded page it is
    /// stored; refused by storage it stays in memory.
    fn on_refused(&mut self, id: u32) {
        let Some(hit) = self.find(id) else { return };
        if hit.state == State::Waiting {
            hit.is_stored = false;
            hit.not_storable = true;
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
        let Some(hit) = self.find(id).filter(|hit| hit.state == State::Claiming) else { return };
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
        for hit in &mut self.hits {
            if hit.state == State::Waiting {
                hit.hold_ms = 0;
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
