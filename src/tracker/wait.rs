//! Hits that wait: for a page to be shown, for consent, for a visitor id, for client hints, for a module.
//!
//! A call that waits keeps the variables it was made with, and the calls behind it wait as well.

use super::hands::{Deed, Question, ask, of, set, tell, to};
use super::modules::{self, Service};
use super::state::{Tracker, trackers};
use super::{callbacks, track};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Pairs, Slot, Variables};

/// What the browser is asked to say of itself ("collectHighEntropyUserAgentHints" in the documentation).
const HINTS: &str = "architecture,bitness,model,platformVersion,wow64";
/// What the visitor service says, and the variables that it sets.
const VALUES: &str = "MCMID\0marketingCloudVisitorID\0MCAID\0analyticsVisitorID\0\
    MCAAMLH\0audienceManagerLocationHint\0MCAAMB\0audienceManagerBlob\0";
/// Consent that was refused may still come: it is looked for so often, in ms.
const CONSENT_PAUSE: u32 = 250;
/// So long modules may hold hits up when the page does not say, in ms ("maxDelay").
const MAX_DELAY: u32 = 250;
/// What the browser says of itself is remembered under this name.
const KNOWN_HINTS: &str = "hints";

/// Looks whether calls wait, and at what else decides whether hits may be made now.
fn is_empty(one: &Tracker) -> bool {
    modules::look(one);
    !modules::has(one, Service::Waiting)
}

/// Whether a hit may be made now.
pub fn may_track(builder: &TextBuilder, one: &Tracker) -> bool {
    is_empty(one) && is_ready(builder, one)
}

/// Whether no call waits and none would have to.
pub fn is_idle(one: &Tracker) -> bool {
    is_empty(one) && !one.waiting.visitor_asked.get()
}

/// Makes the hits that waited, as far as they may be made now.
pub fn resume(builder: &TextBuilder, one: &'static Tracker) {
    while !is_empty(one) && is_ready(builder, one) {
        let call = to(Deed::release, one.n);
        let more = !is_empty(one);
        // Each with a builder of its own: a page that has waited long may have many.
        callbacks::on_behalf(call, || track::perform(&TextBuilder::new(), one, call, false));
        // Those that waited together have the same answer.
        one.waiting.visitor_answered.set(more);
    }
}

/// Makes the hits of all trackers that waited.
pub fn resume_all(builder: &TextBuilder) {
    for one in trackers() {
        resume(builder, one);
    }
}

fn is_ready(builder: &TextBuilder, one: &Tracker) -> bool {
    !modules::has(one, Service::Prerendering)
        && are_hints_there(one)
        && is_allowed(one)
        && is_visitor_known(one)
        && !is_delayed(builder, one)
}

fn are_hints_there(one: &Tracker) -> bool {
    let waiting = &one.waiting;
    if waiting.hints_known.get() || !modules::has(one, Service::Hints) {
        return true;
    }
    if !waiting.hints_asked.raise() && tell(Deed::askHints, one.n, text(HINTS)) == 0 {
        waiting.hints_known.set(true);
    }
    waiting.hints_known.get()
}

/// The browser has answered, or refused to.
pub fn hinted(builder: &TextBuilder, one: &'static Tracker, pairs: Text<'_>) {
    let start = builder.mark();
    builder.str(KNOWN_HINTS);
    builder.byte(0);
    for pair in Pairs(pairs) {
        if text(HINTS).contains_item(pair.name(), b',') {
            builder.pair(pair.name(), pair.value());
        }
    }
    tell(Deed::remember, one.n, builder.take_from(start));
    one.waiting.hints_known.set(true);
    resume(builder, one);
}

/// Whether the page's opt-in service, if there is one, approves a category.
fn consents(one: &Tracker, category: &str) -> bool {
    !modules::has(one, Service::OptIn) || tell(Deed::consents, 0, text(category)) > 0
}

/// Whether the opt-in service lets hits be made.
fn is_allowed(one: &Tracker) -> bool {
    if consents(one, "ANALYTICS") {
        return true;
    }
    if !one.waiting.consent_asked.raise() {
        to(Deed::askConsent, one.n);
    }
    set(Deed::resumeLater, one.n, CONSENT_PAUSE);
    false
}

