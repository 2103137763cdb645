//! What JavaScript can call. Exports take and return only numbers; strings stay in JavaScript and are fetched as arguments
//! (`host::argument`) or returned as a result (`host::set_result`).
//!
//! An export reads its arguments before it does anything else: JavaScript has one place for them, which other calls overwrite.

use wasm_bindgen::prelude::*;

use super::callbacks::{self, Stage};
use super::state::{self, Tracker, tracker};
use super::{activity_map, cookies, delivery, events, host, policy, readiness, snapshot, suites, track};
use crate::hit::cookies::Lifetime;
use crate::hit::defaults::{DEFAULTS, DEFAULTS_WITH_BODY};
use crate::hit::destination;
use crate::hit::legacy;
use crate::hit::query;
use crate::hit::queue::{Condition, Event};
use crate::hit::request;
use crate::hit::text::text;
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{KINDS_CLEARED, Slot, TABLE, Variables, slot_of};

/// A page view, or whatever else the variables say ("t" in Adobe's documentation). A link is the same call: its element, type
/// and name are variables by then ("tl").
#[wasm_bindgen]
pub fn t(id: u32) {
    run(id, Job::Track);
}

/// An export has ended in an error; none is running now.
#[wasm_bindgen]
pub fn recover() {
    track::recover();
}

/// Clears the variables that Adobe's documentation lists ("clearVars").
#[wasm_bindgen(js_name = clearVars)]
pub fn clear_vars(id: u32) {
    run(id, Job::ClearVars);
}

/// Sends the hits of a tracker to other report suites from now on. Argument: the suites ("sa").
#[wasm_bindgen]
pub fn sa(id: u32) {
    run(id, Job::SetSuites);
}

/// Registers the candidate to be called before a hit is sent; the number of the registration, 0 if it is refused.
#[wasm_bindgen(js_name = registerPreTrackCallback)]
pub fn register_pre_track_callback(id: u32) -> u32 {
    register(id, Stage::PreTrack)
}

/// Registers the candidate to be called when a hit has been delivered.
#[wasm_bindgen(js_name = registerPostTrackCallback)]
pub fn register_post_track_callback(id: u32) -> u32 {
    register(id, Stage::PostTrack)
}

/// Registers the candidate to be called when a hit is given up.
#[wasm_bindgen(js_name = registerTrackFailureCallback)]
pub fn register_track_failure_callback(id: u32) -> u32 {
    register(id, Stage::Failure)
}

fn register(id: u32, stage: Stage) -> u32 {
    tracker(id).map_or(0, |tracker| callbacks::register(tracker, stage))
}

/// Takes a registration back.
#[wasm_bindgen]
pub fn unregister(registration: u32) {
    callbacks::unregister(registration);
}

/// A request of a call was answered after `took_ms`; `ok` says whether it counts as delivered (see `src/page/network.js`).
#[wasm_bindgen(js_name = onResponse)]
pub fn on_response(id: u32, call: u32, ok: bool, took_ms: u32) {
    if let Some(tracker) = tracker(id) {
        delivery::on_response(tracker, call, ok, took_ms);
    }
}

/// The timer of a tracker's queue has fired.
#[wasm_bindgen(js_name = onTimer)]
pub fn on_timer(id: u32) {
    tell_queue(id, Event::Tick);
}

/// Handles an event of the claim of a stored hit; see [`delivery::on_claim`].
#[wasm_bindgen(js_name = onClaim)]
pub fn on_claim(id: u32, call: u32, event: u32) -> u32 {
    tracker(id).map_or(0, |tracker| delivery::on_claim(tracker, call, event))
}

/// A hit is given up; no other one is being made, whose variables are on `s`. Argument: the outcome.
#[wasm_bindgen(js_name = onGivenUp)]
pub fn on_given_up(id: u32, call: u32) {
    let builder = &TextBuilder::new();
    let outcome = host::argument(builder, 0);
    if let Some(tracker) = tracker(id) {
        delivery::give_up(tracker, call, outcome);
    }
}

fn tell_queue(id: u32, event: Event) {
    if let Some(tracker) = tracker(id) {
        delivery::on_event(tracker, event);
    }
}

