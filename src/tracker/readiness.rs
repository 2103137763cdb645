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

/// Whether a tracking call may make its hit now. Each asks the visitor service anew.
pub fn poll(builder: &TextBuilder, tracker: &Tracker) -> bool {
    tracker.readiness.visitor_asked.set(false);
    services::detect(tracker);
    // A service that answers at once resumes what is parked.
    poll_gates(builder, tracker) && (!services::has_any(tracker) || !detect_parked(tracker))
}

/// Whether a tracking call would make its hit now, as far as is known. The opt-in service has to answer first.
pub fn is_ready(builder: &TextBuilder, tracker: &Tracker) -> bool {
    services::detect(tracker);
    let knows_consent = !services::has(tracker, Service::opt_in) || tracker.readiness.consent_requested.get();
    poll_gates(builder, tracker) && knows_consent
}

/// Whether the gates are open, whoever is parked in front of them.
pub fn poll_gates(builder: &TextBuilder, tracker: &Tracker) -> bool {
    if services::has(tracker, Service::prerendering) || !poll_consent(tracker) {
        return false;
    }
    // All of these are asked, whichever is not ready.
    let has_visitor = poll_visitor(tracker);
    let has_modules = poll_delay(builder, tracker);
    poll_hints(tracker) && has_visitor && has_modules
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

/// Consent that is there already lets a call go at once; AppMeasurement waits for the service to answer again.
fn poll_consent(tracker: &Tracker) -> bool {
    let is_approved = has_consent(tracker, "ANALYTICS");
    if services::has(tracker, Service::opt_in) && !tracker.readiness.consent_requested.raise() {
        host::request_consent(tracker);
    }
    if !is_approved {
        host::resume_later(tracker, CONSENT_POLL_MS);
    }
    is_approved
}

/// The visitor service is asked once for each tracking call, unless it has not answered yet.
fn poll_visitor(tracker: &Tracker) -> bool {
    let readiness = &tracker.readiness;
    if !services::has(tracker, Service::visitor) || !host::has_visitor_method(tracker, text("getVisitorValues")) {
        return true;
    }
    if !readiness.visitor_asked.raise() && !readiness.visitor_requested.raise() {
        host::request_visitor_values(tracker);
    }
    !readiness.visitor_requested.get()
}

/// The visitor service has answered.
pub fn set_visitor_values(builder: &TextBuilder, tracker: &Tracker, pairs: Text<'_>) {
    let start = builder.mark();
    visitor::write_values(builder, Pairs(pairs));
    host::assign(tracker, builder.take_from(start));
    tracker.readiness.visitor_requested.set(false);
}

/// Modules are asked once a page whether they delay hits; then they may do so until they are ready, or for `maxDelay`.
fn poll_delay(builder: &TextBuilder, tracker: &Tracker) -> bool {
    let readiness = &tracker.readiness;
    if !readiness.delay_asked.raise() {
        if services::poll_delay_hooks(tracker) {
            host::set_delay_timer(tracker, visitor::max_delay_ms(&snapshot::read(builder, tracker)));
        } else {
            end_delay(tracker);
        }
    }
    readiness.delay_over.get()
}

/// Modules have delayed hits for as long as they may.
pub fn end_delay(tracker: &Tracker) {
    tracker.readiness.delay_over.set(true);
}

/// A module has become ready; others may still delay hits.
pub fn end_delay_unless_delayed(tracker: &Tracker) {
    services::detect(tracker);
    if !services::poll_delay_hooks(tracker) {
        end_delay(tracker);
    }
}
