//! Whether a hit may be made now: the page is shown, client hints, consent, the visitor id and the modules are there.
//!
//! Each `poll_…` asks for what is missing and returns whether it is there; `poll_delay` returns whether a module delays hits. What an answer changes is set here; the calls that
//! are parked are resumed by `track`.

use super::host::{self, Service};
use super::services::{self, has_consent};
use super::snapshot;
use super::state::Tracker;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::Pairs;
use crate::hit::visitor::{self, CLIENT_HINTS, NO_CLIENT_HINTS, WANTED_CLIENT_HINTS};

/// Consent that was refused may still be given: how often it is asked for.
const CONSENT_POLL_MS: u32 = 250;

/// Detects the services; returns whether calls are parked.
pub fn detect_parked(tracker: &Tracker) -> bool {
    services::detect(tracker);
    services::has(tracker, Service::parked)
}

/// Whether a tracking call may make its hit now.
pub fn poll(builder: &TextBuilder, tracker: &Tracker) -> bool {
    !detect_parked(tracker) && poll_gates(builder, tracker)
}

/// Whether no call is parked and none would have to be.
pub fn has_nothing_pending(tracker: &Tracker) -> bool {
    !detect_parked(tracker) && !tracker.readiness.visitor_requested.get()
}

/// Whether the gates are open, whoever is parked in front of them.
pub fn poll_gates(builder: &TextBuilder, tracker: &Tracker) -> bool {
    !services::has(tracker, Service::prerendering)
        && poll_hints(tracker)
        && poll_consent(tracker)
        && poll_visitor(tracker)
        && !poll_delay(builder, tracker)
}

fn poll_hints(tracker: &Tracker) -> bool {
    let requested = &tracker.readiness.hints_requested;
    if host::has_property(tracker, text(CLIENT_HINTS)) {
        requested.set(false);
        return true;
    }
    if requested.get() {
        return false;
    }
    let wanted = host::has_property(tracker, text("collectHighEntropyUserAgentHints"));
    requested.set(wanted && host::request_client_hints(tracker, text(WANTED_CLIENT_HINTS)));
    if !requested.get() {
        // As AppMeasurement does: a site that switches them on after its first hit gets none.
        host::assign_json(tracker, text(NO_CLIENT_HINTS));
    }
    !requested.get()
}

fn poll_consent(tracker: &Tracker) -> bool {
    if has_consent(tracker, "ANALYTICS") {
        return true;
    }
    if !tracker.readiness.consent_requested.raise() {
        host::request_consent(tracker);
    }
    host::resume_later(tracker, CONSENT_POLL_MS);
    false
}

/// An answer of the visitor service counts for one call; `keep_visitor_answer` makes it count for the next one too.
fn poll_visitor(tracker: &Tracker) -> bool {
    let readiness = &tracker.readiness;
    if !services::has(tracker, Service::visitor)
        || readiness.visitor_answered.get()
        || !host::has_visitor_method(tracker, text("getVisitorValues"))
    {
        return true;
    }
    if !readiness.visitor_requested.raise() {
        host::request_visitor_values(tracker);
    }
    readiness.visitor_answered.lower()
}

/// Whether the calls that are still parked have the same answer of the visitor service as the one that was just made.
pub fn keep_visitor_answer(tracker: &Tracker, keep: bool) {
    tracker.readiness.visitor_answered.set(keep);
}

/// The visitor service has answered.
pub fn set_visitor_values(builder: &TextBuilder, tracker: &Tracker, pairs: Text<'_>) {
    let start = builder.mark();
    visitor::write_values(builder, Pairs(pairs));
    host::assign(tracker, builder.take_from(start));
    tracker.readiness.visitor_requested.set(false);
    tracker.readiness.visitor_answered.set(true);
}

/// Whether a module delays hits, and may still do so.
fn poll_delay(builder: &TextBuilder, tracker: &Tracker) -> bool {
    let readiness = &tracker.readiness;
    if readiness.delay_over.get() || !services::poll_delay_hooks(tracker) {
        readiness.delayed.set(false);
        return false;
    }
    if !readiness.delayed.raise() {
        host::set_delay_timer(tracker, visitor::max_delay_ms(&snapshot::read(builder, tracker)));
    }
    true
}

/// Modules have delayed hits for as long as they may.
pub fn end_delay(tracker: &Tracker) {
    if tracker.readiness.delayed.get() {
        tracker.readiness.delay_over.set(true);
    }
}
