//! The delivery settings: what the site has set, and what the browser supports.

use crate::hit::variables::{Slot, Variables};

/// The default of `offlineHitLimit`.
const DEFAULT_OFFLINE_HIT_LIMIT: u32 = 10;

/// What the queue needs to know of the page.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// `maxConcurrentHits`.
    pub concurrent: u32,
    /// `trackOffline`: hits that cannot be sent are kept in storage.
    pub keeps: bool,
    /// `offlineHitLimit`: how many hits are kept while offline; the oldest are dropped.
    pub limit: u32,
    /// `offlineThrottleDelay`: the minimum time between two requests, in milliseconds.
    pub throttle: u32,
    /// Whether `fetch` supports `keepalive`. If not, a page that is left sends beacons.
    pub keepalive: bool,
}

impl Settings {
    /// The settings that a tracker's variables ask for.
    pub fn of(variables: &Variables<'_>, has_keepalive: bool) -> Self {
        let keeps = variables.is_set(Slot::trackOffline);
        let mut limit = variables.get(Slot::offlineHitLimit).number();
        if limit == 0 {
            limit = variables.get(Slot::offlineLimit).number();
        }
        Self {
            concurrent: variables.get(Slot::maxConcurrentHits).number().max(1),
            keeps,
            limit: if limit == 0 { DEFAULT_OFFLINE_HIT_LIMIT } else { limit },
            throttle: if keeps { variables.get(Slot::offlineThrottleDelay).number() } else { 0 },
            keepalive: has_keepalive,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { concurrent: 1, keeps: false, limit: 0, throttle: 0, keepalive: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    fn settings(pairs: &str) -> Settings {
        Settings::of(&Variables::named(text(pairs)), true)
    }

    #[test]
    fn defaults() {
        let settings = settings("");
        assert_eq!((settings.concurrent, settings.keeps, settings.limit, settings.throttle), (1, false, 10, 0));
        assert!(settings.keepalive && !Settings::of(&Variables::named(text("")), false).keepalive);
    }

    #[test]
    fn offline_hit_limit_wins_over_offline_limit() {
        assert_eq!(settings("offlineLimit\x005\0").limit, 5);
        assert_eq!(settings("offlineLimit\x005\0offlineHitLimit\x003\0").limit, 3);
        assert_eq!(settings("offlineLimit\0none\0").limit, 10);
    }

    #[test]
    fn offline_throttle_delay_needs_track_offline() {
        assert_eq!(settings("offlineThrottleDelay\x00600\0").throttle, 0);
        let keeping = settings("offlineThrottleDelay\x00600\0trackOffline\x001\0");
        assert_eq!((keeping.throttle, keeping.keeps), (600, true));
    }

    #[test]
    fn at_least_one_hit_is_sent_at_a_time() {
        assert_eq!(settings("maxConcurrentHits\x003\0").concurrent, 3);
        assert_eq!(settings("maxConcurrentHits\0-1\0").concurrent, 1);
    }
}