/// Handles a page event; see [`events::on_page_event`].
#[wasm_bindgen(js_name = onPageEvent)]
pub fn on_page_event(event: u32, flag: bool) {
    events::on_page_event(event, flag);
}

/// The page's policy has refused or reported a request. Arguments: the directive, the disposition, the URL.
#[wasm_bindgen(js_name = onCspViolation)]
pub fn on_csp_violation() {
    let builder = &TextBuilder::new();
    policy::on_violation(host::argument(builder, 0), host::argument(builder, 1), host::argument(builder, 2));
}

/// Holds hits back on the page, or sends them ("bufferRequests").
#[wasm_bindgen(js_name = bufferRequests)]
pub fn buffer_requests(id: u32, begins: bool) {
    set_hold(id, Condition::Buffering, begins);
}

/// Treats the browser as offline, or no longer ("forceOffline", "forceOnline").
#[wasm_bindgen(js_name = forceOffline)]
pub fn force_offline(id: u32, begins: bool) {
    set_hold(id, Condition::Forced, begins);
}

#[inline(never)]
fn set_hold(id: u32, condition: Condition, begins: bool) {
    if let Some(tracker) = tracker(id) {
        delivery::set_hold(&TextBuilder::new(), tracker, condition, begins);
    }
}

/// What exports do for a tracker. An enum instead of function pointers: a table for indirect calls would keep functions of the
/// standard library alive.
#[derive(Clone, Copy)]
enum Job {
    Track,
    ClearVars,
    SetSuites,
    Resume,
    SetVisitorValues,
    EndDelay,
    ModuleReady,
    FindLinkName,
    FindRegion,
    ListSlots,
}

#[inline(never)]
fn run(id: u32, job: Job) {
    let Some(tracker) = tracker(id) else { return };
    let builder = &TextBuilder::new();
    match job {
        Job::Track => return track::track(builder, tracker),
        Job::ClearVars => return host::unset_kinds(tracker, text(KINDS_CLEARED)),
        Job::SetSuites => return suites::set(builder, tracker, host::argument(builder, 0)),
        Job::FindLinkName => {
            return host::set_result(activity_map::link_name(builder, tracker, host::argument(builder, 0)));
        }
        Job::FindRegion => return host::set_result(activity_map::region(builder, tracker)),
        Job::ListSlots => return list_slots(builder, tracker),
        Job::Resume => {}
        Job::SetVisitorValues => readiness::set_visitor_values(builder, tracker, host::argument(builder, 0)),
        Job::EndDelay => readiness::end_delay(tracker),
        Job::ModuleReady => readiness::end_delay_unless_delayed(tracker),
    }
    track::resume(builder, tracker);
}

fn list_slots(builder: &TextBuilder, tracker: &Tracker) {
    let variables = Variables::read(host::variables(builder, tracker));
    let start = builder.mark();
    request::sent_slots(builder, &variables);
    host::set_result(builder.take_from(start));
}

/// Tries again to make the hits of the calls that are parked.
#[wasm_bindgen]
pub fn resume(id: u32) {
    run(id, Job::Resume);
}

/// The visitor service has answered. Argument: its values.
#[wasm_bindgen(js_name = onVisitorValues)]
pub fn on_visitor_values(id: u32) {
    run(id, Job::SetVisitorValues);
}

/// Modules may not delay hits any longer ("maxDelay").
#[wasm_bindgen(js_name = onMaxDelay)]
pub fn on_max_delay(id: u32) {
    run(id, Job::EndDelay);
}

/// Whether a hit would be made at once ("isReadyToTrack"). It asks what a tracking call would ask.
#[wasm_bindgen(js_name = isReadyToTrack)]
pub fn is_ready_to_track(id: u32) -> bool {
    tracker(id).is_some_and(|tracker| readiness::is_ready(&TextBuilder::new(), tracker))
}

/// A module has become ready ("delayReady").
#[wasm_bindgen(js_name = delayReady)]
pub fn delay_ready(id: u32) {
    run(id, Job::ModuleReady);
}

