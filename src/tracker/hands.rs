//! The hands: what the JavaScript modules in `src/page` do for the tracker. They gather and act, they decide nothing.
//!
//! Texts cross as UTF-8 bytes, through two functions only: `ask` for what a hand says, `act` for what a hand does. Each
//! further import would cost as much as three lines of JavaScript. Both lists stand in `src/page/hands.js` too, in the
//! same order (tests/package/hands.test.mjs).

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::state::Number;
use crate::hit::text::Text;
use crate::hit::text_builder::TextBuilder;

/// What a hand can say. The number that goes with a question is that of a tracker, but for those that name another.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
#[repr(u32)]
pub enum Question {
    /// The variables of a tracker: places and values.
    variables,
    /// The variables of an object that goes with a call, given its number.
    source,
    /// The names and values in an object that is a property of a tracker.
    inner,
    /// The time, digits that change with every hit, and what is in an object that is a property of a tracker …
    moment,
    /// … and the cookies.
    momentAndCookies,
    address,
    host,
    topReferrer,
    browser,
    cookies,
    /// A text that goes with a call of an export, by its place.
    given,
    /// What was remembered of a tracker under a name.
    remembered,
    /// The URLs under a key; the number tells session storage (1) from local storage.
    stored,
    storageTrouble,
    note,
    describe,
    words,
    attribute,
    pictures,
    map,
    organisation,
    supplemental,
    customers,
    audience,
    decode,
    /// The latest answer, for which there was no room.
    again,
}

/// What a hand can do. The first number is that of a tracker or of a call.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
#[repr(u32)]
pub enum Deed {
    /// Sets properties of a tracker by names and values.
    assign,
    /// Unsets the variable at a place.
    unset,
    /// The table of variables.
    table,
    /// Whether a property of a tracker is set.
    has,
    /// Remembers a text of a tracker under a name.
    remember,
    /// Gives a text back to the caller of an export.
    reply,
    say,
    now,
    random,
    setCookie,
    setNote,
    /// Runs `doPlugins`; whether it threw. The error leaves the tracking call.
    plugins,
    /// A tracking call of a tracker begins; its number. Milliseconds since the page began.
    begin,
    /// A hit from storage belongs to a tracker as the call of that number, unless it is known; whether it does.
    adopt,
    /// The hit of a call was read from session storage.
    isOfSession,
    /// Keeps a call with the variables it was made with.
    hold,
    /// The number of the call that has waited longest; it no longer waits.
    release,
    /// Sets a variable to what the object of a call has at that place, until `tidy`.
    lend,
    /// Unsets the variables of both kinds, and in between restores those that were lent to the call.
    tidy,
    /// The URL of a hit; the number says where its query begins if that is to be the body of a POST. Whether something is to
    /// be done behind a link.
    made,
    /// The answer to a hit is a script.
    isScript,
    /// The debug lines of a hit, for when it leaves.
    lines,
    /// Whether a hit has debug lines.
    debugs,
    /// A request of the hit leaves now.
    leaves,
    request,
    beacon,
    script,
    cancel,
    settle,
    finishLater,
    wake,
    listen,
    probe,
    hasKeepalive,
    isOffline,
    isClosed,
    store,
    claim,
    target,
    element,
    giveLink,
    outer,
    parent,
    again,
    isInPage,
    seen,
    /// What a tracking call meets, in bits: services, and whether a property is set.
    meets,
    askHints,
    consents,
    askConsent,
    resumeLater,
    hasVisitor,
    askVisitor,
    hasAudience,
    place,
    endDelay,
    hook,
    isFunction,
    isRegistered,
    keepFunction,
}

