//! Hits in storage: those of pages that are left, offline, or buffering; AppMeasurement's own are read as well.

use super::hands::{self, Deed, Question, act, ask, has, tell, to};
use super::state::{Tracker, trackers};
use super::{delivery, track};
use crate::hit::queue::Event;
use crate::hit::storage_key::{key, transport};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::Variables;

/// The key of a tracker is remembered under this name.
const KEY: &str = "key";

/// Reads what earlier pages have left for the report suites of a tracker, once for each list of suites.
pub fn load(builder: &TextBuilder, one: &'static Tracker, variables: &Variables<'_>) {
    let key = key(builder, variables);
    let hash = key.hash(0);
    if one.storage_key.replace(hash) == hash {
        return;
    }
    let start = builder.mark();
    builder.str(KEY);
    builder.byte(0);
    builder.put(key);
    tell(Deed::remember, one.n, builder.take_from(start));
    read(builder, one);
}

fn read(builder: &TextBuilder, one: &'static Tracker) {
    for session in [true, false] {
        if session || has(one.n, "trackOffline") {
            for url in ask(builder, Question::stored, u32::from(session), key_of(builder, one)).split(0) {
                take_in(one, url, session, true);
            }
        }
    }
}

/// Reads storage again: a page that is shown again has left hits there for the next one, and may be the next itself.
pub fn load_again(builder: &TextBuilder) {
    for one in trackers() {
        if !key_of(builder, one).is_empty() {
            read(builder, one);
        }
    }
}

/// Takes in a hit that was made before; `kept` if storage has it.
pub fn take_in(one: &'static Tracker, url: Text<'_>, session: bool, kept: bool) {
    let call = track::next_call();
    if url.is_empty() || act(Deed::adopt, one.n, url, call) == 0 {
        return;
    }
    if session {
        to(Deed::isOfSession, call);
    }
    delivery::tell(one, Event::Called { id: call, size: url.len() as u32, transport: transport(url), kept });
}

/// Puts a copy of a hit into storage.
pub fn keep(builder: &TextBuilder, one: &'static Tracker, call: u32) {
    let in_session = !one.delivery.try_lock().is_some_and(|delivery| delivery.settings.keeps);
    if act(Deed::store, call, key_of(builder, one), u32::from(in_session)) == 0 {
        delivery::tell(one, Event::Refused { id: call });
    }
}

/// Takes the copy of a hit out of storage, so that no other page sends it too.
pub fn claim(builder: &TextBuilder, one: &Tracker, call: u32) {
    tell(Deed::claim, call, key_of(builder, one));
}

/// Takes the copy of a hit out of storage for good.
pub fn forget(builder: &TextBuilder, one: &Tracker, call: u32) {
    act(Deed::claim, call, key_of(builder, one), 1);
}

fn key_of<'p>(builder: &'p TextBuilder, one: &Tracker) -> Text<'p> {
    ask(builder, Question::remembered, one.n, text(KEY))
}

/// Whether hits can be kept for the next page; says so where they cannot.
pub fn is_possible(builder: &TextBuilder, one: &Tracker) -> bool {
    let trouble = hands::of(builder, Question::storageTrouble, 0);
    if !trouble.is_empty() && has(one.n, "debugTracking") {
        hands::say(builder.join(text("Warning, sessionStorage is not available, "), trouble));
        hands::say(text("Warning, unable to access session-storage requests will not be buffered."));
    }
    trouble.is_empty()
}
