//! What the queue and its driver say to one another.

/// How a request is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    /// An image: its load event is the answer.
    Image,
    /// A POST with the parameters as its body; its size is that of the body.
    Post,
    /// `navigator.sendBeacon`: the answer is that the browser has taken it.
    Beacon,
    /// `fetch` with `keepalive`, with the method and the body that the hit has anyway.
    Keepalive,
}

/// What is the case for a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// `navigator.onLine` is false.
    Offline = 1,
    /// `forceOffline()`.
    Forced = 2,
    /// `bufferRequests()`.
    Buffering = 4,
    /// The page's policy allows images, and no connections.
    Blocked = 8,
    /// `visibilitychange` to hidden, `freeze`.
    Hidden = 16,
    /// `pagehide`, until `pageshow`.
    Unloaded = 32,
    /// Another page was asked for, or a download: for [`super::NAVIGATION_GRACE_MS`] ms, unless it ends before.
    Navigating = 64,
}

/// What happened.
#[allow(missing_docs, reason = "an `id` is the number of a hit")]
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// A tracking call made this hit, or storage has it (`kept`). Its number is its own.
    Called { id: u32, size: u32, transport: Transport, kept: bool },
    /// Its load event, its response, or the browser took the beacon.
    Answered { id: u32 },
    /// Its error event. The random number makes the pause.
    Failed { id: u32, random: u32 },
    /// The browser did not take the beacon, the fetch, or the copy for storage: told while the command is carried out.
    Refused { id: u32 },
    /// What `Claim` asked for: it was in storage and has been taken out, or it was not there any more.
    Claimed { id: u32, ok: bool },
    /// Something begins to be the case.
    Begins(Condition),
    /// It ends.
    Ends(Condition),
    /// The timer that `Wake` asked for.
    Tick,
}

impl Event {
    /// Something begins or ends to be the case.
    pub const fn of(condition: Condition, begins: bool) -> Self {
        if begins { Self::Begins(condition) } else { Self::Ends(condition) }
    }
}

/// What is to be done.
#[allow(missing_docs, reason = "an `id` is the number of a hit")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Make the request.
    Send { id: u32, transport: Transport },
    /// Forget the request that is open: no event of it counts any more.
    Cancel { id: u32 },
    /// Put a copy into storage.
    Keep { id: u32 },
    /// Take the copy out of storage, so that no other page sends it too, and tell [`Event::Claimed`].
    Claim { id: u32 },
    /// Over: answered, by this way. A beacon is answered by the browser, and its outcome is `queued`.
    Delivered { id: u32, transport: Transport },
    /// Over: the browser has it, or another page; nothing more can be known.
    HandedOver { id: u32 },
    /// Over for this page: storage has it for the next one, or for this one when it is shown again.
    Buffered { id: u32 },
    /// Over: it has used up its tries.
    Failed { id: u32 },
    /// Over: there were too many. A copy in storage goes too.
    Dropped { id: u32 },
    /// Tell [`Event::Tick`] after so many ms; replaces the timer asked for before.
    Wake { after: u32 },
}

/// What the site has set, and what the browser has.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// `maxConcurrentHits`.
    pub concurrent: u32,
    /// `trackOffline`.
    pub keeps: bool,
    /// `offlineLimit`: of the hits that wait offline, the newest so many are kept.
    pub limit: u32,
    /// `offlineThrottleDelay`: the least time from one request to the next, in ms.
    pub throttle: u32,
    /// Whether `fetch` knows `keepalive`; else a page that is left sends beacons.
    pub keepalive: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { concurrent: 1, keeps: false, limit: 0, throttle: 0, keepalive: true }
    }
}
