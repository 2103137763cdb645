//! Hits in storage: those of pages that were left, offline, or buffering, and those that AppMeasurement has left behind.
//!
//! Functions here read and write storage and return what they find; `delivery` acts on it.

use super::host;
use super::state::Tracker;
use crate::hit::claim::{self, Command, Event, HIT_LOCK_MS, LEASE_KEY, LEASE_MS, LISTS_LOCK, TAKEN_KEY};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// The string slot with the key under which the hits of a tracker are stored.
const KEY_SLOT: &str = "key";

/// Hits are stored under this key from now on; returns whether it is another one than before.
pub fn set_key(builder: &TextBuilder, tracker: &Tracker, key: Text<'_>) -> bool {
    let hash = key.hash(0);
    if tracker.storage_key.replace(hash) == hash {
        return false;
    }
    let start = builder.mark();
    builder.str(KEY_SLOT);
    builder.byte(0);
    builder.put(key);
    host::set_string_slot(tracker, builder.take_from(start));
    true
}

/// The key under which the hits of a tracker are stored; empty before its first hit.
#[inline(never)]
pub fn key<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> {
    host::string_slot(builder, tracker, text(KEY_SLOT))
}

/// The request URLs that are stored, joined by NUL.
pub fn read<'b>(builder: &'b TextBuilder, key: Text<'_>, in_session: bool) -> Text<'b> {
    let list = host::stored_list(builder, in_session, key);
    if claim::is_hit_list(list) {
        return list;
    }
    host::warn_of_list(key);
    Text::empty()
}

/// Stores the hit of a call; returns whether there was room.
pub fn store(builder: &TextBuilder, tracker: &Tracker, call: u32, in_session: bool) -> bool {
    let key = key(builder, tracker);
    let url = host::request_url_text(builder, call);
    host::mark_stored(call, key, in_session);
    if in_session {
        // It may have been taken out of session storage before: that is no reason to leave it to a duplicated tab.
        let ids = host::stored_list(builder, false, text(TAKEN_KEY));
        let id = claim::hit_id(url);
        if ids.contains_item(id, 0) {
            host::set_stored_list(0, claim::changed(builder, text(TAKEN_KEY), ids, id, Text::empty()));
        }
    }
    let list = read(builder, key, in_session);
    host::set_stored_list(in_session.into(), claim::changed(builder, key, list, Text::empty(), url))
}

/// Takes the hit of a call out of storage, so that no other tab sends it too: `on_claim` is called with what happens.
pub fn claim(call: u32) {
    host::claim_hit(call, text(LISTS_LOCK), HIT_LOCK_MS);
}

/// A stored hit that is being claimed.
#[derive(Clone, Copy)]
pub struct Claim<'b> {
    /// Its request URL.
    pub url: Text<'b>,
    /// Whether it is in session storage.
    pub in_session: bool,
    /// The name under which the claim writes a lease.
    pub name: Text<'b>,
    /// The key under which it is stored; empty if it never was.
    pub key: Text<'b>,
}

/// Does what an event of a claim leads to. Returns whether the hit was there and is this tab's now, if the claim has ended.
pub fn advance(builder: &TextBuilder, claim: Claim<'_>, event: u32) -> Option<bool> {
    if claim.key.is_empty() {
        return Some(false);
    }
    let end_ms = host::time_in(builder, LEASE_MS);
    let event = match event {
        0 => Event::HitBusy,
        1 => Event::Locked,
        _ => Event::Tick { lease: host::stored_text(builder, false, text(LEASE_KEY)), name: claim.name, end_ms },
    };
    let command = claim::next(event);
    let ends = match command {
        Command::GiveUp => return Some(false),
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

fn take(builder: &TextBuilder, claim: Claim<'_>) -> bool {
    let list = read(builder, claim.key, claim.in_session);
    let ids = claim.in_session.then(|| host::stored_list(builder, false, text(TAKEN_KEY)));
    let taken = claim::take(builder, claim.key, list, ids, claim.url);
    if !taken.ids.is_empty() {
        host::set_stored_list(0, taken.ids);
    }
    // A list that cannot be written back is out of reach for the other tabs too: the hit is this tab's.
    !host::set_stored_list(claim.in_session.into(), taken.list) || taken.found
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
