//! Guards for a page that calls the tracker in a loop: it must not take the site down.

use super::hands::{self, Question};
use super::state::{Number, Tracker};
use crate::hit::text::text;
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// Calls in so many ms are counted together.
const PERIOD: u32 = 10_000;
/// So many calls in that time are made, unless `s.maxHitsPer10Seconds` says otherwise; the others are refused.
const LIMIT: u32 = 1000;
/// Calls within calls deeper than this wait until the outermost has ended: a page's own loop must not use up the stack.
const DEEPEST: u32 = 2;

static SINCE: Number = Number::new(0);
static CALLS: Number = Number::new(0);
static LEVEL: Number = Number::new(0);
static HAS_WAITING: Number = Number::new(0);

/// Whether one more call may be made; says so once when it may not.
pub fn admits(builder: &TextBuilder, one: &Tracker, now: u32) -> bool {
    if now.wrapping_sub(SINCE.get()) >= PERIOD {
        SINCE.set(now);
        CALLS.set(0);
    }
    let calls = CALLS.get();
    CALLS.set(calls + 1);
    if calls < LIMIT {
        return true;
    }
    let variables = Variables::read(hands::of(builder, Question::variables, one.n));
    let limit = variables.get(Slot::maxHitsPer10Seconds).number().max(LIMIT);
    if calls == limit {
        hands::say(text(
            "afterhit: more tracking calls than s.maxHitsPer10Seconds allows (1000 unless set); the others are ignored",
        ));
    }
    calls < limit
}

/// A call begins: whether it may be made now, or must wait until the outermost has ended.
pub fn enters() -> bool {
    let level = LEVEL.get();
    LEVEL.set(level + 1);
    let is_shallow = level < DEEPEST;
    if !is_shallow {
        HAS_WAITING.set(1);
    }
    is_shallow
}

/// Whether the call that ends is the outermost, and others wait for its end.
pub fn has_waiting() -> bool {
    LEVEL.get() == 1 && HAS_WAITING.replace(0) == 1
}

/// A call ends.
pub fn leaves() {
    LEVEL.set(LEVEL.get() - 1);
}
