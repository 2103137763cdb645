//! Hits in storage: those of pages that were left, offline, or buffering, and those that AppMeasurement has left behind.
//!
//! Functions here read and write storage and return what they find; `delivery` acts on it.

use super::host;
use super::state::{Flag, Tracker};
use crate::hit::claim::{self, Command, Event, HIT_LOCK_MS, LEASE_KEY, LEASE_MS, LISTS_LOCK, TAKEN_KEY};
use crate::hit::queue::limits::MAX_HITS;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// The string slot with the key under which the hits of a tracker are stored, and with its collector.
const KEY_SLOT: &str = "key";

/// Hits are stored under this key from now on, and lead to the collector of `url`; returns whether that is new.
pub fn set_key(builder: &TextBuilder, tracker: &Tracker, key: Text<'_>, url: Text<'_>) -> bool {
    let collector = claim::collector_of(url);
    let hash = key.hash(collector.hash(0));
    if tracker.storage_key.replace(hash) == hash {
        return false;
    }
    let start = builder.mark();
    builder.str(KEY_SLOT);
    for part in [key, collector] {
        builder.byte(0);
        builder.put(part);
    }
    host::set_string_slot(tracker, builder.take_from(start));
    true
}

/// The key under which the hits of a tracker are stored, and its collector; empty before its first hit.
#[inline(never)]
pub fn key_and_collector<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> (Text<'b>, Text<'b>) {
    host::string_slot(builder, tracker, text(KEY_SLOT)).split_once(0)
}

/// The newest items that are stored, joined by NUL, as many as the queue holds; older ones are gone when the list is written. If
/// something else is stored there, it counts as empty.
pub fn read<'b>(builder: &'b TextBuilder, key: Text<'_>, in_session: bool) -> Text<'b> {
    let list = host::stored_list(builder, in_session, newest(builder, key));
    if list == "\0" {
        warn(key);
        return Text::empty();
    }
    list
}

/// The newest items under a key, as the host understands it.
fn newest<'b>(builder: &'b TextBuilder, key: Text<'_>) -> Text<'b> {
    let start = builder.mark();
    builder.put(key);
    builder.byte(0);
    builder.number(MAX_HITS as u32);
    builder.take_from(start)
}

/// Says once that there is something else than hits.
pub fn warn(key: Text<'_>) {
    static HAS_WARNED: Flag = Flag::new();
    if !HAS_WARNED.raise() {
        host::warn_of_list(key);
    }
}

/// Stores the hit of a call; returns whether there was room. If another one is to be stored next (`goes_on`), it is written with that.
pub fn store(builder: &TextBuilder, tracker: &Tracker, call: u32, in_session: bool, goes_on: bool) -> bool {
    let (key, _) = key_and_collector(builder, tracker);
    host::mark_stored(call, key, in_session);
    if in_session {
        // It may have been taken out of session storage before: that is no reason to leave it to a duplicated tab.
        let ids = host::stored_list(builder, false, text(TAKEN_KEY));
        if !ids.is_empty() {
            let id = claim::hit_id(host::request_url_text(builder, call));
            if ids.contains_item(id, 0) {
                host::set_stored_list(0, claim::changed(builder, text(TAKEN_KEY), ids, id, Text::empty()));
            }
        }
    }
    host::store_hit(call, newest(builder, key), goes_on)
}

/// Takes the hit of a call out of storage, so that no other tab sends it too: `on_claim` is called with what happens.
pub fn claim(call: u32) {
    host::claim_hit(call, text(LISTS_LOCK), HIT_LOCK_MS);
}

/// Stored hits that are being claimed.
#[derive(Clone, Copy)]
pub struct Claim<'b> {
    /// The hits to be taken, each with a number and a space in front of its URL.
    pub batch: Text<'b>,
    /// Whether they are in session storage.
    pub in_session: bool,
    /// The name under which the claim writes a lease.
    pub name: Text<'b>,
    /// The key under which they are stored; empty if they never were.
    pub key: Text<'b>,
}

/// Does what an event of a claim leads to. Returns the hits that were there and are this tab's now, if the claim has ended.
pub fn advance<'b>(builder: &'b TextBuilder, claim: Claim<'_>, event: u32) -> Option<Text<'b>> {
    if claim.key.is_empty() {
        return Some(Text::empty());
    }
    let end_ms = host::time_in(builder, LEASE_MS);
    let event = match event {
        0 => Event::HitBusy,
        1 => Event::Locked,
        _ => Event::Tick { lease: host::stored_text(builder, false, text(LEASE_KEY)), name: claim.name, end_ms },
    };
    let command = claim::next(event);
    let ends = match command {
        Command::GiveUp => return Some(Text::empty()),
        Command::Wait => false,
        Command::WriteLease => !host::set_stored_text(0, claim::lease(builder, claim.name, end_ms)),
        Command::Take | Command::TakeAndEnd => true,
    };
    let found = ends.then(|| take(builder, claim));
    if command == Command::TakeAndEnd {
        host::set_stored_list(0, text(LEASE_KEY));
    }
    found
}

fn take<'b>(builder: &'b TextBuilder, claim: Claim<'_>) -> Text<'b> {
    let list = read(builder, claim.key, claim.in_session);
    let ids = claim.in_session.then(|| host::stored_list(builder, false, text(TAKEN_KEY)));
    let taken = claim::take(builder, claim.key, list, ids, claim.batch);
    if !taken.ids.is_empty() {
        host::set_stored_list(0, taken.ids);
    }
    // A list that cannot be written back is out of reach for the other tabs too: the hits are this tab's.
    if host::set_stored_list(claim.in_session.into(), taken.list) { taken.found } else { list }
}

/// Whether hits can be kept for the next page; if not, the debug lines say why.
pub fn check_session_storage(builder: &TextBuilder, tracker: &Tracker) -> bool {
    let error = host::storage_error(builder);
    if !error.is_empty() && host::has_property(tracker, text("debugTracking")) {
        host::log(builder.join(text("Warning, sessionStorage is not available, "), error));
        host::log(text("Warning, unable to access session-storage requests will not be buffered."));
    }
    error.is_empty()
}
