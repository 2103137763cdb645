//! The tracker in the browser: what it exports to JavaScript, and every effect it has.
//!
//! Exports take and give numbers: of trackers, calls, registrations. Texts and objects stay with the hands, which are asked
//! for them.

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

use wasm_bindgen::prelude::*;

use crate::hit::query;
use crate::hit::queue::{Condition, Event};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Pairs, TABLE, is_cleared, slot_of};
use callbacks::Moment;
use hands::{Deed, Question, of, set, tell, to};
use state::{Flag, Tracker, tracker};

/// A page view, or whatever else the variables say ("t" in the documentation).
#[wasm_bindgen]
pub fn t(n: u32) {
    work(n, Work::Track);
}

/// A link ("tl" in the documentation); its element, type and name are variables by now.
#[wasm_bindgen]
pub fn tl(n: u32) {
    t(n);
}

/// Clears the variables that the documentation lists ("clearVars").
#[wasm_bindgen(js_name = clearVars)]
pub fn clear_vars(n: u32) {
    work(n, Work::ClearVars);
}

fn unset_cleared(builder: &TextBuilder, one: &Tracker) {
    for pair in Pairs(of(builder, Question::variables, one.n)) {
        let slot = pair.name().number();
        if is_cleared(slot as usize) {
            set(Deed::unset, one.n, slot);
        }
    }
}

/// Registers the function at hand to be called before a hit leaves; its number.
#[wasm_bindgen(js_name = registerPreTrackCallback)]
pub fn register_pre_track_callback(n: u32) -> u32 {
    register(n, Moment::Before)
}

/// Registers the function at hand to be called when a hit has arrived; its number.
#[wasm_bindgen(js_name = registerPostTrackCallback)]
pub fn register_post_track_callback(n: u32) -> u32 {
    register(n, Moment::Delivered)
}

/// Registers the function at hand to be called when a hit is given up; its number.
#[wasm_bindgen(js_name = registerTrackFailureCallback)]
pub fn register_track_failure_callback(n: u32) -> u32 {
    register(n, Moment::Failed)
}

fn register(n: u32, moment: Moment) -> u32 {
    tracker(n).map_or(0, |one| callbacks::register(one, moment))
}

/// Takes a registration back.
#[wasm_bindgen]
pub fn unregister(registration: u32) {
    callbacks::unregister(registration);
}

/// A request was answered after so many ms, with an image or without.
#[wasm_bindgen]
pub fn answered(n: u32, call: u32, ok: bool, took: u32) {
    delivery::answered(n, call, ok, took);
}

/// The timer of a queue has gone off.
#[wasm_bindgen]
pub fn woken(n: u32) {
    tell_queue(n, Event::Tick);
}

/// A stored hit was claimed, or was not there any more.
#[wasm_bindgen]
pub fn claimed(n: u32, call: u32, ok: bool) {
    tell_queue(n, Event::Claimed { id: call, ok });
}

fn tell_queue(n: u32, event: Event) {
    if let Some(one) = tracker(n) {
        delivery::tell(one, event);
    }
}

/// Something happened: the place of the event in [`EVENTS`] and [`NAVIGATION`], and whether the page is hidden now, or, of an
/// event of the latter, whether it is to go.
#[wasm_bindgen]
pub fn happened(event: u32, so: bool) {
    /// A page that is shown for the first time has not been left before.
    static WAS_LEFT: Flag = Flag::new();
    let builder = &TextBuilder::new();
    let (condition, begins) = match event {
        0 | 1 => (Condition::Offline, is_offline()),
        2 => (Condition::Unloaded, true),
        3 => (Condition::Unloaded, false),
        4..=6 => (Condition::Hidden, so),
        7 => return wait::resume_all(builder),
        8 => return click::clicked(builder),
        _ => return delivery::tell_all(Condition::Navigating, so),
    };
    if event == 2 {
        WAS_LEFT.set(true);
    }
    delivery::tell_all(condition, begins);
    // A page that slept has heard of nothing.
    delivery::tell_all(Condition::Offline, is_offline());
    if event == 3 && WAS_LEFT.get() {
        stored::load_again(builder);
    }
    if event > 3 {
        wait::resume_all(builder);
    }
}

/// What the browser says now: of two events that follow one another the first may be over.
fn is_offline() -> bool {
    to(Deed::isOffline, 0) > 0
}

/// The page's policy has refused a request: the directive, and the URL.
#[wasm_bindgen]
pub fn refused() {
    let builder = &TextBuilder::new();
    delivery::refused(given(builder, 0), given(builder, 1));
}

/// The events of the window that matter, as [`happened`] numbers them.
const EVENTS: &str = "offline,online,pagehide,pageshow,visibilitychange,freeze,resume,prerenderingchange,click";
/// Those of its navigation, behind them: another page is asked for, which may be this one with another address; it was.
const NAVIGATION: &str = "navigate,currententrychange";
const NAVIGATE: u32 = 9;

/// Holds the hits of a tracker back, or no longer ("forceOffline", "forceOnline", "bufferRequests").
#[wasm_bindgen(js_name = holdBack)]
pub fn hold_back(n: u32, buffers: bool, begins: bool) {
    let builder = &TextBuilder::new();
    let Some(one) = tracker(n) else { return };
    delivery::refresh(builder, one);
    if !buffers {
        delivery::tell(one, Event::of(Condition::Forced, begins));
    } else if !begins || stored::is_possible(builder, one) {
        delivery::tell(one, Event::of(Condition::Buffering, begins));
    }
}

/// A text that goes with the call of an export.
fn given(builder: &TextBuilder, place: u32) -> Text<'_> {
    of(builder, Question::given, place)
}

