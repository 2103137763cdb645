//! The state of the rate limit, in statics; its rules are in `crate::hit::rate_limit`.

use super::state::{Number, Tracker};
use super::{host, snapshot};
use crate::hit::rate_limit::{CallDepth, DEFAULT_LIMIT, RateLimit, Verdict, verdict};
use crate::hit::text::text;
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::Slot;

static PERIOD_START_MS: Number = Number::new(0);
static CALLS: Number = Number::new(0);
static DEPTH: Number = Number::new(0);
/// `maxHitsPer10Seconds` as it was last read.
static MAX_CALLS: Number = Number::new(0);

/// Counts a call; returns whether it is allowed. The first refused one is logged. Reading the setting may run code of the page that
/// tracks: a call nested too deep (`may_read` is false) takes what was read last.
pub fn allow(builder: &TextBuilder, tracker: &Tracker, now_ms: u32, may_read: bool) -> bool {
    let mut limit = RateLimit { period_start_ms: PERIOD_START_MS.get(), calls: CALLS.get() };
    let count = limit.count(now_ms);
    PERIOD_START_MS.set(limit.period_start_ms);
    CALLS.set(limit.calls);
    if count < DEFAULT_LIMIT {
        return true;
    }
    if may_read {
        MAX_CALLS.set(snapshot::read(builder, tracker).get(Slot::maxHitsPer10Seconds).number());
    }
    let verdict = verdict(count, MAX_CALLS.get());
    if verdict == Verdict::FirstRefused {
        host::log(text(
            "afterhit: more tracking calls than s.maxHitsPer10Seconds allows (1000 unless set); the others are ignored",
        ));
    }
    verdict == Verdict::Allowed
}

/// A call begins; returns whether it may be made now. Calls nested too deep wait until the outermost has ended.
pub fn enter() -> bool {
    change(CallDepth::enter)
}

/// Whether the call that ends is the outermost, and calls were made to wait for it.
pub fn take_postponed() -> bool {
    change(CallDepth::take_postponed)
}

/// A call ends.
pub fn exit() {
    change(CallDepth::exit);
}

/// No call is running: an error has ended all.
pub fn recover() {
    DEPTH.set(0);
}

fn change<T>(change: impl FnOnce(&mut CallDepth) -> T) -> T {
    let mut depth = CallDepth::from_bits(DEPTH.get());
    let result = change(&mut depth);
    DEPTH.set(depth.bits());
    result
}