#[wasm_bindgen(module = "/src/page/hands.js")]
extern "C" {
    // The answer is written where there is room; how long it is.
    #[wasm_bindgen(js_name = ask)]
    fn raw_ask(question: u32, number: u32, text: *const u8, length: usize, room: *mut u8, size: usize) -> usize;
    #[wasm_bindgen(js_name = act)]
    fn raw_act(deed: u32, number: u32, further: u32, text: *const u8, length: usize) -> u32;
    /// What an image calls when it has loaded or failed.
    pub fn answer(call: u32, image: &JsValue) -> Function;
    /// The URL of a hit.
    pub fn url(call: u32) -> JsValue;
    /// A registered function …
    #[wasm_bindgen(js_name = functionAt)]
    pub fn function(registration: u32) -> Function;
    /// … and what it is called with for a hit.
    #[wasm_bindgen(js_name = argumentsFor)]
    pub fn arguments(registration: u32, call: u32, reason: *const u8, length: usize) -> Array;
    /// Shows what it threw.
    pub fn report(error: &JsValue, call: u32);
}

// The script is bundled from src/page; who builds otherwise gets the modules that wasm-bindgen knows of, so they are named.
#[cfg(feature = "std")]
macro_rules! modules {
    ($($path:literal $export:ident)*) => {
        $(#[wasm_bindgen(module = $path)]
        extern "C" {
            #[allow(dead_code)]
            fn $export();
        })*
    };
}

#[cfg(feature = "std")]
modules! {
    "/src/page/calls.js" tidy
    "/src/page/cookies.js" cookies
    "/src/page/core.js" attach
    "/src/page/elements.js" parent
    "/src/page/facts.js" moment
    "/src/page/functions.js" isFunction
    "/src/page/network.js" isOffline
    "/src/page/notes.js" note
    "/src/page/object.js" read
    "/src/page/services.js" place
    "/src/page/storage.js" claim
    "/src/page/texts.js" give
    "/src/page/tracker.js" install
}

/// What a hand says.
#[inline(never)]
pub fn ask<'p>(builder: &'p TextBuilder, question: Question, number: u32, text: Text<'_>) -> Text<'p> {
    /// Bytes that the longest answer so far has taken: to ask again is to write it twice.
    static ROOM: Number = Number::new(100);
    let mut question = question;
    builder.write_with(ROOM.get() as usize, |room| {
        let (bytes, length) = (text.bytes().as_ptr(), text.len());
        let length = raw_ask(question as u32, number, bytes, length, room.as_mut_ptr(), room.len());
        if length > room.len() {
            // The next one may be a little longer.
            ROOM.set(length as u32 + 500);
        }
        question = Question::again;
        length
    })
}

/// What a hand says of a tracker, a call or a place.
#[inline(never)]
pub fn of(builder: &TextBuilder, question: Question, number: u32) -> Text<'_> {
    ask(builder, question, number, Text::empty())
}

/// Has a hand do something.
#[inline(never)]
pub fn act(deed: Deed, number: u32, text: Text<'_>, further: u32) -> u32 {
    raw_act(deed as u32, number, further, text.bytes().as_ptr(), text.len())
}

/// The same with numbers only.
pub fn set(deed: Deed, number: u32, further: u32) -> u32 {
    act(deed, number, Text::empty(), further)
}

/// The same with a text only.
#[inline(never)]
pub fn tell(deed: Deed, number: u32, text: Text<'_>) -> u32 {
    act(deed, number, text, 0)
}

/// The same with one number.
#[inline(never)]
pub fn to(deed: Deed, number: u32) -> u32 {
    set(deed, number, 0)
}

/// Writes a line to the console.
pub fn say(line: Text<'_>) {
    tell(Deed::say, 0, line);
}

/// Milliseconds since the page began.
pub fn now() -> u32 {
    to(Deed::now, 0)
}

/// 32 random bits.
pub fn random() -> u32 {
    to(Deed::random, 0)
}

/// Whether a property of a tracker is set.
pub fn has(tracker: u32, name: &str) -> bool {
    tell(Deed::has, tracker, Text::new(name.as_bytes())) > 0
}
