//! Functions of the page that are told about hits: before a hit leaves, when it has arrived, when it is given up.

use spin::Mutex;
use wasm_bindgen::JsValue;

use super::hands::{self, Deed};
use super::state::{Number, Tracker};
use crate::hit::list::List;
use crate::hit::text::{Text, text};

/// When a callback is called.
#[derive(Clone, Copy)]
pub enum Moment {
    /// The URL is complete, the request has not left.
    Before,
    /// The image has loaded.
    Delivered,
    /// The hit is given up.
    Failed,
}

/// A registered function: what it is for (tracker and moment), and the number that the page's side keeps it by.
struct Registration {
    purpose: u32,
    number: u32,
}

/// Those that were not taken back, in the order of their numbers.
static REGISTRATIONS: Mutex<List<Registration>> = Mutex::new(List::new());

/// No registration: the numbers of functions begin with 1.
const NONE: u32 = 0;

/// The callbacks that must not run for the hits of a call: the call in the upper, the callback in the lower half.
static DESCENTS: Mutex<List<u64>> = Mutex::new(List::new());

/// What runs now: the hit that a callback was called for, and the number of the callback.
static RUNNING: (Number, Number) = (Number::new(0), Number::new(NONE));

fn descent(call: u32, number: u32) -> u64 {
    u64::from(call) << 32 | u64::from(number)
}

fn descends(call: u32, number: u32) -> bool {
    DESCENTS.try_lock().is_some_and(|descents| descents.iter().any(|other| *other == descent(call, number)))
}

fn purpose(one: &Tracker, moment: Moment) -> u32 {
    one.n * 4 + moment as u32
}

/// Registers the function that the page's side has at hand, unless it is registered; its number.
pub fn register(one: &Tracker, moment: Moment) -> u32 {
    if hands::to(Deed::isFunction, 0) == 0 {
        if hands::has(one.n, "debugTracking") {
            hands::say(match moment {
                Moment::Before => text("Warning, Non function type passed to registerPreTrackCallback"),
                Moment::Delivered => text("Warning, Non function type passed to registerPostTrackCallback"),
                Moment::Failed => text("Warning, Non function type passed to registerTrackFailureCallback"),
            });
        }
        return NONE;
    }
    let purpose = purpose(one, moment);
    let mut number = following(NONE, purpose);
    while number != NONE {
        if hands::to(Deed::isRegistered, number) > 0 {
            return number;
        }
        number = following(number, purpose);
    }
    number = hands::to(Deed::keepFunction, 0);
    if let Some(mut registrations) = REGISTRATIONS.try_lock() {
        registrations.push(Registration { purpose, number });
    }
    number
}

/// Takes a registration back.
pub fn unregister(number: u32) {
    if let Some(mut registrations) = REGISTRATIONS.try_lock() {
        registrations.retain(|registration| registration.number != number);
    }
}

/// The registration behind another one, if there is any.
#[inline(never)]
fn following(number: u32, purpose: u32) -> u32 {
    let Some(registrations) = REGISTRATIONS.try_lock() else { return NONE };
    for later in registrations.iter() {
        if later.number > number && later.purpose == purpose {
            return later.number;
        }
    }
    NONE
}

/// Calls the functions of a moment for a hit: those registered meanwhile as well, but none that the hit descends from.
pub fn run(one: &Tracker, call: u32, moment: Moment, reason: Text<'_>) {
    let mut number = following(NONE, purpose(one, moment));
    while number != NONE {
        if !descends(call, number) {
            run_one(call, number, reason);
        } else if hands::to(Deed::debugs, call) > 0 {
            hands::say(text("afterhit: a callback is not called for a hit that it has sent itself"));
        }
        number = following(number, purpose(one, moment));
    }
}

fn run_one(call: u32, number: u32, reason: Text<'_>) {
    let function = hands::function(number);
    let arguments = hands::arguments(number, call, reason.bytes().as_ptr(), reason.len());
    let outer = set_running((call, number));
    if let Err(error) = function.apply(&JsValue::UNDEFINED, &arguments) {
        hands::report(&error, call);
    }
    set_running(outer);
}

/// Tracking calls descend from this call, and from this callback of it, until this is called again.
fn set_running((call, number): (u32, u32)) -> (u32, u32) {
    (RUNNING.0.replace(call), RUNNING.1.replace(number))
}

/// Does something for a call that was made a while ago: what it tracks descends from what the call descends from.
pub fn on_behalf(call: u32, act: impl FnOnce()) {
    let outer = set_running((call, NONE));
    act();
    set_running(outer);
}

/// A tracking call begins: it descends from what runs now.
pub fn begin(call: u32) {
    let (parent, number) = (RUNNING.0.get(), RUNNING.1.get());
    let Some(mut descents) = DESCENTS.try_lock() else { return };
    let mut inherited = List::new();
    for &other in descents.iter() {
        if (other >> 32) as u32 == parent {
            inherited.push(descent(call, other as u32));
        }
    }
    descents.append(inherited);
    if number != NONE {
        descents.push(descent(call, number));
    }
}

/// A call is settled.
pub fn forget(call: u32) {
    if let Some(mut descents) = DESCENTS.try_lock() {
        descents.retain(|other| (other >> 32) as u32 != call);
    }
}
