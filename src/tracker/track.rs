//! The way of a tracking call: from the page's variables to a hit in the delivery queue.

use super::callbacks::{self, Moment as At};
use super::hands::{Deed, Question, act, ask, of, set, tell, to};
use super::modules::{self, Service};
use super::state::{Number, Tracker};
use super::{click, cookies, delivery, guard, stored, wait};
use crate::hit::hit_facts::HitFacts;
use crate::hit::queue::{Event, Transport};
use crate::hit::request::{self, Parts};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::utf16;
use crate::hit::variables::{Pairs, Slot, Variables, kind_at};
use crate::hit::{debug, link, referrer};

/// URLs of more characters are sent as POST where the visitor is known.
const LONG_URL: usize = 2047;
/// Beacons keep their parameters in the URL up to this length.
const LONG_BEACON: usize = 64_000;
/// The page URL is cut behind so many UTF-16 units, the rest goes along as `-g`.
const PAGE_URL: usize = 255;

/// The action behind a link waits so many ms at most, unless `forcedLinkTrackingTimeout` says otherwise.
const ACTION_TIMEOUT: u32 = 250;

/// Why there is no hit: the outcome of the call and the reason, joined by NUL.
type Refusal = &'static str;

const NO_LINK: Refusal = "ignored\0a click that is not tracked";

/// A hit that has been made.
struct Made {
    transport: Transport,
    size: usize,
    /// If something is to be done behind its link, that waits so many ms at most.
    patience: Option<u32>,
}

/// A tracking call: it is done at once, or kept until the tracker may track.
pub fn track(builder: &TextBuilder, one: &'static Tracker) {
    let (call, now) = begin(one);
    if !guard::admits(builder, one, now) {
        return delivery::settle(call, text("ignored\0too many tracking calls"));
    }
    if guard::enters() && wait::may_track(builder, one) {
        perform(builder, one, call, true);
    } else {
        set(Deed::hold, one.n, call);
        set(Deed::tidy, one.n, call);
    }
    // They are made within this call, so that what they call in turn waits as well and does not use up the stack.
    if guard::has_waiting() {
        wait::resume_all(builder);
    }
    guard::leaves();
}

/// A click that is no tracking call of the page: it is a hit only if it is a link that is tracked. Whether it was one.
pub fn click(builder: &TextBuilder, one: &'static Tracker) -> bool {
    let call = next_call();
    let made = if wait::may_track(builder, one) { make(builder, one, call, true) } else { Err(NO_LINK) };
    set(Deed::tidy, one.n, call);
    match made {
        Ok(made) => {
            hand_over(one, call, &made);
            true
        }
        Err(_) => false,
    }
}

/// The number of a new call of the page, and the time.
fn begin(one: &Tracker) -> (u32, u32) {
    let call = next_call();
    let now = set(Deed::begin, one.n, call);
    callbacks::begin(call);
    (call, now)
}

/// The number of the next call, or of the next hit from storage.
pub fn next_call() -> u32 {
    static CALLS: Number = Number::new(0);
    CALLS.set(CALLS.get() + 1);
    CALLS.get()
}

/// Makes the hit of a call and hands it over. With the object of the call come all its variables, or only those that the
/// page alone sets.
pub fn perform(builder: &TextBuilder, one: &'static Tracker, call: u32, all: bool) {
    // Calls that have waited come with the object that they were made with.
    if !all || modules::has(one, Service::Source) {
        lend(of(builder, Question::source, call), call, all);
    }
    if !all {
        lend(of(builder, Question::variables, one.n), call, all);
    }
    let made = make(builder, one, call, false);
    set(Deed::tidy, one.n, call);
    match made {
        Ok(made) => hand_over(one, call, &made),
        Err(outcome) => delivery::settle(call, text(outcome)),
    }
}

/// Takes these variables from the object of a call.
fn lend(pairs: Text<'_>, call: u32, all: bool) {
    for pair in Pairs(pairs) {
        let slot = pair.name().number();
        if all || !matches!(kind_at(slot as usize), b'b' | b'v') {
            set(Deed::lend, call, slot);
        }
    }
}

