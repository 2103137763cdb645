//! How the tabs of a site share stored hits: each hit is claimed, that is taken out of storage, by one tab only.
//!
//! Two kinds of storage reach several tabs. Local storage is shared. Session storage belongs to a tab, but a duplicated tab
//! starts with a copy of it; so the ids of the hits that were taken out of it are remembered in local storage, and a hit whose
//! id is there has been claimed by the other copy.
//!
//! This module has no clock and no storage. The driver reports an [`Event`] of a claim and carries out the [`Command`] that
//! [`next`] returns. With Web Locks it first requests the lock on the hit, only if it is free, and inside that [`LISTS_LOCK`];
//! without them it reports `Tick` at once.
//!
//! | Event                               | Command      | Then                                                          |
//! |-------------------------------------|--------------|---------------------------------------------------------------|
//! | `HitBusy`                           | `GiveUp`     | the claim has ended without the hit                           |
//! | `Locked`                            | `Take`       | the lists stay locked for [`VISIBLE_MS`], the hit longer      |
//! | `Tick`, the lease is this claim's   | `TakeAndEnd` | the claim has ended                                           |
//! | `Tick`, the lease is free           | `WriteLease` | `Tick` after [`LEASE_CHECK_MS`]                               |
//! | `Tick`, another claim has the lease | `Wait`       | `Tick` after [`LEASE_CHECK_MS`]                               |
//!
//! A page that still holds the lock on a hit, because it was sent in vain and stored again, claims it under that lock.
//!
//! A claim under locks may take a batch: its hit, and what else the tab knows in the same list. The lock on its hit stands for all,
//! because every tab claims a list from its head.
//!
//! # Assumptions
//!
//! Browsers give each process its own view of local storage: a write reaches other tabs a moment later, and if two tabs write
//! one key, the later write wins. The simulation in `tests` checks that no hit is lost and none is claimed twice, if
//!
//! - a write reaches the other tabs, in the order of the writes, within [`VISIBLE_MS`] ms with Web Locks, and within half of
//!   [`LEASE_CHECK_MS`] without: a tab that has not seen a lease may overwrite it just before it becomes visible, and its own
//!   lease takes as long again to be seen;
//! - a hit is stored while no other tab changes the same list, within these times: storing happens while a page is left and
//!   cannot wait for a lock;
//! - with Web Locks, a page is not left within [`VISIBLE_MS`] ms after it has taken a hit: the browser releases its locks at
//!   once, and another tab may still see the old list;
//! - a duplicated tab claims its copy of a hit before [`MAX_TAKEN`] other hits are taken out of session storage.

mod lease;
mod list;
#[cfg(test)]
mod tests;

use super::text::Text;
pub use lease::{LEASE_KEY, LEASE_MS, lease};
pub use list::{Taken, changed, collector_of, hit_id, is_hit_for, take};

/// With Web Locks, a change of storage is visible to the other tabs after this time (ms): its list stays locked that long.
pub const VISIBLE_MS: u32 = 60;
/// A claimed hit stays locked for this long (ms) after its list is released: by then no tab has an old copy of the list.
pub const HIT_LOCK_MS: u32 = 2000;
/// Without Web Locks, a tab writes a lease, and after this time (ms) checks that no other tab has overwritten it.
pub const LEASE_CHECK_MS: u32 = 60;
/// How many stored hits of earlier pages are taken up at once, in front of the page's own. More follow when those are sent.
pub const BATCH_HITS: u32 = 10;
/// The number of hits that are remembered as taken out of session storage.
pub const MAX_TAKEN: u32 = 200;

/// The key in local storage of the ids of hits that were taken out of session storage.
pub const TAKEN_KEY: &str = "afterhit.taken";

/// The name of the lock on the lists of hits and on [`TAKEN_KEY`].
pub const LISTS_LOCK: &str = TAKEN_KEY;

/// The number of [`Event::Locked`] for the driver. `HitBusy` is 0, `Tick` is 2.
pub const LOCKED: u32 = 1;

/// An event in the life of a claim.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// Another claim has the lock on the hit.
    HitBusy,
    /// The claim has the locks on the hit and on the lists.
    Locked,
    /// There are no Web Locks, or it is time to look again.
    Tick {
        /// The stored lease.
        lease: Text<'a>,
        /// The name under which this claim writes a lease.
        name: Text<'a>,
        /// When a lease that is written now ends: [`LEASE_MS`] from now, in milliseconds since 1970.
        end_ms: Text<'a>,
    },
}

/// What the driver of a claim has to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Another tab is claiming the hit: this claim ends without it.
    GiveUp,
    /// Take the hit out of storage: see [`take`].
    Take,
    /// Take the hit out of storage, then remove the lease.
    TakeAndEnd,
    /// Write a [`lease`]. If it cannot be written, take the hit at once: a tab without local storage shares it with nobody.
    WriteLease,
    /// Do nothing.
    Wait,
}

/// What to do after an event.
pub fn next(event: Event<'_>) -> Command {
    match event {
        Event::HitBusy => Command::GiveUp,
        Event::Locked => Command::Take,
        Event::Tick { lease, name, .. } if lease::is_of(lease, name) => Command::TakeAndEnd,
        Event::Tick { lease, end_ms, .. } if lease::is_free(lease, end_ms) => Command::WriteLease,
        Event::Tick { .. } => Command::Wait,
    }
}
