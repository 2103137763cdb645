//! The delivery settings: what the site has set, and what the browser supports.

use crate::hit::variables::{Slot, Variables};

/// The default of `offlineHitLimit`.
const DEFAULT_OFFLINE_HIT_LIMIT: u32 = 10;

/// What the queue needs to know of the page.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// `maxConcurrentHits`.
    pub max_concurrent: u32,
    /// `trackOffline`: hits that cannot be sent are kept in storage.
    pub track_offline: bool,
    /// `offlineHitLimit`: how many hits are kept while offline; the oldest are dropped.
    pub offline_limit: u32,
    /// `offlineThrottleDelay`: the minimum time between two requests, in milliseconds.
    pub throttle_ms: u32,
    /// Whether `fetch` supports `keepalive`. If not, a hidden or unloaded page sends beacons.
    pub has_keepalive: bool,
}

impl Settings {
    /// The settings that a tracker's variables ask for.
    pub fn of(variables: &Variables<'_>, has_keepalive: bool) -> Self {
        let track_offline = variables.is_set(Slot::trackOffline);
        let mut offline_limit = variables.get(Slot::offlineHitLimit).number();
        if offline_limit == 0 {
            offline_limit = variables.get(Slot::offlineLimit).number();
        }
        Self {
            max_concurrent: variables.get(Slot::maxConcurrentHits).number().max(1),
            track_offline,
            offline_limit: if offline_limit == 0 { DEFAULT_OFFLINE_HIT_LIMIT } else { offline_limit },
            throttle_ms: if track_offline { variables.get(Slot::offlineThrottleDelay).number() } else { 0 },
            has_keepalive,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_concurrent: 1, track_offline: false, offline_limit: 0, throttle_ms: 0, has_keepalive: true }
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
    fn unset_variables_have_their_documented_defaults() {
        let settings = settings("");
        assert_eq!(
            (settings.max_concurrent, settings.track_offline, settings.offline_limit, settings.throttle_ms),
            (1, false, 10, 0)
        );
        assert!(settings.has_keepalive && !Settings::of(&Variables::named(text("")), false).has_keepalive);
    }

    #[test]
    fn offline_hit_limit_wins_over_offline_limit() {
        assert_eq!(settings("offlineLimit\x005\0").offline_limit, 5);
        assert_eq!(settings("offlineLimit\x005\0offlineHitLimit\x003\0").offline_limit, 3);
        assert_eq!(settings("offlineLimit\0none\0").offline_limit, 10);
    }

    #[test]
    fn offline_throttle_delay_needs_track_offline() {
        assert_eq!(settings("offlineThrottleDelay\x00600\0").throttle_ms, 0);
        let settings = settings("offlineThrottleDelay\x00600\0trackOffline\x001\0");
        assert_eq!((settings.throttle_ms, settings.track_offline), (600, true));
    }

    #[test]
    fn at_least_one_hit_is_sent_at_a_time() {
        assert_eq!(settings("maxConcurrentHits\x003\0").max_concurrent, 3);
        assert_eq!(settings("maxConcurrentHits\0-1\0").max_concurrent, 1);
    }
}
