//! Host functions: the JavaScript in `src/page` that reads the browser and performs effects. No decisions are made there.
//!
//! This list is the only declaration of the host functions: the build writes `src/page/host-functions.js` from it, and
//! `door.rs` makes a typed function of each line.

#![allow(clippy::inline_always, reason = "a typed function is one call of the door, and costs no byte")]

#[macro_use]
mod door;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::state::Tracker;
use crate::hit::text::Text;
use crate::hit::text_builder::TextBuilder;
use door::Answer;

host_functions! {
    queries {
        /// The answer that did not fit the last time.
        last_answer() => mailbox.lastAnswer;
        /// The variables of a tracker: slots and values.
        variables(tracker) => properties.variables;
        /// The facts of a hit: see `hit::hit_facts`.
        hit_facts(tracker, text) => environment.hitFacts;
        /// The same with the cookies.
        hit_facts_and_cookies(tracker, text) => environment.hitFactsAndCookies;
        page_url() => environment.pageUrl;
        host_name() => environment.hostName;
        top_referrer() => environment.topReferrer;
        /// `text` with each `{path}` replaced by the property of `window` at this path, or by the result of the method there;
        /// with several paths, `{path|path}`, by the first that is truthy, else the last.
        window_template(text) => environment.windowTemplate;
        cookies() => cookies.readCookies;
        /// An argument of the export that is running, by its index.
        argument(number) => mailbox.argument;
        /// A string kept for a tracker under the name `text`.
        string_slot(tracker, text) => mailbox.stringSlot;
        /// A list in session storage or in local storage: items joined by NUL, two empty ones if it is no list. `text`: its key, then
        /// how many of the newest items to read, if not all.
        stored_list(flag, text) => storage.storedList;
        /// Why there is no session storage; empty if there is one.
        storage_error() => storage.storageError;
        /// The text stored under the key `text`, in session storage or in local storage.
        stored_text(flag, text) => storage.storedText;
        /// The request URL of a call (its id).
        request_url_text(number) => calls.requestUrl;
        /// The calls whose hits are stored in the same list as that of a call (its id): id, space, request URL, joined by NUL.
        stored_calls(number) => calls.storedCalls;
        /// The local time as in ISO 8601, without its offset, and that in minutes as JavaScript has it.
        local_time() => environment.localTime;
        /// The time `number` milliseconds from now, in milliseconds since 1970.
        time_in(number) => storage.timeIn;
        /// The properties of the current element that `text` lists.
        element_properties(text) => elements.properties;
        /// The visible text of the current element.
        element_text() => elements.visibleText;
        /// The attribute `text` of the current element.
        attribute(text) => elements.attribute;
        /// The first attribute that is set, of those `text` lists, in the current element and its descendants.
        first_attribute(text) => elements.firstAttribute;
        /// What the Activity Map function `text` returns for the current element and the link name of the tracker.
        activity_map_name(tracker, text) => elements.activityMapName;
        /// The setting `text` of Activity Map.
        activity_map_setting(tracker, text) => elements.activityMapSetting;
        organization_id(tracker) => services.organizationId;
        /// `text`: the source of the id NUL "1" if no new one may be made.
        supplemental_data_id(tracker, text) => services.supplementalDataId;
        /// Customer ids as `integration code.property` and value.
        customer_ids(tracker) => services.customerIds;
        audience_parameters(tracker) => services.audienceParameters;
        /// `text` without percent escapes.
        decode_percent(text) => properties.decoded;
    }
    ops {
        /// Sets properties of a tracker to the names and values in `text`.
        assign(tracker, text) => properties.assign;
        /// Sets properties of the object in the tracker's property that `text` begins with to the names and values behind it.
        assign_in(tracker, text) => properties.assignIn;
        /// Sets the variables of the kinds in `text` to undefined; a space stands for the numbered ones.
        unset_kinds(tracker, text) => properties.unsetKinds;
        /// The table of variables, once.
        define_variables(text) => properties.defineVariables;
        /// Makes numbers of the properties that `text` lists.
        make_numbers(tracker, text) => properties.makeNumbers;
        /// Sets the properties in the JSON object `text`.
        assign_json(tracker, text) => properties.assignJson;
        /// The same as soon as the page has a body.
        assign_json_with_body(tracker, text) => properties.assignJsonWithBody;
        has_property(tracker, text) -> bool => properties.hasProperty;
        set_string_slot(tracker, text) => mailbox.setStringSlot;
        /// What the export that is running returns to its caller.
        set_result(text) => mailbox.setResult;
        log(text) => calls.log;
        /// Milliseconds since the page began.
        now() -> u32 => environment.now;
        random() -> u32 => environment.random;
        set_cookie(text) => cookies.setCookie;
        /// `text`: key NUL text; in session storage (1) or local storage (0). Returns whether it was stored.
        set_stored_text(session, text) -> bool => storage.setStoredText;
        /// `text`: key NUL items, joined by NUL. Without items the list is removed.
        set_stored_list(session, text) -> bool => storage.setStoredList;
        /// Runs `doPlugins`; whether it threw. The error is thrown when the tracking call returns.
        run_plugins(tracker) -> bool => calls.runPlugins;
        /// Begins a tracking call (further number: its id); milliseconds since the page began.
        begin_call(tracker, call) -> u32 => calls.beginCall;
        /// Whether a call that is not settled has the request URL `text`.
        is_url_known(text) -> bool => calls.isUrlKnown;
        /// Begins a call (further number: its id) for a hit that was made before, with the request URL `text`.
        adopt_hit(tracker, text, call) => calls.adoptHit;
        /// Notes the key `text` under which the hit of a call (its id) is stored, and whether that is in session storage.
        mark_stored(call, text, flag) => storage.markStored;
        /// Appends the hit of a call (its id) to a stored list; `text`: its key, NUL, how many items there are at most before. If
        /// another one follows, both are written then.
        store_hit(call, text, flag) -> bool => storage.storeHit;
        /// Keeps a call (further number: its id) and the variables it was made with until it may be sent.
        park(tracker, call) => calls.park;
        /// A call of the tracker that has begun and whose end the core has not come to, 0 if there is none.
        unmade_call(tracker) -> u32 => calls.unmadeCall;
        /// Takes the call that was parked first off the list; its id, 0 if it was a function of the page, which has run now.
        unpark(tracker) -> u32 => calls.unpark;
        /// Sets the variables of a call's object (its id) until `end_call`; for a parked call also those that it was made without,
        /// except those of the kinds in `text`.
        override_variables(call, text, flag) => calls.overrideVariables;
        /// Clears variables and restores those that a call (further number) has overridden; `text` as `CLEARED_AFTER_CALL`.
        end_call(tracker, text, call) => calls.endCall;
        /// The request URL of a call (its id); further number: where the query starts that is the body of a POST, else 0. Whether
        /// the call has an action.
        set_request(call, text, query_start) -> bool => calls.setRequest;
        /// Whether the action of a call (its id) is to follow its link.
        follows_link(call) -> bool => calls.followsLink;
        /// The response of a call (its id) will be a script or, for a POST with the body `text`, data.
        set_script_response(call, text) => calls.setScriptResponse;
        /// Debug lines of a call (its id), to be logged when its request starts.
        set_debug_lines(call, text) => calls.setDebugLines;
        has_debug_lines(call) -> bool => calls.hasDebugLines;
        /// Starts a request of a call (its id); whether the response will be a script.
        start_request(call) -> bool => calls.startRequest;
        /// A request of a call (its id) with `fetch`; further number: whether it outlives the page.
        fetch(call, flag) -> bool => network.fetchHit;
        send_beacon(call) -> bool => network.sendBeacon;
        load_script(call) -> bool => network.loadScript;
        cancel_image(call) => network.cancelImage;
        /// The call (its id) of an image of a tracker whose request has not started, 0 if there is none.
        unstarted_image(tracker) -> u32 => network.unstartedImage;
        /// Calls `on_given_up` for a call (its id) with its outcome, as soon as the page's code has ended.
        give_up_later(call, text) => calls.giveUpLater;
        /// The outcome of a call (its id): `text` is status NUL reason.
        settle(call, text) => calls.settle;
        /// Runs the action of a call (its id) after at most `ms`.
        run_action_later(call, ms) => calls.runActionLater;
        /// Calls `on_timer` after `ms`; replaces the timer set before.
        set_queue_timer(tracker, ms) => network.setQueueTimer;
        /// Listens to the events `text` of the window or, if the number is not 0, of its navigation; the number is that of the first event.
        listen(first_event, text) => network.listen;
        /// Finds out whether the page's policy allows a connection to the host of a call (its id), path `text`.
        probe_policy(call, text) => network.probePolicy;
        /// The number of the tracker, from 1, that has sent a beacon to `text` not long ago; 0 if none has.
        tracker_of_beacon(text) -> u32 => network.trackerOfBeacon;
        has_keepalive() -> bool => network.hasKeepalive;
        is_offline() -> bool => network.isOffline;
        is_window_closed() -> bool => network.isWindowClosed;
        /// Warns that under the key `text` something else is stored than hits of the tracker.
        warn_of_list(text) => storage.warnOfList;
        /// Claims the stored hit of a call (its id) with calls of `on_claim`, under the lock `text` on the lists and one on the hit, which
        /// is held longer by the further number, in milliseconds.
        claim_hit(call, text, ms) => storage.claimHit;
        /// Makes the element in the body that was clicked last the current one; whether there is one, and none with the id `text`.
        select_clicked(text) -> bool => elements.selectClicked;
        /// Calls `on_page_event` with this number when the click that is under way has reached the body from inside.
        watch_body(event) => elements.watchBody;
        /// Makes the tracker's property `text` the current element; whether it is one.
        select_property(tracker, text) -> bool => elements.selectProperty;
        /// Sets the tracker's `linkObject` to the current element; to none, which is the current one from then on, if `found` is 0.
        set_link_object(tracker, found) => elements.setLinkObject;
        /// Sets the tracker's `clickObject` to the current element.
        set_click_object(tracker) => elements.setClickObject;
        /// Makes the next element outwards the current one, through slots and shadow roots; whether there is one.
        select_outer() -> bool => elements.selectOuter;
        select_parent() -> bool => elements.selectParent;
        /// Remembers the current element; whether it is the one remembered before.
        remember_element() -> bool => elements.rememberElement;
        /// Starts to record how far down the page has been seen, or how far the element that the selector `text` finds.
        watch_scrolling(text) => elements.watchScrolling;
        /// How far that is, in pixels.
        scroll_reach() -> u32 => elements.scrollReach;
        /// Which services there are, a bit each.
        detect_services(tracker) -> u32 => services.detect;
        /// Asks the browser for client hints, which it sets and then calls `resume`; whether it can be asked. `text`: the tracker's property
        /// for them, their names.
        request_client_hints(tracker, text) -> bool => services.requestClientHints;
        /// Whether the opt-in service approves the category `text`.
        has_consent(text) -> bool => services.hasConsent;
        request_consent(tracker) => services.requestConsent;
        /// Calls `resume` after `ms`.
        resume_later(tracker, ms) => services.resumeLater;
        has_visitor_method(tracker, text) -> bool => services.hasVisitorMethod;
        request_visitor_values(tracker) => services.requestVisitorValues;
        is_audience_ready(tracker) -> bool => services.isAudienceReady;
        /// The tracker's index in `s_c_il`.
        instance_index(tracker) -> u32 => services.instanceIndex;
        /// Calls `on_max_delay` after `ms`.
        set_delay_timer(tracker, ms) => services.setDelayTimer;
        /// Calls the hook `text` of every module; whether one returned something true.
        call_hook(tracker, text) -> bool => services.callHook;
        /// Whether the candidate for a registration is a function.
        is_function() -> bool => callbacks.isFunction;
        /// Whether a registration (the number) has the candidate's function and arguments.
        is_registered(registration) -> bool => callbacks.isRegistered;
        /// Keeps the candidate; the number of its registration.
        keep_callback() -> u32 => callbacks.keepCallback;
    }
    services {
        /// A visitor id service.
        visitor => services.hasVisitor;
        /// A consent service.
        opt_in => services.hasOptIn;
        /// Audience management.
        audience => services.hasAudience;
        /// Modules of the tracker.
        modules => services.hasModules;
        /// Calls that are parked.
        parked => calls.hasParked;
        /// The page is not shown yet.
        prerendering => services.isPrerendering;
        /// The latest call comes with an object.
        call_object => calls.hasCallObject;
    }
}

