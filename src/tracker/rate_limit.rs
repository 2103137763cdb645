//! Protects the site from a page that tracks in a loop: calls per ten seconds, and calls within calls.

use spin::Mutex;

use super::state::Tracker;
use super::{host, snapshot};
use crate::hit::rate_limit::{CallDepth, DEFAULT_LIMIT, RateLimit, Verdict, verdict};
use crate::hit::text::text;
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::Slot;

static LIMIT: Mutex<RateLimit> = Mutex::new(RateLimit::new());
static DEPTH: Mutex<CallDepth> = Mutex::new(CallDepth::new());

/// Counts a call; returns whether it may be made. The first refused one is logged.
pub fn allow(builder: &TextBuilder, tracker: &Tracker, now_ms: u32) -> bool {
    let count = LIMIT.try_lock().map_or(0, |mut limit| limit.count(now_ms));
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
    DEPTH.try_lock().is_some_and(|mut depth| depth.enter())
}

/// Whether the call that ends is the outermost, and calls were made to wait for it.
pub fn take_postponed() -> bool {
    DEPTH.try_lock().is_some_and(|mut depth| depth.take_postponed())
}

/// A call ends.
pub fn exit() {
    if let Some(mut depth) = DEPTH.try_lock() {
        depth.exit();
    }
}
