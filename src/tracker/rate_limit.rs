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

/// Counts a call; returns whether it may be made. The first refused one is logged.
pub fn allow(builder: &TextBuilder, tracker: &Tracker, now_ms: u32) -> bool {
    let mut limit = RateLimit { period_start_ms: PERIOD_START_MS.get(), calls: CALLS.get() };
    let count = limit.count(now_ms);
    PERIOD_START_MS.set(limit.period_start_ms);
    CALLS.set(limit.calls);
    if count < DEFAULT_LIMIT {
        return true;
    }
    let max_hits = snapshot::read(builder, tracker).get(Slot::maxHitsPer10Seconds).number();
    let verdict = verdict(count, max_hits);
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

fn change<T>(change: impl FnOnce(&mut CallDepth) -> T) -> T {
    let mut depth = CallDepth::from_bits(DEPTH.get());
    let result = change(&mut depth);
    DEPTH.set(depth.bits());
    result
}