#[wasm_bindgen(module = "/src/page/host.js")]
extern "C" {
    /// Waits for an image to load or to fail.
    #[wasm_bindgen(catch, js_name = watchImage)]
    pub fn watch_image(call: u32, image: &JsValue) -> Result<(), JsValue>;
    /// The request URL of a call.
    #[wasm_bindgen(js_name = requestUrl)]
    pub fn request_url(call: u32) -> JsValue;
    /// The function of a registration.
    #[wasm_bindgen(js_name = callbackFunction)]
    pub fn callback_function(registration: u32) -> Function;
    #[wasm_bindgen(js_name = callbackArguments)]
    fn raw_callback_arguments(registration: u32, call: u32, reason: *const u8, length: usize) -> Array;
    /// Shows an error of the page's code on the console: its message as a debug line, or the error itself.
    #[wasm_bindgen(js_name = reportError)]
    pub fn report_error(error: &JsValue, as_message: bool);
}

/// What the function of a registration is called with for a call; `reason` only for hits that are given up.
#[inline(always)]
pub fn callback_arguments(registration: u32, call: u32, reason: Text<'_>) -> Array {
    raw_callback_arguments(registration, call, reason.bytes().as_ptr(), reason.len())
}

// `dist/afterhit.js` is bundled from src/page; other builds, such as the browser tests, get only the modules that wasm-bindgen
// knows of, so each is named here with one of its exports.
#[cfg(feature = "std")]
macro_rules! page_modules {
    ($($path:literal $name:ident $export:ident)*) => {
        $(#[wasm_bindgen(module = $path)]
        extern "C" {
            #[allow(dead_code)]
            #[wasm_bindgen(js_name = $export)]
            fn $name();
        })*
    };
}

#[cfg(feature = "std")]
page_modules! {
    "/src/page/api.js" api_module install
    "/src/page/callbacks.js" callbacks_module isFunction
    "/src/page/calls.js" calls_module endCall
    "/src/page/cookies.js" cookies_module readCookies
    "/src/page/core.js" core_module attach
    "/src/page/elements.js" elements_module selectParent
    "/src/page/environment.js" environment_module hitFacts
    "/src/page/host-functions.js" host_functions_module queries
    "/src/page/mailbox.js" mailbox_module argument
    "/src/page/network.js" network_module isOffline
    "/src/page/legacy.js" legacy_module runQueue
    "/src/page/properties.js" properties_module assign
    "/src/page/services.js" services_module instanceIndex
    "/src/page/storage.js" storage_module claimHit
    "/src/page/utf8.js" utf8_module utf8
}