fn make(builder: &TextBuilder, one: &'static Tracker, call: u32, is_click: bool) -> Result<Made, Refusal> {
    if one.opted_out.get() {
        return Err("ignored\0the visitor has opted out");
    }
    let mut variables = read(builder, one);
    if !cookies::is_sampled(builder, one, &variables) {
        return Err("ignored\0the visitor is not in the sample");
    }
    let link = click::given(builder, one, &variables);
    if variables.is_set(Slot::usePlugins) && to(Deed::plugins, one.n) > 0 {
        return Err("ignored\0doPlugins threw an error");
    }
    if link.is_some() || variables.is_set(Slot::usePlugins) {
        variables = read(builder, one);
        modules::look(one);
    }
    if variables.is_set(Slot::abort) {
        return Err("aborted\0s.abort was set");
    }
    if !variables.is_set(Slot::account) {
        return Err("ignored\0there is no report suite");
    }
    if is_click && link::parameter(&variables).is_empty() {
        complete(builder, one, &mut variables, false);
        if let Some(link) = &link {
            click::keep(builder, one, &variables, link);
        }
        return Err(NO_LINK);
    }
    let jar = complete(builder, one, &mut variables, true);
    if modules::before_hit(one) {
        variables = read(builder, one);
    }
    Ok(assemble(builder, one, call, &mut variables, jar, link.as_ref(), is_click))
}

/// The variables of a tracker as they are now.
pub fn read<'p>(builder: &'p TextBuilder, one: &Tracker) -> Variables<'p> {
    Variables::read(of(builder, Question::variables, one.n))
}

/// Sets what the page can read off the tracker from the first hit on: its address, and what the browser is.
///
/// The first read of cookies behind a write asks another process: where one was needed it serves the hit too.
fn complete<'p>(
    builder: &'p TextBuilder,
    one: &Tracker,
    variables: &mut Variables<'p>,
    looks: bool,
) -> Option<Text<'p>> {
    let mut jar = None;
    let start = builder.mark();
    if !variables.is_set(Slot::pageURL) {
        builder.pair(text("pageURL"), of(builder, Question::address, 0));
    }
    if looks && !one.has_looked.raise() {
        look(builder, one, variables, &mut jar);
    }
    let set = builder.take_from(start);
    if !set.is_empty() {
        tell(Deed::assign, one.n, set);
        variables.add(set);
    }
    jar
}

/// Looks at the browser, once a page.
fn look<'p>(builder: &'p TextBuilder, one: &Tracker, variables: &Variables<'_>, jar: &mut Option<Text<'p>>) {
    let mut values = of(builder, Question::browser, 0).split(0);
    for name in text("resolution,colorDepth,browserWidth,browserHeight,javaEnabled").split(b',') {
        builder.pair(name, values.next().unwrap_or(Text::empty()));
    }
    click::watch_scrolling(builder, one);
    builder.str("javascriptVersion\x001.6\0cookiesEnabled\0");
    builder.str(if cookies::are_taken(builder, one, variables, jar) { "Y\0" } else { "N\0" });
}