fn reply(answer: Text<'_>) {
    tell(Deed::reply, 0, answer);
}

/// What exports do for a tracker. Numbers, because functions in a table would keep alive all that Rust's libraries put there.
#[derive(Clone, Copy)]
enum Work {
    Track,
    ClearVars,
    SetSuites,
    Resume,
    Identified,
    Hinted,
    Undelay,
    LinkRegion,
}

/// Does it, with a builder for its texts.
#[inline(never)]
fn work(n: u32, work: Work) {
    let Some(one) = tracker(n) else { return };
    let builder = &TextBuilder::new();
    match work {
        Work::Track => track::track(builder, one),
        Work::ClearVars => unset_cleared(builder, one),
        Work::SetSuites => suites::set(builder, one, given(builder, 0)),
        Work::Resume => wait::resume(builder, one),
        Work::Identified => wait::identified(builder, one, given(builder, 0)),
        Work::Hinted => wait::hinted(builder, one, given(builder, 0)),
        Work::Undelay => wait::undelay(builder, one),
        Work::LinkRegion => reply(click::region(builder, one)),
    }
}

/// What exports reply to the texts that go with their call.
#[derive(Clone, Copy)]
enum Reply {
    LinkName,
    Parameter,
    Escaped,
    Cookie,
}

#[inline(never)]
fn reply_with(what: Reply) {
    let builder = &TextBuilder::new();
    let first = given(builder, 0);
    reply(match what {
        Reply::LinkName => click::name(builder, first),
        Reply::Parameter => query::parameter(first, given(builder, 1), given(builder, 2)).unwrap_or(Text::empty()),
        Reply::Escaped => cookies::escaped(builder, first),
        Reply::Cookie => cookies::read(builder, first),
    });
}

/// The version of the tracker.
#[wasm_bindgen]
pub fn version() {
    reply(text(crate::hit::request::VERSION));
}

/// The place of the variable of a name, -1 if it is none.
#[wasm_bindgen]
pub fn slot() -> i32 {
    slot_of(given(&TextBuilder::new(), 0)).map_or(-1, |slot| slot as i32)
}

/// The tracker that knows one of these report suites, -1 if there is none.
#[wasm_bindgen(js_name = findTracker)]
pub fn find_tracker() -> i32 {
    let builder = &TextBuilder::new();
    suites::find(builder, given(builder, 0))
}

/// Whether two lists of report suites have one in common.
#[wasm_bindgen(js_name = sharesSuite)]
pub fn shares_suite() -> u32 {
    let builder = &TextBuilder::new();
    given(builder, 0).intersects(given(builder, 1), b',').into()
}

/// Makes room for a tracker of that number.
#[wasm_bindgen(js_name = addTracker)]
pub fn add_tracker(n: u32) {
    if n == 0 {
        tell(Deed::listen, 0, text(EVENTS));
        tell(Deed::listen, NAVIGATE, text(NAVIGATION));
        tell(Deed::table, 0, text(TABLE));
    }
    let one = state::add(n);
    suites::set_defaults(one);
    if is_offline() {
        delivery::tell(one, Event::Begins(Condition::Offline));
    }
}

/// Sends the hits of a tracker to other report suites from now on.
#[wasm_bindgen]
pub fn sa(n: u32) {
    work(n, Work::SetSuites);
}

/// The hits that wait are to be looked at again.
#[wasm_bindgen]
pub fn resume(n: u32) {
    work(n, Work::Resume);
}

/// Whether a hit would be made at once ("isReadyToTrack").
#[wasm_bindgen(js_name = mayTrack)]
pub fn may_track(n: u32) -> u32 {
    tracker(n).is_some_and(wait::is_idle).into()
}

/// The visitor service has answered: what it said.
#[wasm_bindgen]
pub fn identified(n: u32) {
    work(n, Work::Identified);
}

/// The browser has answered: what it says of itself.
#[wasm_bindgen]
pub fn hinted(n: u32) {
    work(n, Work::Hinted);
}

/// Modules no longer hold hits up, or may not any longer ("delayReady", "maxDelay").
#[wasm_bindgen]
pub fn undelay(n: u32, is_over: bool) {
    work(n, if is_over { Work::Undelay } else { Work::Resume });
}

/// Replies with the name of the link at hand as Activity Map has it.
#[wasm_bindgen(js_name = linkName)]
pub fn link_name() {
    reply_with(Reply::LinkName);
}

/// Replies with the region of the link at hand as Activity Map has it.
#[wasm_bindgen(js_name = linkRegion)]
pub fn link_region(n: u32) {
    work(n, Work::LinkRegion);
}

/// Replies with the value of a parameter in the query of an address, as it stands there.
#[wasm_bindgen(js_name = queryParameter)]
pub fn query_parameter() {
    reply_with(Reply::Parameter);
}

/// Replies with a text escaped as values in URLs are.
#[wasm_bindgen]
pub fn encode() {
    reply_with(Reply::Escaped);
}

/// Replies with the value of a cookie as it is stored, empty where there is none.
#[wasm_bindgen(js_name = readCookie)]
pub fn read_cookie() {
    reply_with(Reply::Cookie);
}

/// Writes a cookie that lives so many seconds (0: for the session, less: it is deleted); whether it is there then.
#[wasm_bindgen(js_name = writeCookie)]
pub fn write_cookie(n: u32, seconds: i32) -> u32 {
    let builder = &TextBuilder::new();
    let (name, value) = (given(builder, 0), given(builder, 1));
    tracker(n).is_some_and(|one| cookies::write_named(builder, one, name, value, seconds)).into()
}