/// Returns the URL of a destination with its placeholders filled, empty if it is not one of analytics ("doPostbacks"). Arguments:
/// its id and its URL.
#[wasm_bindgen]
pub fn destination() {
    look_up(Lookup::Destination);
}

/// Returns the name of the current element as Activity Map has it. Argument: the name given to `tl`.
#[wasm_bindgen(js_name = linkName)]
pub fn link_name(id: u32) {
    run(id, Job::FindLinkName);
}

/// Returns the region of the current element as Activity Map has it.
#[wasm_bindgen(js_name = linkRegion)]
pub fn link_region(id: u32) {
    run(id, Job::FindRegion);
}

/// Returns the value of a query parameter as it stands in the address ("Util.getQueryParam"). Arguments: the address that the
/// page gave, `s.pageURL`, the page's own, the name, the delimiter.
#[wasm_bindgen(js_name = queryParameter)]
pub fn query_parameter() {
    look_up(Lookup::QueryParameter);
}

/// Returns a text escaped as values in URLs are. Argument: the text.
#[wasm_bindgen]
pub fn encode() {
    look_up(Lookup::Escaped);
}

/// Returns the value of a cookie as it is stored, empty if there is none. Argument: the name.
#[wasm_bindgen(js_name = readCookie)]
pub fn read_cookie() {
    look_up(Lookup::Cookie);
}

/// What exports return for their arguments alone.
#[derive(Clone, Copy)]
enum Lookup {
    QueryParameter,
    Escaped,
    Cookie,
    Destination,
}

#[inline(never)]
fn look_up(lookup: Lookup) {
    let builder = &TextBuilder::new();
    let argument = |index| host::argument(builder, index);
    let first = argument(0);
    host::set_result(match lookup {
        Lookup::QueryParameter => query::parameter(first.or(argument(1)).or(argument(2)), argument(3), argument(4)),
        Lookup::Escaped => cookies::escaped(builder, first),
        Lookup::Cookie => cookies::read(builder, first),
        Lookup::Destination => destination::filled(builder, first, argument(1), host::local_time(builder)),
    });
}

/// Writes a cookie; returns whether it is there afterwards ("Util.cookieWrite"). Arguments: name and value. The expiry is a kind
/// and the seconds left, see [`Lifetime::of_expires`].
#[wasm_bindgen(js_name = writeCookie)]
pub fn write_cookie(id: u32, expires_kind: u32, seconds_left: f64) -> bool {
    let builder = &TextBuilder::new();
    let (name, value) = (host::argument(builder, 0), host::argument(builder, 1));
    tracker(id).is_some_and(|tracker| {
        let variables = snapshot::read(builder, tracker);
        let setting = variables.get(Slot::cookieLifetime);
        let lifetime = Lifetime::of_expires(expires_kind, seconds_left, value.is_empty(), setting);
        cookies::write_and_verify(builder, tracker, &variables, name, value, lifetime)
    })
}

/// Returns the slots of the variables that a hit would send ("foreachVar").
#[wasm_bindgen(js_name = sentSlots)]
pub fn sent_slots(id: u32) {
    run(id, Job::ListSlots);
}

/// The slot of a variable, -1 if there is none. Argument: its name. Each name is asked for once.
#[wasm_bindgen]
pub fn slot() -> i32 {
    let builder = &TextBuilder::new();
    let name = host::argument(builder, 0);
    if let Some(slot) = slot_of(name) {
        return slot as i32;
    }
    let advice = legacy::advice(name);
    if !advice.is_empty() {
        host::log(advice);
    }
    -1
}

/// Whether two lists of report suites have one in common. Arguments: the lists.
#[wasm_bindgen(js_name = sharesSuite)]
pub fn shares_suite() -> bool {
    let builder = &TextBuilder::new();
    host::argument(builder, 0).intersects(host::argument(builder, 1), b',')
}

/// Makes the tracker with this id.
#[wasm_bindgen(js_name = addTracker)]
pub fn add_tracker(id: u32) {
    if id == 0 {
        events::listen();
        host::define_variables(text(TABLE));
    }
    let tracker = state::add(id);
    host::assign_json(tracker, text(DEFAULTS));
    host::assign_json_with_body(tracker, text(DEFAULTS_WITH_BODY));
}
