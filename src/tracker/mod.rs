//! The tracker in the browser: what it exports to JavaScript, and every effect it has.

mod callbacks;
mod click;
mod cookies;
mod delivery;
mod guard;
mod hands;
mod image;
mod modules;
mod state;
mod stored;
mod suites;
mod track;
mod wait;

use alloc::string::String;
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use crate::hit::queue::{Condition, Event};
use crate::hit::text::text;
use crate::hit::variables::is_cleared;
use crate::hit::writer::Writer;
use callbacks::Moment;

/// A page view, or whatever else the variables say ("t" in the documentation).
#[wasm_bindgen]
pub fn t(tracker: u32, overrides: JsValue) {
    track::track(tracker, &overrides);
}

/// A link ("tl" in the documentation): the element, its type, its name, overrides, and what is done behind it.
#[wasm_bindgen]
pub fn tl(tracker: u32, link: JsValue, kind: JsValue, name: JsValue, overrides: JsValue, action: JsValue) {
    hands::link(tracker, &link, &kind, &name, &action);
    track::track(tracker, &overrides);
}

/// Clears the variables that the documentation lists ("clearVars").
#[wasm_bindgen(js_name = clearVars)]
pub fn clear_vars(tracker: u32) {
    let pairs = hands::variables(tracker);
    let mut cleared = Writer::new();
    for (name, _) in crate::hit::variables::Pairs(text(&pairs)) {
        if is_cleared(name) {
            cleared.put(name);
            cleared.str("\0\0");
        }
    }
    hands::assign(tracker, cleared.as_str());
}

/// Registers a function that is called before a hit leaves; gives back a function that takes that back.
#[wasm_bindgen(js_name = registerPreTrackCallback)]
pub fn register_pre_track_callback(tracker: u32, arguments: Array) -> Function {
    callbacks::register(tracker, Moment::Before, arguments)
}

/// Registers a function that is called when a hit has arrived.
#[wasm_bindgen(js_name = registerPostTrackCallback)]
pub fn register_post_track_callback(tracker: u32, arguments: Array) -> Function {
    callbacks::register(tracker, Moment::Delivered, arguments)
}

/// Registers a function that is called when a hit is given up.
#[wasm_bindgen(js_name = registerTrackFailureCallback)]
pub fn register_track_failure_callback(tracker: u32, arguments: Array) -> Function {
    callbacks::register(tracker, Moment::Failed, arguments)
}

/// Takes a registration back.
#[wasm_bindgen]
pub fn unregister(registration: u32) {
    callbacks::unregister(registration);
}

/// A request was answered, with an image or without.
#[wasm_bindgen]
pub fn answered(call: u32, ok: bool) {
    delivery::answered(call, ok);
}

/// The timer of a queue has gone off.
#[wasm_bindgen]
pub fn woken(tracker: u32) {
    delivery::tell(tracker, Event::Tick);
}

/// A stored hit was claimed, or was not there any more.
#[wasm_bindgen]
pub fn claimed(call: u32, ok: bool) {
    stored::claimed(call, ok);
}

/// Something happened in the window: the place of the event in [`EVENTS`], and whether the page is hidden now.
#[wasm_bindgen]
pub fn happened(event: u32, hidden: bool) {
    match event {
        0 | 1 => delivery::tell_all(Condition::Offline, event == 0),
        2 => {
            WAS_LEFT.store(true, Relaxed);
            delivery::tell_all(Condition::Left, true);
        }
        3 if WAS_LEFT.load(Relaxed) => {
            delivery::tell_all(Condition::Left, false);
            stored::load_again();
        }
        3 => {}
        4..=6 => {
            delivery::tell_all(Condition::Hidden, hidden);
            wait::resume_all();
        }
        7 => wait::resume_all(),
        _ => click::clicked(),
    }
}

/// The page's policy has refused a request.
#[wasm_bindgen]
pub fn refused(directive: String, url: String) {
    delivery::refused(&directive, &url);
}

/// A page that is shown for the first time has not been left before.
static WAS_LEFT: AtomicBool = AtomicBool::new(false);

/// The events of the window that matter, as [`happened`] numbers them.
const EVENTS: &str = "offline,online,pagehide,pageshow,visibilitychange,freeze,resume,prerenderingchange,click";