fn is_visitor_known(one: &Tracker) -> bool {
    let waiting = &one.waiting;
    if !modules::has(one, Service::Visitor)
        || waiting.visitor_answered.get()
        || tell(Deed::hasVisitor, one.n, text("getVisitorValues")) == 0
    {
        return true;
    }
    if !waiting.visitor_asked.raise() {
        to(Deed::askVisitor, one.n);
    }
    let answered = waiting.visitor_answered.get();
    waiting.visitor_answered.set(false);
    answered
}

/// The visitor service has answered.
pub fn identified(builder: &TextBuilder, one: &'static Tracker, pairs: Text<'_>) {
    let start = builder.mark();
    for pair in Pairs(text(VALUES)) {
        builder.pair(pair.value(), Pairs(pairs).value(pair.name()).unwrap_or(Text::empty()));
    }
    tell(Deed::assign, one.n, builder.take_from(start));
    one.opted_out.set(Pairs(pairs).value(text("MCOPTOUT")).is_some());
    one.waiting.visitor_asked.set(false);
    one.waiting.visitor_answered.set(true);
    resume(builder, one);
}

fn is_delayed(builder: &TextBuilder, one: &Tracker) -> bool {
    let waiting = &one.waiting;
    if waiting.delay_over.get() || !modules::hold_up(one) {
        waiting.delayed.set(false);
        return false;
    }
    if !waiting.delayed.raise() {
        let limit = track::read(builder, one).get(Slot::maxDelay).number();
        set(Deed::endDelay, one.n, if limit == 0 { MAX_DELAY } else { limit });
    }
    true
}

/// Modules have held hits up for long enough.
pub fn undelay(builder: &TextBuilder, one: &'static Tracker) {
    if one.waiting.delayed.get() {
        one.waiting.delay_over.set(true);
    }
    resume(builder, one);
}

/// What the services of the page say for a hit.
pub struct Visitor<'p> {
    /// Customer ids.
    pub customers: Text<'p>,
    /// Client hints.
    pub hints: Text<'p>,
    /// Parameters of the audience management object.
    pub audience: Option<Text<'p>>,
    /// There is an opt-in service without consent for audience management.
    shares_nothing: bool,
}

impl Visitor<'_> {
    /// Context data with what missing consent adds to it.
    pub fn context<'p>(&self, builder: &'p TextBuilder, pairs: Text<'p>) -> Text<'p> {
        if self.shares_nothing { builder.join(pairs, text("cm.ssf\x001\0")) } else { pairs }
    }
}

/// Asks the services of the page for a hit.
pub fn visitor<'p>(builder: &'p TextBuilder, one: &Tracker, variables: &mut Variables<'p>) -> Visitor<'p> {
    let start = builder.mark();
    if modules::has(one, Service::Visitor) {
        for pair in Pairs(of(builder, Question::customers, one.n)) {
            let (name, value) = (pair.name(), pair.value());
            let state = text(".authState");
            if name.ends_with(text(".id")) {
                builder.pair(name, value);
            } else if name.ends_with(state) {
                builder.put(name.to(name.len() - state.len()));
                builder.pair(text(".as"), value);
            }
        }
        if consents(one, "ECID") {
            variables.set(Slot::mcorgid, of(builder, Question::organisation, one.n));
        }
        if !variables.is_set(Slot::supplementalDataID) && consents(one, "TARGET") {
            let may_be_new = if variables.is_set(Slot::expectSupplementalData) { "" } else { "1" };
            variables.set(Slot::supplementalDataID, ask(builder, Question::supplemental, one.n, text(may_be_new)));
        }
    }
    let customers = builder.take_from(start);
    Visitor {
        customers,
        hints: if one.waiting.hints_known.get() {
            ask(builder, Question::remembered, one.n, text(KNOWN_HINTS))
        } else {
            Text::empty()
        },
        audience: if modules::has(one, Service::Audience) && to(Deed::hasAudience, one.n) > 0 {
            Some(of(builder, Question::audience, one.n))
        } else {
            variables.is_set(Slot::usePostbacks).then_some(Text::empty())
        },
        shares_nothing: !consents(one, "AAM"),
    }
}
