//! Functions of the page that are told about hits: before a hit leaves, when it has arrived, when it is given up.

use alloc::{string::String, vec::Vec};
use js_sys::{Array, Function};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use super::hands;
use super::state::state;
use crate::hit::text::text;
use crate::hit::variables::{Slot, Variables};

/// When a callback is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The URL is complete, the request has not left.
    Before,
    /// The image has loaded.
    Delivered,
    /// The hit is given up.
    Failed,
}

/// A registered function; its number is its place among the functions that the page's side keeps.
pub struct Registration {
    tracker: u32,
    moment: Moment,
    /// Taken back.
    is_over: bool,
}

#[wasm_bindgen(module = "/src/page/functions.js")]
extern "C" {
    /// The registered functions, each a list of the function and its further arguments.
    #[wasm_bindgen(thread_local_v2, js_name = functions)]
    static FUNCTIONS: Array;
    fn remover(registration: u32) -> Function;
    #[wasm_bindgen(js_name = isSame)]
    fn is_same(one: &JsValue, other: &JsValue) -> bool;
}

/// Registers the first of `arguments` with the rest of them, and gives a function back that takes that back.
pub fn register(tracker: u32, moment: Moment, arguments: Array) -> Function {
    if !arguments.get(0).is_function() {
        if is_debugging(tracker) {
            hands::say(if moment == Moment::Before {
                "Warning, Non function type passed to registerPreTrackCallback"
            } else if moment == Moment::Delivered {
                "Warning, Non function type passed to registerPostTrackCallback"
            } else {
                "Warning, Non function type passed to registerTrackFailureCallback"
            });
        }
        return remover(u32::MAX);
    }
    FUNCTIONS.with(|functions| {
        let mut number = 0;
        while let Some(is_candidate) = is_registered(number, tracker, moment) {
            if is_candidate && is_same(&functions.get(number), &arguments) {
                return remover(number);
            }
            number += 1;
        }
        functions.set(number, arguments.into());
        if let Some(mut state) = state() {
            state.registrations.push(Registration { tracker, moment, is_over: false });
        }
        remover(number)
    })
}

/// Takes a registration back.
pub fn unregister(number: u32) {
    if let Some(mut state) = state()
        && let Some(registration) = state.registrations.get_mut(number as usize)
    {
        registration.is_over = true;
    }
}

fn is_registered(number: u32, tracker: u32, moment: Moment) -> Option<bool> {
    state()?
        .registrations
        .get(number as usize)
        .map(|one| one.tracker == tracker && one.moment == moment && !one.is_over)
}

/// Whether the page wants debug lines.
pub fn is_debugging(tracker: u32) -> bool {
    Variables::read(text(&hands::variables(tracker))).is_set(Slot::debugTracking)
}

/// Calls the functions of a moment for a hit: those registered meanwhile as well, but none that the hit descends from.
pub fn run(call: u32, moment: Moment, reason: &str) {
    let mut number = 0;
    loop {
        let Some((tracker, url, descent, debug)) = about(call) else { return };
        match is_registered(number, tracker, moment) {
            None => return,
            Some(true) if descent.contains(&number) => {
                if debug {
                    hands::say("afterhit: a callback is not called for a hit that it has sent itself");
                }
            }
            Some(true) => one(number, &url, reason, descent, debug),
            Some(false) => {}
        }
        number += 1;
    }
}

fn one(number: u32, url: &str, reason: &str, mut descent: Vec<u32>, debug: bool) {
    let entry: Array = FUNCTIONS.with(|functions| functions.get(number)).unchecked_into();
    let function: Function = entry.get(0).unchecked_into();
    let arguments = entry.slice(1, entry.length());
    if !reason.is_empty() {
        arguments.unshift(&reason.into());
    }
    arguments.unshift(&url.into());
    descent.push(number);
    let outer = set_running(descent);
    if let Err(error) = function.apply(&JsValue::UNDEFINED, &arguments) {
        hands::report(&error, debug);
    }
    set_running(outer);
}

/// What tracking calls descend from now.
pub fn running() -> Vec<u32> {
    state().map(|state| state.running.clone()).unwrap_or_default()
}

/// What tracking calls descend from while a callback runs.
pub fn set_running(descent: Vec<u32>) -> Vec<u32> {
    state().map(|mut state| core::mem::replace(&mut state.running, descent)).unwrap_or_default()
}

fn about(call: u32) -> Option<(u32, String, Vec<u32>, bool)> {
    let mut state = state()?;
    let hit = state.hit(call)?;
    Some((hit.tracker, hit.url.clone(), hit.ancestors.clone(), hit.debug))
}