/// Holds the hits of a tracker back, or no longer ("forceOffline", "forceOnline", "bufferRequests").
#[wasm_bindgen(js_name = holdBack)]
pub fn hold_back(tracker: u32, buffers: bool, begins: bool) {
    delivery::refresh(tracker);
    if buffers && begins && !stored::is_possible(tracker) {
        return;
    }
    let condition = if buffers { Condition::Buffering } else { Condition::Forced };
    delivery::tell(tracker, if begins { Event::Begins(condition) } else { Event::Ends(condition) });
}

/// The version of the tracker.
#[wasm_bindgen]
pub fn version() -> String {
    crate::hit::request::VERSION.into()
}

/// The tracker that knows one of these report suites, -1 if there is none.
#[wasm_bindgen(js_name = findTracker)]
pub fn find_tracker(suites: String) -> i32 {
    suites::find(text(&suites))
}

/// Whether two lists of report suites have one in common.
#[wasm_bindgen(js_name = sharesSuite)]
pub fn shares_suite(one: String, other: String) -> bool {
    text(&one).shares(text(&other), b',')
}

/// Makes room for a tracker of that number.
#[wasm_bindgen(js_name = addTracker)]
pub fn add_tracker(tracker: u32) {
    if tracker == 0 {
        hands::listen(EVENTS);
    }
    suites::add(tracker);
    if hands::is_offline() {
        delivery::tell(tracker, Event::Begins(Condition::Offline));
    }
}

/// Sends the hits of a tracker to these report suites from now on.
#[wasm_bindgen]
pub fn sa(tracker: u32, suites: String) {
    suites::set(tracker, text(&suites));
}

/// The hits that wait are to be looked at again.
#[wasm_bindgen]
pub fn resume(tracker: u32) {
    wait::resume(tracker);
}

/// Whether a hit would be made at once ("isReadyToTrack").
#[wasm_bindgen(js_name = mayTrack)]
pub fn may_track(tracker: u32) -> bool {
    wait::is_idle(tracker)
}

/// The visitor service has answered: what it said.
#[wasm_bindgen]
pub fn identified(tracker: u32, pairs: String) {
    wait::identified(tracker, &pairs);
}

/// The browser has answered: what it says of itself.
#[wasm_bindgen]
pub fn hinted(tracker: u32, pairs: String) {
    wait::hinted(tracker, &pairs);
}

/// Modules no longer hold hits up, or may not any longer ("delayReady", "maxDelay").
#[wasm_bindgen]
pub fn undelay(tracker: u32, is_over: bool) {
    wait::undelay(tracker, is_over);
}

/// The name of a link as Activity Map has it.
#[wasm_bindgen(js_name = linkName)]
pub fn link_name(element: JsValue, given: String) -> String {
    click::name(&element, text(&given))
}

/// The region of a link as Activity Map has it.
#[wasm_bindgen(js_name = linkRegion)]
pub fn link_region(tracker: u32, element: JsValue) -> String {
    click::region(tracker, &element)
}

/// The value of a parameter in the query of an address, as it stands there.
#[wasm_bindgen(js_name = queryParameter)]
pub fn query_parameter(address: String, name: String, delimiter: String) -> String {
    let found = crate::hit::query::parameter(text(&address), text(&name), text(&delimiter));
    found.map_or(String::new(), |value| value.as_str().into())
}

/// A text escaped as values in URLs are.
#[wasm_bindgen]
pub fn encode(plain: String) -> String {
    let mut out = Writer::new();
    out.encoded(text(&plain));
    out.as_str().into()
}

/// The value of a cookie as it is stored, empty where there is none.
#[wasm_bindgen(js_name = readCookie)]
pub fn read_cookie(name: String) -> String {
    cookies::read(text(&name))
}

/// Writes a cookie that lives so many seconds (0: for the session, less: it is deleted); whether it is there then.
#[wasm_bindgen(js_name = writeCookie)]
pub fn write_cookie(tracker: u32, name: String, value: String, seconds: i32) -> bool {
    cookies::write_named(tracker, text(&name), text(&value), seconds)
}
