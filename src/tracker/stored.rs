//! Hits in storage: those of pages that are left, offline, or buffering; AppMeasurement's own are read as well.

use alloc::string::String;

use super::state::{Hit, state, tracker};
use super::{callbacks, delivery, hands};
use crate::hit::queue::Event;
use crate::hit::stored::{key, way};
use crate::hit::text::text;
use crate::hit::variables::{Slot, Variables};
use crate::hit::writer::Writer;

/// Reads what earlier pages have left for the report suites of a tracker, once for each list of suites.
pub fn load(n: u32, variables: &Variables<'_>) {
    let key = key(variables);
    let key = key.as_str();
    if tracker(n, |one| core::mem::replace(&mut one.storage, key.into()) == key) {
        return;
    }
    for (session, wanted) in [(true, true), (false, variables.is_set(Slot::trackOffline))] {
        if wanted {
            for url in text(&hands::stored(key, session)).split(0) {
                take_in(n, url.as_str(), session, true);
            }
        }
    }
}

/// Reads storage again: a page that is shown again has left hits there for the next one, and may be the next itself.
pub fn load_again() {
    let mut n = 0;
    while let Some(had) = tracker(n, |one| Some(!core::mem::take(&mut one.storage).is_empty())) {
        if had {
            load(n, &Variables::read(text(&hands::variables(n))));
        }
        n += 1;
    }
}

/// Takes in a hit that was made before; `kept` if storage has it.
pub fn take_in(n: u32, url: &str, session: bool, kept: bool) {
    let Some(call) = state().and_then(|mut state| {
        if url.is_empty() || state.hits.iter().any(|hit| hit.url == url) {
            return None;
        }
        state.calls += 1;
        let call = state.calls;
        state.hits.push(Hit {
            call,
            tracker: n,
            url: String::from(url),
            query: text(url).find(b'?').unwrap_or(0) + 1,
            is_post: false,
            is_script: false,
            ancestors: alloc::vec::Vec::new(),
            attempts: 0,
            sent_at: 0,
            debug: false,
            debug_is_due: false,
            in_session: session,
        });
        Some(call)
    }) else {
        return;
    };
    delivery::submit(n, call, way(text(url)), kept);
}

/// Puts a copy of a hit into storage.
pub fn keep(n: u32, call: u32) {
    let keeps = tracker(n, |one| one.settings.keeps);
    let Some((key, url)) = place(n, call, |hit| hit.in_session = !keeps) else { return };
    if !hands::store(&key, !keeps, &url) {
        delivery::tell(n, Event::Refused { id: call });
    }
}

/// Takes the copy of a hit out of storage, so that no other page sends it too.
pub fn claim(n: u32, call: u32) {
    let mut session = false;
    if let Some((key, url)) = place(n, call, |hit| session = hit.in_session) {
        hands::claim(call, &key, session, &url);
    }
}

/// The answer to a claim.
pub fn claimed(call: u32, ok: bool) {
    if let Some(n) = state().and_then(|mut state| state.hit(call).map(|hit| hit.tracker)) {
        delivery::tell(n, Event::Claimed { id: call, ok });
    }
}

/// Takes the copy of a hit out of storage for good.
pub fn forget(n: u32, call: u32) {
    let mut session = false;
    if let Some((key, url)) = place(n, call, |hit| session = hit.in_session) {
        hands::claim(0, &key, session, &url);
    }
}

fn place(n: u32, call: u32, note: impl FnOnce(&mut Hit)) -> Option<(String, String)> {
    let url = state().and_then(|mut state| {
        let hit = state.hit(call)?;
        note(hit);
        Some(hit.url.clone())
    })?;
    Some((tracker(n, |one| one.storage.clone()), url))
}

/// Whether hits can be kept for the next page; says so where they cannot.
pub fn is_possible(n: u32) -> bool {
    let trouble = hands::storage_trouble();
    if trouble.is_empty() {
        return true;
    }
    if callbacks::is_debugging(n) {
        let mut line = Writer::new();
        line.str("Warning, sessionStorage is not available, ");
        line.str(&trouble);
        hands::say(line.as_str());
        hands::say("Warning, unable to access session-storage requests will not be buffered.");
    }
    false
}