#[inline(never)]
fn assemble<'p>(
    builder: &'p TextBuilder,
    one: &'static Tracker,
    call: u32,
    variables: &mut Variables<'p>,
    jar: Option<Text<'p>>,
    link: Option<&click::Link<'p>>,
    is_click: bool,
) -> Made {
    let question = if jar.is_some() { Question::moment } else { Question::momentAndCookies };
    let moment = HitFacts(ask(builder, question, one.n, text("contextData")));
    let jar = jar.unwrap_or_else(|| moment.cookies());
    let start = builder.mark();

    let full = variables.get(Slot::pageURL);
    let cut = utf16::cut(full, PAGE_URL);
    utf16::put_head(builder, &cut);
    variables.set(Slot::pageURL, builder.take_from(start));
    if cut.torn {
        builder.str(utf16::HALF);
    }
    builder.put(cut.tail);
    variables.set(Slot::pageURLRest, builder.take_from(start));

    let given = variables.get(Slot::referrer);
    if !given.is_empty() {
        referrer::write(builder, given);
    } else if !one.has_sent.get() {
        referrer::of_page(builder, full, of(builder, Question::topReferrer, 0));
    }
    variables.set(Slot::referrer, builder.take_from(start));

    let secure = variables.is_set(Slot::ssl);
    if secure {
        variables.set(Slot::visitorMigrationServer, variables.get(Slot::visitorMigrationServerSecure));
    }
    variables.set(Slot::fid, cookies::visitor_id(builder, one, variables, jar));
    if !one.has_sent.raise() {
        cookies::leave_word(builder, one, variables);
    }

    let kind = link::parameter(variables);
    variables.set(Slot::pe, kind);
    if !kind.is_empty() {
        let (url, name) = click::address_and_name(builder, variables);
        variables.set(Slot::pev1, url);
        variables.set(Slot::pev2, name);
    }
    if variables.is_set(Slot::trackOffline) && !variables.is_set(Slot::timestamp) {
        variables.set(Slot::timestamp, moment.seconds());
    }
    let took = one.last_request.replace(0);
    if took > 0 {
        builder.number(took - 1);
        variables.set(Slot::lrt, builder.take_from(start));
    }

    let visitor = wait::visitor(builder, one, variables);
    let context = visitor.context(builder, moment.context());
    moment.time(builder);
    let time = builder.take_from(start);
    let click = click::of_hit(builder, one, variables, link, jar);
    let parts = Parts {
        secure,
        random: moment.random(),
        time,
        context,
        customers: visitor.customers,
        hints: visitor.hints,
        audience: visitor.audience,
        index: if visitor.audience.is_some() { to(Deed::place, one.n) } else { 0 },
        click,
    };
    let query = request::write(builder, variables, &parts);
    let url = builder.take_from(start);
    let settings = delivery::settings(variables);
    delivery::set(one, settings);
    stored::load(builder, one, variables);
    let is_known = variables.is_set(Slot::marketingCloudVisitorID) || variables.is_set(Slot::analyticsVisitorID);
    let transport = if (variables.is_set(Slot::useBeacon) || kind == "lnk_e") && url.len() < LONG_BEACON {
        Transport::Beacon
    } else if is_known && url.len() > LONG_URL {
        Transport::Post
    } else if is_click && leaves(link) && !is_warm(one) {
        // The page goes away at once: an image that still waits for its connection would go with it.
        Transport::Keepalive
    } else {
        Transport::Image
    };
    if is_click {
        set(Deed::begin, one.n, call);
        callbacks::begin(call);
    }
    let acts = act(Deed::made, call, url, if transport == Transport::Post { query as u32 } else { 0 }) > 0;
    if visitor.audience.is_some() {
        to(Deed::isScript, call);
    }
    if variables.is_set(Slot::debugTracking) {
        debug::write(builder, url);
        tell(Deed::lines, call, builder.take_from(start));
    }
    let patience = variables.get(Slot::forcedLinkTrackingTimeout).number();
    Made {
        transport,
        size: if transport == Transport::Post { url.len() - query } else { url.len() },
        patience: acts.then_some(if patience == 0 { ACTION_TIMEOUT } else { patience }),
    }
}

fn is_warm(one: &Tracker) -> bool {
    one.delivery.try_lock().is_some_and(|delivery| delivery.queue.is_warm())
}

/// Whether a click on the link takes the page away.
fn leaves(link: Option<&click::Link<'_>>) -> bool {
    link.is_some_and(|link| !link.element.opens_elsewhere())
}

fn hand_over(one: &'static Tracker, call: u32, made: &Made) {
    callbacks::run(one, call, At::Before, Text::empty());
    delivery::tell(one, Event::Called { id: call, size: made.size as u32, transport: made.transport, kept: false });
    // What is done behind a link does not wait for a slow answer ("tl" in the documentation).
    if let Some(patience) = made.patience {
        set(Deed::finishLater, call, patience);
    }
    modules::after_hit(one);
}
