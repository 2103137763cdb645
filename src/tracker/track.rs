//! The path of a tracking call: admitted → ready, or parked → assembled → pre-track callbacks → delivery queue.

use super::assemble::{self, BuiltHit};
use super::callbacks::{self, Stage};
use super::host::{self, Service};
use super::state::{Tracker, trackers};
use super::{calls, delivery, policy, rate_limit, readiness, services, storage};
use crate::hit::debug;
use crate::hit::outcome::Outcome;
use crate::hit::queue::limits::MAX_HIT_BYTES;
use crate::hit::queue::{Event, Transport};
use crate::hit::request::body_without_callback;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::transport::before_unload;
use crate::hit::variables::{CLEARED_AFTER_CALL, KINDS_SET_BY_TRACKER};

/// A tracking call of the page: sent now, or parked until the tracker is ready.
pub fn track(builder: &TextBuilder, tracker: &'static Tracker) {
    let call = calls::next_id();
    let now = calls::begin(tracker, call);
    let may_track = rate_limit::enter();
    if !rate_limit::allow(builder, tracker, now, may_track) {
        end_call(tracker, call);
        calls::settle(call, Outcome::TooManyCalls);
    } else if may_track && readiness::poll(builder, tracker) {
        make_call_hit(builder, tracker, call, false);
    } else {
        host::park(tracker, call);
        end_call(tracker, call);
        if may_track && services::has(tracker, Service::parked) {
            // What was parked in front of it may only have waited for its turn.
            resume(builder, tracker);
        }
    }
    // Drain them before leaving, so that nested calls queue up instead of recursing.
    if rate_limit::take_postponed() {
        resume_all(builder);
    }
    rate_limit::exit();
}

/// A click that is no call of the page; returns whether it was a hit, or may be one when the tracker is ready.
pub fn track_click(builder: &TextBuilder, tracker: &'static Tracker) -> bool {
    let call = calls::next_id();
    if readiness::poll(builder, tracker) {
        return make_hit(builder, tracker, call, false).is_ok();
    }
    // It is not the latest call of the page.
    host::adopt_hit(tracker, Text::empty(), call);
    host::park(tracker, call);
    end_call(tracker, call);
    true
}

/// Puts right what an error has left behind, when no export is running: calls that it has ended have failed.
pub fn recover() {
    callbacks::recover();
    rate_limit::recover();
    for tracker in trackers() {
        loop {
            let call = host::unmade_call(tracker);
            // Also without a call: it may have been a click.
            end_call(tracker, call);
            if call == 0 {
                break;
            }
            delivery::forget(tracker, call);
            calls::settle(call, Outcome::Broken);
        }
    }
}

/// Makes the hits of the calls that are parked, as long as the tracker is ready.
pub fn resume(builder: &TextBuilder, tracker: &'static Tracker) {
    while readiness::detect_parked(tracker) && readiness::poll_gates(builder, tracker) {
        let call = host::unpark(tracker);
        // Or it was a function of the page's.
        if call > 0 {
            // No element of the page is meant but those that the call has been made with.
            host::select_property(tracker, Text::empty());
            // Each with memory of its own: a page may have parked many.
            callbacks::on_behalf(call, || make_call_hit(&TextBuilder::new(), tracker, call, true));
        }
    }
}

/// The same for all trackers.
pub fn resume_all(builder: &TextBuilder) {
    for tracker in trackers() {
        resume(builder, tracker);
    }
}

/// Makes the hit of a call and puts it in the queue. A call that was parked brings the variables it was made with.
fn make_call_hit(builder: &TextBuilder, tracker: &'static Tracker, call: u32, was_parked: bool) {
    if was_parked || services::has(tracker, Service::call_object) {
        // A parked call leaves those alone that the tracker itself has set meanwhile.
        host::override_variables(call, text(KINDS_SET_BY_TRACKER), was_parked);
    }
    if let Err(outcome) = make_hit(builder, tracker, call, true) {
        calls::settle(call, outcome);
    }
}

/// Clears the variables that count for one call only and restores the overridden ones.
fn end_call(tracker: &Tracker, call: u32) {
    host::end_call(tracker, text(CLEARED_AFTER_CALL), call);
}

/// Makes the hit of a call and passes it to the delivery queue; or says why there is none.
#[inline(never)]
fn make_hit(builder: &TextBuilder, tracker: &'static Tracker, call: u32, has_begun: bool) -> Result<(), Outcome> {
    let made = match assemble::build(builder, tracker) {
        Ok(hit) => {
            if !has_begun {
                calls::begin(tracker, call);
            }
            enqueue(builder, tracker, call, &hit);
            Ok(())
        }
        Err(outcome) => Err(outcome),
    };
    end_call(tracker, call);
    made
}

/// Passes a hit on. Until this ends `s` is as the hit was made, for the page's callbacks; what they change there comes too late for it.
fn enqueue(builder: &TextBuilder, tracker: &'static Tracker, call: u32, hit: &BuiltHit<'_>) {
    let has_action = host::set_request(call, hit.url, hit.body_start as u32);
    if hit.has_script_response {
        let is_post = hit.transport == Transport::Post;
        let body = if is_post { body_without_callback(builder, hit.url.from(hit.body_start)) } else { Text::empty() };
        host::set_script_response(call, body);
    }
    if hit.is_debugged {
        let start = builder.mark();
        debug::write(builder, hit.url);
        host::set_debug_lines(call, builder.take_from(start));
    }
    delivery::set_settings(tracker, hit.settings);
    // Hits that earlier pages have left are older than this one.
    if storage::set_key(builder, tracker, hit.storage_key, hit.url) {
        delivery::adopt_stored(builder, tracker);
    }
    callbacks::run(tracker, call, Stage::PreTrack, Text::empty());
    let size = hit.size() as u32;
    if size > MAX_HIT_BYTES {
        host::log(text("afterhit: a hit of more than 500 KB is too large and is not sent"));
        host::give_up_later(call, Outcome::TooLarge.as_text());
    } else {
        let unloads_page = hit.unloads_page || has_action && host::follows_link(call);
        let transport =
            if unloads_page { before_unload(hit.transport, delivery::is_connected(tracker)) } else { hit.transport };
        delivery::on_event(tracker, Event::Called { id: call, size, transport, is_stored: false });
    }
    if delivery::waits(tracker, call) {
        policy::learn(builder, call);
    }
    if has_action {
        host::run_action_later(call, hit.action_timeout_ms);
    }
    services::run_after_hit_hooks(tracker);
}
