//! Guards for a page that calls the tracker in a loop: it must not take the site down.

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::hands;
use crate::hit::text::text;
use crate::hit::variables::{Slot, Variables};

/// Calls in so many ms are counted together.
const PERIOD: u32 = 10_000;
/// So many calls in that time are made, unless `s.maxHitsPer10Seconds` says otherwise; the others are refused.
const LIMIT: u32 = 1000;
/// Calls within calls deeper than this wait until the outermost has ended: a page's own loop must not use up the stack.
const DEEPEST: u32 = 2;

static SINCE: AtomicU32 = AtomicU32::new(0);
static CALLS: AtomicU32 = AtomicU32::new(0);
static LEVEL: AtomicU32 = AtomicU32::new(0);
static HAS_WAITING: AtomicU32 = AtomicU32::new(0);

/// Whether one more call may be made; says so once when it may not.
pub fn admits(n: u32) -> bool {
    let now = hands::now();
    if now.wrapping_sub(SINCE.load(Relaxed)) >= PERIOD {
        SINCE.store(now, Relaxed);
        CALLS.store(0, Relaxed);
    }
    let calls = CALLS.load(Relaxed);
    CALLS.store(calls + 1, Relaxed);
    if calls < LIMIT {
        return true;
    }
    let limit = Variables::read(text(&hands::variables(n))).get(Slot::maxHitsPer10Seconds).number().max(LIMIT);
    if calls == limit {
        hands::say(
            "afterhit: more tracking calls than s.maxHitsPer10Seconds allows (1000 unless set); the others are ignored",
        );
    }
    calls < limit
}

/// A call begins: whether it may be made now, or must wait until the outermost has ended.
pub fn enters() -> bool {
    let level = LEVEL.fetch_add(1, Relaxed);
    let is_shallow = level < DEEPEST;
    if !is_shallow {
        HAS_WAITING.store(1, Relaxed);
    }
    is_shallow
}

/// Whether the call that ends is the outermost, and others wait for its end.
pub fn has_waiting() -> bool {
    LEVEL.load(Relaxed) == 1 && HAS_WAITING.swap(0, Relaxed) == 1
}

/// A call ends.
pub fn leaves() {
    LEVEL.fetch_sub(1, Relaxed);
}
