//! Hits that wait: for a page to be shown, for consent, for a visitor id, for client hints, for a module.
//!
//! A call that waits keeps the variables it was made with, and the calls behind it wait as well.

use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::JsValue;

use super::state::tracker;
use super::{callbacks, hands, modules, track};
use crate::hit::text::{Text, text};
use crate::hit::variables::{Pairs, Slot, Variables};
use crate::hit::writer::Writer;

/// What the browser is asked to say of itself ("collectHighEntropyUserAgentHints" in the documentation).
const HINTS: &str = "architecture,bitness,model,platformVersion,wow64";
/// What the visitor service says, and the variables that it sets.
const VALUES: [(&str, &str); 4] = [
    ("MCMID", "marketingCloudVisitorID"),
    ("MCAID", "analyticsVisitorID"),
    ("MCAAMLH", "audienceManagerLocationHint"),
    ("MCAAMB", "audienceManagerBlob"),
];
/// Consent that was refused may still come: it is looked for so often, in ms.
const CONSENT_PAUSE: u32 = 250;
/// So long modules may hold hits up when the page does not say, in ms ("maxDelay").
const MAX_DELAY: u32 = 250;

/// What a tracker waits for.
#[derive(Default)]
pub struct Waiting {
    /// The calls that wait, in order, and the callbacks that each descends from.
    calls: Vec<(u32, Vec<u32>)>,
    /// Consent has been asked for.
    consent_asked: bool,
    /// The visitor service has been asked for the hits that wait, or has answered.
    visitor_asked: bool,
    visitor_answered: bool,
    opted_out: bool,
    /// The browser has been asked, or has answered.
    hints_asked: bool,
    hints: Option<String>,
    /// A module holds hits up, or has done so for long enough.
    delayed: bool,
    delay_over: bool,
}

/// Whether a hit may be made now.
pub fn may_track(n: u32) -> bool {
    tracker(n, |one| one.waiting.calls.is_empty()) && is_ready(n)
}

/// Whether no call waits and none would have to.
pub fn is_idle(n: u32) -> bool {
    tracker(n, |one| one.waiting.calls.is_empty() && !one.waiting.visitor_asked)
}

/// Keeps a call with the variables it was made with.
pub fn hold(n: u32, call: u32, overrides: &JsValue) {
    let names = track::variables_in(&hands::read(overrides), true);
    hands::hold(n, names.as_str(), overrides);
    let descent = callbacks::running();
    tracker(n, |one| one.waiting.calls.push((call, descent)));
}

/// Makes the hits that waited, as far as they may be made now.
pub fn resume(n: u32) {
    while tracker(n, |one| !one.waiting.calls.is_empty()) && is_ready(n) {
        let (call, descent) = tracker(n, |one| {
            let is_empty = one.waiting.calls.is_empty();
            if is_empty { (0, Vec::new()) } else { one.waiting.calls.remove(0) }
        });
        let kept = hands::held(n);
        let mut all = hands::read(&kept);
        all.push_str(&hands::variables(n));
        let more = tracker(n, |one| !one.waiting.calls.is_empty());
        let outer = callbacks::set_running(descent);
        track::perform_with(n, call, &kept, &track::variables_in(&all, false));
        callbacks::set_running(outer);
        // Those that waited together have the same answer.
        tracker(n, |one| one.waiting.visitor_answered = more);
    }
}

/// Makes the hits of all trackers that waited.
pub fn resume_all() {
    let mut n = 0;
    while tracker(n, |_| true) {
        resume(n);
        n += 1;
    }
}

fn is_ready(n: u32) -> bool {
    let pairs = hands::variables(n);
    let variables = Variables::read(text(&pairs));
    !hands::is_prerendering()
        && are_hints_there(n, &variables)
        && is_allowed(n)
        && is_visitor_known(n)
        && !is_delayed(n, &variables)
}

fn are_hints_there(n: u32, variables: &Variables<'_>) -> bool {
    if !variables.is_set(Slot::collectHighEntropyUserAgentHints) || tracker(n, |one| one.waiting.hints.is_some()) {
        return true;
    }
    if !tracker(n, |one| core::mem::replace(&mut one.waiting.hints_asked, true)) && !hands::ask_hints(n, HINTS) {
        tracker(n, |one| one.waiting.hints = Some(String::new()));
        return true;
    }
    false
}

/// The browser has answered, or refused to.
pub fn hinted(n: u32, pairs: &str) {
    let mut wanted = Writer::new();
    for (name, value) in Pairs(text(pairs)) {
        if text(HINTS).lists(name, b',') {
            put(&mut wanted, name, value);
        }
    }
    tracker(n, |one| one.waiting.hints = Some(wanted.as_str().into()));
    resume(n);
}

