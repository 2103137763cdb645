//! The hands: what the JavaScript modules in `src/page` do for the tracker. They gather and act, they decide nothing.

use alloc::string::String;
use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/page/object.js")]
extern "C" {
    pub fn variables(tracker: u32) -> String;
    pub fn inner(tracker: u32, name: &str) -> String;
    pub fn read(object: &JsValue) -> String;
    pub fn assign(tracker: u32, pairs: &str);
    pub fn lend(tracker: u32, names: &str, source: &JsValue);
    pub fn restore(tracker: u32);
}

#[wasm_bindgen(module = "/src/page/facts.js")]
extern "C" {
    pub fn now() -> u32;
    pub fn random() -> u32;
    pub fn moment() -> String;
    pub fn browser() -> String;
}

#[wasm_bindgen(module = "/src/page/cookies.js")]
extern "C" {
    pub fn cookies() -> String;
    #[wasm_bindgen(js_name = setCookie)]
    pub fn set_cookie(assignment: &str);
}

#[wasm_bindgen(module = "/src/page/calls.js")]
extern "C" {
    /// Runs `doPlugins`; whether it threw. The error leaves the tracking call.
    pub fn plugins(tracker: u32) -> bool;
    pub fn report(error: &JsValue, debug: bool);
    pub fn say(line: &str);
    pub fn begin(tracker: u32, call: u32);
    pub fn settle(call: u32, status: &str, url: &str, attempts: u32, reason: &str);
    pub fn finish(call: u32);
    #[wasm_bindgen(js_name = hasAction)]
    pub fn has_action(call: u32) -> bool;
    #[wasm_bindgen(js_name = finishLater)]
    pub fn finish_later(call: u32, after: u32);
    pub fn link(tracker: u32, link: &JsValue, kind: &JsValue, name: &JsValue, action: &JsValue);
    pub fn decode(text: &str) -> String;
}

#[wasm_bindgen(module = "/src/page/network.js")]
extern "C" {
    pub fn answer(call: u32, image: &JsValue, ok: bool) -> Function;
    pub fn request(call: u32, url: &str, body: &str, outlives: bool);
    pub fn beacon(url: &str) -> bool;
    pub fn script(call: u32, url: &str);
    pub fn wake(tracker: u32, after: u32);
    pub fn cancel(call: u32);
    #[wasm_bindgen(js_name = hasKeepalive)]
    pub fn has_keepalive() -> bool;
    #[wasm_bindgen(js_name = isOffline)]
    pub fn is_offline() -> bool;
    pub fn probe(url: &str);
    pub fn listen(names: &str);
}

#[wasm_bindgen(module = "/src/page/storage.js")]
extern "C" {
    pub fn stored(key: &str, session: bool) -> String;
    #[wasm_bindgen(js_name = storageTrouble)]
    pub fn storage_trouble() -> String;
    pub fn store(key: &str, session: bool, url: &str) -> bool;
    pub fn claim(call: u32, key: &str, session: bool, url: &str);
}

#[wasm_bindgen(module = "/src/page/notes.js")]
extern "C" {
    pub fn note(key: &str) -> String;
    #[wasm_bindgen(js_name = setNote)]
    pub fn set_note(key: &str, value: &str);
}

#[wasm_bindgen(module = "/src/page/elements.js")]
extern "C" {
    pub fn target() -> JsValue;
    pub fn given(tracker: u32) -> JsValue;
    pub fn again(element: &JsValue) -> bool;
    pub fn parent(element: &JsValue) -> JsValue;
    pub fn outer(element: &JsValue) -> JsValue;
    pub fn describe(element: &JsValue) -> String;
    pub fn words(element: &JsValue) -> String;
    pub fn attribute(element: &JsValue, name: &str) -> String;
    pub fn pictures(element: &JsValue) -> String;
    pub fn map(tracker: u32, function: &str, element: &JsValue, name: &str) -> String;
    pub fn seen() -> u32;
    #[wasm_bindgen(js_name = isInPage)]
    pub fn is_in_page(element: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/src/page/services.js")]
extern "C" {
    #[wasm_bindgen(js_name = isPrerendering)]
    pub fn is_prerendering() -> bool;
    #[wasm_bindgen(js_name = askHints)]
    pub fn ask_hints(tracker: u32, names: &str) -> bool;
    pub fn consents(category: &str) -> bool;
    #[wasm_bindgen(js_name = askConsent)]
    pub fn ask_consent(tracker: u32);
    #[wasm_bindgen(js_name = resumeLater)]
    pub fn resume_later(tracker: u32, after: u32);
    #[wasm_bindgen(js_name = hasVisitor)]
    pub fn has_visitor(tracker: u32, method: &str) -> bool;
    #[wasm_bindgen(js_name = askVisitor)]
    pub fn ask_visitor(tracker: u32);
    pub fn organisation(tracker: u32) -> String;
    pub fn supplemental(tracker: u32, may_be_new: bool) -> String;
    pub fn customers(tracker: u32) -> String;
    #[wasm_bindgen(js_name = hasAudience)]
    pub fn has_audience(tracker: u32) -> bool;
    pub fn audience(tracker: u32) -> String;
    pub fn place(tracker: u32) -> u32;
    #[wasm_bindgen(js_name = endDelay)]
    pub fn end_delay(tracker: u32, after: u32);
    pub fn hook(tracker: u32, name: &str) -> bool;
}

#[wasm_bindgen(module = "/src/page/held.js")]
extern "C" {
    pub fn hold(tracker: u32, names: &str, overrides: &JsValue);
    pub fn held(tracker: u32) -> JsValue;
}
