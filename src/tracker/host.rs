//! Host functions: the JavaScript in `src/page` that reads the browser and performs effects. No decisions are made there.
//!
//! This file is the only door to JavaScript, and its list the only declaration of what goes through it: the build writes
//! `src/page/host-functions.js` from it. Every further import would cost as much as three lines of JavaScript, so all of them share
//! two: `query`, which answers with a text, and `op`, which has an effect and answers with a number.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::state::Number;
use crate::hit::queue::Transport;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// Declares the host functions: an enum for each group, in the order of the JavaScript array of the same name.
macro_rules! host_functions {
    (
        queries { $($(#[$query_doc:meta])* $query:ident => $query_module:ident.$query_export:ident;)* }
        ops { $($(#[$op_doc:meta])* $op:ident => $op_module:ident.$op_export:ident;)* }
        services { $($(#[$service_doc:meta])* $service:ident => $service_module:ident.$service_export:ident;)* }
    ) => {
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        enum Query { $($(#[$query_doc])* $query,)* }

        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        enum Op { $($(#[$op_doc])* $op,)* }

        /// What a tracking call may find on the page: a bit of what [`detect_services`] returns.
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        pub enum Service { $($(#[$service_doc])* $service,)* }
    };
}

// The number passed along is a tracker's id unless the comment names another; `text` is the text passed along.
host_functions! {
    queries {
        /// The variables of a tracker: slots and values.
        variables => properties.variables;
        /// The variables of the object that came with a call (its id).
        call_variables => calls.callVariables;
        /// The names and values of the object in the tracker's property `text`.
        object_entries => properties.objectEntries;
        /// The facts of a hit: see `hit::hit_facts`.
        hit_facts => environment.hitFacts;
        /// The same with the cookies.
        hit_facts_and_cookies => environment.hitFactsAndCookies;
        page_url => environment.pageUrl;
        host_name => environment.hostName;
        top_referrer => environment.topReferrer;
        /// Screen size, color depth, window width, window height, Java.
        browser_facts => environment.browserFacts;
        cookies => cookies.readCookies;
        /// An argument of the export that is running, by its index.
        argument => mailbox.argument;
        /// A string kept for a tracker under the name `text`.
        string_slot => mailbox.stringSlot;
        /// The hits stored under the key `text`; the number chooses session storage (1) or local storage (0).
        stored_hits => storage.storedHits;
        /// Why there is no session storage; empty if there is one.
        storage_error => storage.storageError;
        /// The text in session storage under the key `text`.
        session_text => storage.sessionText;
        /// The properties of the current element that `text` lists.
        element_properties => elements.properties;
        /// The visible text of the current element.
        element_text => elements.visibleText;
        /// The attribute `text` of the current element.
        attribute => elements.attribute;
        /// The first attribute that is set, of those `text` lists, in the current element and its descendants.
        first_attribute => elements.firstAttribute;
        /// What the page's Activity Map function `text` (function NUL link name) returns for the current element.
        activity_map_name => elements.activityMapName;
        organization_id => services.organizationId;
        /// `text`: the source of the id NUL "1" if no new one may be made.
        supplemental_data_id => services.supplementalDataId;
        /// Customer ids as `integration code.property` and value.
        customer_ids => services.customerIds;
        audience_parameters => services.audienceParameters;
        /// `text` without percent escapes.
        decode_percent => mailbox.decodePercent;
        /// The answer that did not fit the last time.
        last_answer => mailbox.lastAnswer;
    }
    ops {
        /// Sets properties of a tracker to the names and values in `text`.
        assign => properties.assign;
        /// Sets the variable in a slot to undefined.
        unset => properties.unset;
        /// The table of variables, once.
        define_variables => properties.defineVariables;
        /// Sets the properties in the JSON object `text`.
        assign_json => properties.assignJson;
        has_property => properties.hasProperty;
        set_string_slot => mailbox.setStringSlot;
        /// What the export that is running returns to its caller.
        set_result => mailbox.setResult;
        log => calls.log;
        /// Milliseconds since the page began.
        now => environment.now;
        random => environment.random;
        set_cookie => cookies.setCookie;
        /// `text`: key NUL text.
        set_session_text => storage.setSessionText;
        /// Runs `doPlugins`; whether it threw. The error is thrown when the tracking call returns.
        run_plugins => calls.runPlugins;
        /// Begins a tracking call (further number: its id); milliseconds since the page began.
        begin_call => calls.beginCall;
        /// Whether a call that is not settled has the request URL `text`.
        is_url_known => calls.isUrlKnown;
        /// Begins a call (further number: its id) for a hit that was made before, with the request URL `text`.
        adopt_hit => calls.adoptHit;
        /// Notes that the hit of a call (its id) was read from session storage.
        mark_session_hit => calls.markSessionHit;
        /// Keeps a call (further number: its id) and the variables it was made with until it may be sent.
        park => calls.park;
        /// Takes the call that was parked first off the list; its id.
        unpark => calls.unpark;
        /// Sets the variable in a slot (further number) to that of the object of a call (its id) until `end_call`.
        override_variable => calls.overrideVariable;
        /// Clears the variables of the first kind in `text`, restores overridden ones of a call (further number), clears the second kind.
        end_call => calls.endCall;
        /// The request URL of a call (its id); further number: where the query starts that is the body of a POST, else 0. Whether
        /// the call has an action.
        set_request => calls.setRequest;
        /// The response of a call (its id) will be a script.
        set_script_response => calls.setScriptResponse;
        /// Debug lines of a call (its id), to be logged when its request starts.
        set_debug_lines => calls.setDebugLines;
        has_debug_lines => calls.hasDebugLines;
        /// Starts a request of a call (its id); whether the response will be a script.
        start_request => calls.startRequest;
        /// A request of a call (its id) with `fetch`; further number: whether it outlives the page.
        fetch => network.fetchHit;
        send_beacon => network.sendBeacon;
        load_script => network.loadScript;
        cancel_image => network.cancelImage;
        /// The outcome of a call (its id): `text` is status NUL reason.
        settle => calls.settle;
        /// Runs the action of a call (its id) after so many milliseconds (further number) at the latest.
        run_action_later => calls.runActionLater;
        /// Calls `on_timer` after so many milliseconds (further number); replaces the timer set before.
        set_queue_timer => network.setQueueTimer;
        /// Listens to the events `text` of the window or, if the number is not 0, of its navigation; the number is that of the first event.
        listen => network.listen;
        /// Finds out whether the page's policy allows a connection to the host of a call (its id), path `text`.
        probe_policy => network.probePolicy;
        has_keepalive => network.hasKeepalive;
        is_offline => network.isOffline;
        is_window_closed => network.isWindowClosed;
        /// Stores the request URL of a call (its id) under the key `text`; further number: in session storage.
        store_hit => storage.storeHit;
        /// Takes the hit of a call (its id) out of storage, key `text`; further number: without calling `on_claim`.
        claim_hit => storage.claimHit;
        /// Makes the element that was clicked last the current one; whether there is one.
        select_clicked => elements.selectClicked;
        /// Makes the tracker's `linkObject` the current element; whether it is one.
        select_link_object => elements.selectLinkObject;
        /// Sets the tracker's `linkObject` to the current element.
        set_link_object => elements.setLinkObject;
        /// Makes the next element outwards the current one, through slots and shadow roots; whether there is one.
        select_outer => elements.selectOuter;
        select_parent => elements.selectParent;
        /// Remembers the current element; whether it is the one remembered before.
        remember_element => elements.rememberElement;
        is_in_document => elements.isInDocument;
        /// How far down the page has been seen, in pixels.
        scroll_reach => elements.scrollReach;
        /// Which services there are, a bit each.
        detect_services => services.detect;
        /// Asks the browser for the client hints `text`; whether it can be asked.
        request_client_hints => services.requestClientHints;
        /// Whether the opt-in service approves the category `text`.
        has_consent => services.hasConsent;
        request_consent => services.requestConsent;
        /// Calls `resume` after so many milliseconds (further number).
        resume_later => services.resumeLater;
        has_visitor_method => services.hasVisitorMethod;
        request_visitor_values => services.requestVisitorValues;
        is_audience_ready => services.isAudienceReady;
        /// The tracker's index in `s_c_il`.
        instance_index => services.instanceIndex;
        /// Calls `on_max_delay` after so many milliseconds (further number).
        set_delay_timer => services.setDelayTimer;
        /// Calls the hook `text` of every module; whether one returned something true.
        call_hook => services.callHook;
        /// Whether the candidate for a registration is a function.
        is_function => callbacks.isFunction;
        /// Whether a registration (the number) has the candidate's function and arguments.
        is_registered => callbacks.isRegistered;
        /// Keeps the candidate; the number of its registration.
        keep_callback => callbacks.keepCallback;
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