fn put(out: &mut Writer, name: Text<'_>, value: Text<'_>) {
    out.put(name);
    out.byte(0);
    out.put(value);
    out.byte(0);
}

/// Whether the opt-in service, if there is one, lets hits be made.
fn is_allowed(n: u32) -> bool {
    if hands::consents("ANALYTICS") {
        return true;
    }
    if !tracker(n, |one| core::mem::replace(&mut one.waiting.consent_asked, true)) {
        hands::ask_consent(n);
    }
    hands::resume_later(n, CONSENT_PAUSE);
    false
}

fn is_visitor_known(n: u32) -> bool {
    if tracker(n, |one| one.waiting.visitor_answered) || !hands::has_visitor(n, "getVisitorValues") {
        return true;
    }
    if !tracker(n, |one| core::mem::replace(&mut one.waiting.visitor_asked, true)) {
        hands::ask_visitor(n);
    }
    tracker(n, |one| core::mem::take(&mut one.waiting.visitor_answered))
}

/// The visitor service has answered.
pub fn identified(n: u32, pairs: &str) {
    let mut set = Writer::new();
    for (given, variable) in VALUES {
        let value = Pairs(text(pairs)).find(|(name, _)| *name == given).map_or(Text::empty(), |(_, value)| value);
        put(&mut set, text(variable), value);
    }
    let opted_out = Pairs(text(pairs)).any(|(name, _)| name == "MCOPTOUT");
    hands::assign(n, set.as_str());
    tracker(n, |one| {
        one.waiting.visitor_asked = false;
        one.waiting.visitor_answered = true;
        one.waiting.opted_out = opted_out;
    });
    resume(n);
}

/// Whether the visitor service has said that nothing may be sent.
pub fn is_opted_out(n: u32) -> bool {
    tracker(n, |one| one.waiting.opted_out)
}

fn is_delayed(n: u32, variables: &Variables<'_>) -> bool {
    if tracker(n, |one| one.waiting.delay_over) || !modules::hold_up(n) {
        tracker(n, |one| one.waiting.delayed = false);
        return false;
    }
    if !tracker(n, |one| core::mem::replace(&mut one.waiting.delayed, true)) {
        let limit = variables.get(Slot::maxDelay).number();
        hands::end_delay(n, if limit == 0 { MAX_DELAY } else { limit });
    }
    true
}

/// Modules have held hits up for long enough, or say that they no longer do.
pub fn undelay(n: u32, is_over: bool) {
    tracker(n, |one| one.waiting.delay_over |= is_over && one.waiting.delayed);
    resume(n);
}

/// What the services of the page say for a hit.
pub struct Visitor {
    /// The organisation's id.
    pub organisation: String,
    /// The supplemental data id.
    pub supplemental: String,
    /// Customer ids.
    pub customers: Writer,
    /// Client hints.
    pub hints: String,
    /// Parameters of the audience management object.
    pub audience: Option<String>,
    /// Where the tracker stands in `s_c_il`.
    pub index: u32,
    /// Whether there is an opt-in service without consent for audience management.
    shares_nothing: bool,
}

impl Visitor {
    /// Context data with what missing consent adds to it.
    pub fn context(&self, pairs: Text<'_>) -> Writer {
        let mut all = Writer::new();
        all.put(pairs);
        if self.shares_nothing {
            put(&mut all, text("cm.ssf"), text("1"));
        }
        all
    }
}

/// Asks the services of the page for a hit.
pub fn visitor(n: u32, variables: &Variables<'_>) -> Visitor {
    let mut customers = Writer::new();
    for (name, value) in Pairs(text(&hands::customers(n))) {
        let mut short = Writer::new();
        if name.ends_with(text(".id")) {
            short.put(name);
        } else if name.ends_with(text(".authState")) {
            short.put(name.to(name.len() - "authState".len()));
            short.str("as");
        } else {
            continue;
        }
        put(&mut customers, short.text(), value);
    }
    let is_given = variables.is_set(Slot::supplementalDataID);
    Visitor {
        organisation: if hands::consents("ECID") { hands::organisation(n) } else { String::new() },
        supplemental: if is_given || !hands::consents("TARGET") {
            String::new()
        } else {
            hands::supplemental(n, !variables.is_set(Slot::expectSupplementalData))
        },
        customers,
        hints: tracker(n, |one| one.waiting.hints.clone()).unwrap_or_default(),
        audience: if hands::has_audience(n) {
            Some(hands::audience(n))
        } else {
            variables.is_set(Slot::usePostbacks).then(String::new)
        },
        index: hands::place(n),
        shares_nothing: !hands::consents("AAM"),
    }
}
