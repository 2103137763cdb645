//! Tracking calls: a call gets an id, begins, and is settled once with its outcome.
//!
//! JavaScript keeps what belongs to a call until then: its objects, its request URL, its promise.

use super::state::{Number, Tracker};
use super::{callbacks, host};
use crate::hit::outcome::Outcome;
use crate::hit::text::Text;

/// The id of the next call, or of the next hit from storage.
pub fn next_id() -> u32 {
    static LATEST: Number = Number::new(0);
    LATEST.set(LATEST.get() + 1);
    LATEST.get()
}

/// Begins a call; returns the time in milliseconds.
pub fn begin(tracker: &Tracker, call: u32) -> u32 {
    let now = host::begin_call(tracker, call);
    callbacks::begin(call);
    now
}

/// Settles a call: its promise, and the action behind its link.
pub fn settle(call: u32, outcome: Outcome) {
    settle_as(call, outcome.as_text());
}

/// The same with an outcome as its text.
pub fn settle_as(call: u32, outcome: Text<'_>) {
    host::settle(call, outcome);
    callbacks::forget(call);
}
