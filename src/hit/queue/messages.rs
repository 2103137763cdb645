//! Events in, commands out: what the driver and the queue tell each other.

use crate::hit::transport::Transport;

/// A state of the page or the site that lasts for a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// `navigator.onLine` is false, and a change, a failed request, or the page that is left confirms it.
    Offline = 1,
    /// `forceOffline()`.
    Forced = 2,
    /// `bufferRequests()`.
    Buffering = 4,
    /// The page's Content Security Policy allows images but no connections.
    Blocked = 8,
    /// `visibilitychange` to hidden, `freeze`.
    Hidden = 16,
    /// From `pagehide` to `pageshow`.
    Unloaded = 32,
    /// Another page, or a download, has been requested. Ends by itself after [`super::NAVIGATION_GRACE_MS`].
    Navigating = 64,
}

/// The conditions of a page that nobody sees: it may be gone at any moment.
pub const BACKGROUND: u8 = Condition::Hidden as u8 | Condition::Unloaded as u8;

/// What the driver reports.
#[allow(missing_docs, reason = "an `id` is the number of a hit")]
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// A new hit, from a tracking call or from storage (`is_stored`). `size` is in bytes. Each hit has its own
    /// number.
    Called { id: u32, size: u32, transport: Transport, is_stored: bool },
    /// The image has loaded, the response has come, or the browser has accepted the beacon.
    Answered { id: u32 },
    /// The request has failed. `random` varies the backoff.
    Failed { id: u32, random: u32 },
    /// The browser did not accept the beacon, the fetch, or the copy for storage; or the image was taken back before its request had
    /// started.
    Refused { id: u32 },
    /// The answer to [`Command::Claim`]: whether the hit was still in storage. If so, it has been taken out.
    Claimed { id: u32, ok: bool },
    /// A condition begins.
    Begins(Condition),
    /// A condition ends.
    Ends(Condition),
    /// The timer set by [`Command::SetTimer`] has fired.
    Tick,
}

impl Event {
    /// A condition begins or ends.
    pub const fn of(condition: Condition, begins: bool) -> Self {
        if begins { Self::Begins(condition) } else { Self::Ends(condition) }
    }
}

/// What the driver is to do.
#[allow(missing_docs, reason = "an `id` is the number of a hit")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Make the request.
    Send { id: u32, transport: Transport },
    /// Cancel the request in flight and report no event of it.
    Cancel { id: u32 },
    /// Put a copy into storage. `goes_on`: the next command stores another hit, and all are to be written with the last one.
    Store { id: u32, goes_on: bool },
    /// Take the copy out of storage, so that no other page sends it too, and report [`Event::Claimed`].
    Claim { id: u32 },
    /// Done: answered. The outcome of a beacon is `queued`, because it was the browser that answered.
    Delivered { id: u32, transport: Transport },
    /// Done: the browser or another page has it, and nothing more can be known.
    HandedOver { id: u32 },
    /// Done for this page: it is in storage for the next one, or for this one when it is shown again.
    Buffered { id: u32 },
    /// Done: no attempts left.
    Failed { id: u32 },
    /// Done: there were too many hits. A copy in storage is to be removed too.
    Dropped { id: u32 },
    /// Report [`Event::Tick`] after this time. Replaces the timer set before.
    SetTimer { after_ms: u32 },
}
