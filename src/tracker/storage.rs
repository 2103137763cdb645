//! Hits in storage: those of pages that were left, offline, or buffering, and those that AppMeasurement has left behind.
//!
//! It reads and writes; what it finds it returns, and tells nobody.

use super::host;
use super::state::Tracker;
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

fn key<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> {
    host::string_slot(builder, tracker, text(KEY_SLOT))
}

/// Whether the tracker has made a hit, so that its key is known.
pub fn has_key(builder: &TextBuilder, tracker: &Tracker) -> bool {
    !key(builder, tracker).is_empty()
}

/// The request URLs that are stored, joined by NUL.
pub fn read<'b>(builder: &'b TextBuilder, tracker: &Tracker, in_session: bool) -> Text<'b> {
    host::stored_hits(builder, in_session, key(builder, tracker))
}

/// Stores the hit of a call; returns whether there was room.
pub fn store(builder: &TextBuilder, tracker: &Tracker, call: u32, in_session: bool) -> bool {
    host::store_hit(call, key(builder, tracker), in_session)
}

/// Takes the hit of a call out of storage so that no other page sends it too; `on_claim` is called with whether it was there.
pub fn claim(builder: &TextBuilder, tracker: &Tracker, call: u32) {
    host::claim_hit(call, key(builder, tracker), false);
}

/// Takes the hit of a call out of storage for good.
pub fn discard(builder: &TextBuilder, tracker: &Tracker, call: u32) {
    host::claim_hit(call, key(builder, tracker), true);
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
