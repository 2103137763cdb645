//! The page's callbacks: functions that are called before a hit leaves, when it has been delivered, when it is given up.

use spin::Mutex;
use wasm_bindgen::JsValue;

use super::host;
use super::state::{Number, Tracker};
use crate::hit::ancestry::{Ancestry, NO_CALLBACK};
use crate::hit::list::List;
use crate::hit::text::{Text, text};

/// When a callback is called.
#[derive(Clone, Copy)]
pub enum Stage {
    /// The request URL is complete, the request has not started.
    PreTrack,
    /// The hit has been delivered.
    PostTrack,
    /// The hit is given up.
    Failure,
}

/// A registered function. JavaScript keeps it under this number, which is never used again.
struct Registration {
    /// The tracker and the stage.
    key: u32,
    number: u32,
}

/// In the order of their numbers.
static REGISTRATIONS: Mutex<List<Registration>> = Mutex::new(List::new());

static ANCESTRY: Mutex<Ancestry> = Mutex::new(Ancestry::new());

/// The call whose callback is running, and the callback.
static RUNNING: (Number, Number) = (Number::new(0), Number::new(NO_CALLBACK));

/// Puts right what an error has left behind; no callback is running.
pub fn recover() {
    set_running((0, NO_CALLBACK));
}

fn key(tracker: &Tracker, stage: Stage) -> u32 {
    tracker.id * 4 + stage as u32
}

/// Registers the function that JavaScript holds as candidate, unless it is registered already; its number.
pub fn register(tracker: &Tracker, stage: Stage) -> u32 {
    if !host::is_function() {
        if host::has_property(tracker, text("debugTracking")) {
            host::log(match stage {
                Stage::PreTrack => text("Warning, Non function type passed to registerPreTrackCallback"),
                Stage::PostTrack => text("Warning, Non function type passed to registerPostTrackCallback"),
                Stage::Failure => text("Warning, Non function type passed to registerTrackFailureCallback"),
            });
        }
        return NO_CALLBACK;
    }
    let key = key(tracker, stage);
    let mut number = next_registration(NO_CALLBACK, key);
    while number != NO_CALLBACK {
        if host::is_registered(number) {
            return number;
        }
        number = next_registration(number, key);
    }
    number = host::keep_callback();
    if let Some(mut registrations) = REGISTRATIONS.try_lock() {
        registrations.push(Registration { key, number });
    }
    number
}

/// Takes a registration back.
pub fn unregister(number: u32) {
    if let Some(mut registrations) = REGISTRATIONS.try_lock() {
        registrations.retain(|registration| registration.number != number);
    }
}

/// The registration after another one.
#[inline(never)]
fn next_registration(number: u32, key: u32) -> u32 {
    let Some(registrations) = REGISTRATIONS.try_lock() else { return NO_CALLBACK };
    for later in registrations.iter() {
        if later.number > number && later.key == key {
            return later.number;
        }
    }
    NO_CALLBACK
}

/// Runs the callbacks of a stage for a hit, including those registered meanwhile, but none that the hit descends from.
pub fn run(tracker: &Tracker, call: u32, stage: Stage, reason: Text<'_>) {
    let key = key(tracker, stage);
    let mut number = next_registration(NO_CALLBACK, key);
    while number != NO_CALLBACK {
        if !ANCESTRY.try_lock().is_some_and(|ancestry| ancestry.descends(call, number)) {
            run_one(call, number, reason);
        } else if host::has_debug_lines(call) {
            host::log(text("afterhit: a callback is not called for a hit that it has sent itself"));
        }
        number = next_registration(number, key);
    }
}

fn run_one(call: u32, number: u32, reason: Text<'_>) {
    let outer = set_running((call, number));
    let arguments = host::callback_arguments(number, call, reason);
    if let Err(error) = host::callback_function(number).apply(&JsValue::UNDEFINED, &arguments) {
        host::report_error(&error, host::has_debug_lines(call));
    }
    set_running(outer);
}

/// From here on, tracking calls descend from this call and this callback. Returns what they descended from before.
fn set_running((call, number): (u32, u32)) -> (u32, u32) {
    (RUNNING.0.replace(call), RUNNING.1.replace(number))
}

/// Acts for a call that was made earlier: what it tracks descends from the call's ancestors.
pub fn on_behalf(call: u32, act: impl FnOnce()) {
    let outer = set_running((call, NO_CALLBACK));
    act();
    set_running(outer);
}

/// A tracking call begins: it descends from the callback that is running.
pub fn begin(call: u32) {
    if let Some(mut ancestry) = ANCESTRY.try_lock() {
        ancestry.begin(call, RUNNING.0.get(), RUNNING.1.get());
    }
}

/// A call is settled.
pub fn forget(call: u32) {
    if let Some(mut ancestry) = ANCESTRY.try_lock() {
        ancestry.forget(call);
    }
}
