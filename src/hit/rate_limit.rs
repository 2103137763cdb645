//! The rules that protect a site whose page calls the tracker in a loop: calls are limited by number, and nested calls by depth.

use core::cmp::Ordering;

/// Calls are counted over this time ("maxHitsPer10Seconds").
pub const PERIOD_MS: u32 = 10_000;
/// How many calls are allowed in that time. `maxHitsPer10Seconds` can only raise it, so it is not read before.
pub const DEFAULT_LIMIT: u32 = 1000;
/// Calls nested deeper than this wait until the outermost call has ended, so that they do not exhaust the stack.
const MAX_DEPTH: u32 = 2;

/// What becomes of a tracking call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is made.
    Allowed,
    /// It is the first of its period that is refused, which is worth a message.
    FirstRefused,
    /// It is refused.
    Refused,
}

/// Counts the calls of a period.
pub struct RateLimit {
    /// When the period began.
    pub period_start_ms: u32,
    /// Calls since then.
    pub calls: u32,
}

impl RateLimit {
    /// No calls.
    pub const fn new() -> Self {
        Self { period_start_ms: 0, calls: 0 }
    }

    /// Counts a call; returns how many calls this period had before.
    pub fn count(&mut self, now_ms: u32) -> u32 {
        if now_ms.wrapping_sub(self.period_start_ms) >= PERIOD_MS {
            *self = Self { period_start_ms: now_ms, calls: 0 };
        }
        self.calls += 1;
        self.calls - 1
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a call is allowed after `count` others; `max_hits` is `maxHitsPer10Seconds`, or 0.
pub fn verdict(count: u32, max_hits: u32) -> Verdict {
    let limit = max_hits.max(DEFAULT_LIMIT);
    match count.cmp(&limit) {
        Ordering::Less => Verdict::Allowed,
        Ordering::Equal => Verdict::FirstRefused,
        Ordering::Greater => Verdict::Refused,
    }
}

/// How deeply tracking calls are nested: a callback or `doPlugins` may track in turn. The lowest bit says whether calls are
/// postponed, the others are the depth.
pub struct CallDepth(u32);

const POSTPONED: u32 = 1;
const LEVEL: u32 = 2;

impl CallDepth {
    /// No call is running.
    pub const fn new() -> Self {
        Self(0)
    }

    /// From what `bits` has returned.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Its state as a number, for a static.
    pub const fn bits(&self) -> u32 {
        self.0
    }

    /// Enters a call; whether it may run now. If not, it is to be run when the outermost call ends.
    pub fn enter(&mut self) -> bool {
        let may_run = self.0 < MAX_DEPTH * LEVEL;
        self.0 += LEVEL;
        if !may_run {
            self.0 |= POSTPONED;
        }
        may_run
    }

    /// Whether the running call is the outermost and has postponed calls to run; forgets that there are any.
    pub fn take_postponed(&mut self) -> bool {
        let takes = self.0 == LEVEL | POSTPONED;
        if takes {
            self.0 = LEVEL;
        }
        takes
    }

    /// Exits a call.
    pub fn exit(&mut self) {
        self.0 = self.0.wrapping_sub(LEVEL);
    }
}

impl Default for CallDepth {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_for_ten_seconds() {
        let mut limit = RateLimit::new();
        assert_eq!([limit.count(5), limit.count(6), limit.count(PERIOD_MS - 1)], [0, 1, 2]);
        assert_eq!([limit.count(PERIOD_MS), limit.count(2 * PERIOD_MS - 1), limit.count(2 * PERIOD_MS)], [0, 1, 0]);
    }

    #[test]
    fn the_clock_may_wrap() {
        let mut limit = RateLimit::new();
        limit.count(u32::MAX - 1);
        assert_eq!([limit.count(1), limit.count(PERIOD_MS)], [1, 0]);
    }

    #[test]
    fn max_hits_per_10_seconds_raises_the_limit() {
        assert_eq!(verdict(DEFAULT_LIMIT - 1, 0), Verdict::Allowed);
        assert_eq!(verdict(DEFAULT_LIMIT, 0), Verdict::FirstRefused);
        assert_eq!(verdict(DEFAULT_LIMIT + 1, 5), Verdict::Refused);
        assert_eq!(verdict(1999, 2000), Verdict::Allowed);
        assert_eq!(verdict(2000, 2000), Verdict::FirstRefused);
    }

    #[test]
    fn calls_nested_too_deeply_are_postponed_until_the_outermost_ends() {
        let mut depth = CallDepth::new();
        assert_eq!([depth.enter(), depth.enter(), depth.enter()], [true, true, false]);
        assert!(!depth.take_postponed());
        depth.exit();
        assert!(!depth.take_postponed());
        depth.exit();
        assert!(depth.take_postponed());
        assert!(!depth.take_postponed());
        depth.exit();
        assert!(depth.enter() && !depth.take_postponed());
    }
}
