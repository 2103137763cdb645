//! The way of a tracking call: from the page's variables to a hit in the delivery queue.

use alloc::string::String;
use wasm_bindgen::JsValue;

use super::state::{Hit, state, tracker};
use super::{callbacks, click, cookies, delivery, guard, hands, modules, stored, wait};
use crate::hit::moment::Moment;
use crate::hit::queue::Way;
use crate::hit::request::{self, Parts};
use crate::hit::text::{Text, text};
use crate::hit::units;
use crate::hit::variables::{Pairs, Slot, Variables, kind_of, rows};
use crate::hit::writer::Writer;
use crate::hit::{debug, link, referrer};

/// URLs of more characters are sent as POST where the visitor is known.
const LONG_URL: usize = 2047;
/// Beacons keep their parameters in the URL up to this length.
const LONG_BEACON: usize = 64_000;
/// The page URL is cut behind so many UTF-16 units, the rest goes along as `-g`.
const PAGE_URL: usize = 255;

/// The action behind a link waits so many ms at most, unless `forcedLinkTrackingTimeout` says otherwise.
const ACTION_TIMEOUT: u32 = 250;

/// Why there is no hit.
type Refusal = &'static str;

/// A tracking call: it is done at once, or kept until the tracker may track.
pub fn track(n: u32, overrides: &JsValue) {
    let call = begin(n);
    if !guard::admits(n) {
        return hands::settle(call, "ignored", "", 0, "too many tracking calls");
    }
    if guard::enters() && wait::may_track(n) {
        perform(n, call, overrides);
    } else {
        wait::hold(n, call, overrides);
        reset(n, b'o');
        reset(n, b'r');
    }
    // They are made within this call, so that what they call in turn waits as well and does not use up the stack.
    if guard::has_waiting() {
        wait::resume_all();
    }
    guard::leaves();
}

/// A click that is no tracking call of the page: it is a hit only if it is a link that is tracked. Whether it was one.
pub fn click(n: u32) -> bool {
    let call = next_call();
    let made = if wait::may_track(n) { make(n, call, true) } else { Err(NO_LINK) };
    if made.is_ok() {
        hands::begin(n, call);
    }
    reset(n, b'o');
    reset(n, b'r');
    if let Ok(way) = made {
        hand_over(n, call, way);
    }
    made.is_ok()
}

/// The number of a new call of the page.
fn begin(n: u32) -> u32 {
    let call = next_call();
    hands::begin(n, call);
    call
}

fn next_call() -> u32 {
    state().map_or(0, |mut state| {
        state.calls += 1;
        state.calls
    })
}

/// Makes the hit of a call and hands it over.
pub fn perform(n: u32, call: u32, overrides: &JsValue) {
    perform_with(n, call, overrides, &variables_in(&hands::read(overrides), true));
}

/// The same with these variables taken from the overrides, set or not.
pub fn perform_with(n: u32, call: u32, overrides: &JsValue, names: &Writer) {
    if !names.text().is_empty() {
        hands::lend(n, names.as_str(), overrides);
    }
    let made = make(n, call, false);
    reset(n, b'o');
    if !names.text().is_empty() {
        hands::restore(n);
    }
    reset(n, b'r');
    match made {
        Ok(way) => hand_over(n, call, way),
        Err(reason) => {
            let status = if reason == ABORTED { "aborted" } else { "ignored" };
            hands::settle(call, status, "", 0, reason);
            hands::finish(call);
        }
    }
}

const ABORTED: Refusal = "s.abort was set";
const NO_LINK: Refusal = "a click that is not tracked";

/// The names in `pairs` that are variables, joined by NUL; only those that the page alone sets where it is asked for.
pub fn variables_in(pairs: &str, all: bool) -> Writer {
    let mut names = Writer::new();
    for (name, _) in Pairs(text(pairs)) {
        if kind_of(name).is_some_and(|kind| all || !matches!(kind, b'b' | b'v')) {
            if !names.text().is_empty() {
                names.byte(0);
            }
            names.put(name);
        }
    }
    names
}

/// Empties what counts for one hit only.
fn reset(n: u32, kind: u8) {
    let mut pairs = Writer::new();
    for row in rows() {
        if row.kind == kind {
            pairs.put(row.name);
            pairs.str("\0\0");
        }
    }
    hands::assign(n, pairs.as_str());
}

fn make(n: u32, call: u32, is_click: bool) -> Result<Way, Refusal> {
    if wait::is_opted_out(n) {
        return Err("the visitor has opted out");
    }
    let facts = hands::moment();
    let moment = Moment::read(text(&facts));
    let mut pairs = hands::variables(n);
    let before = Variables::read(text(&pairs));
    if !cookies::is_sampled(n, &before, moment.host) {
        return Err("the visitor is not in the sample");
    }
    let link = click::given(n, &before);
    let is_stale = link.is_some();
    if before.is_set(Slot::usePlugins) && hands::plugins(n) {
        return Err("doPlugins threw an error");
    }
    if is_stale || before.is_set(Slot::usePlugins) {
        pairs = hands::variables(n);
    }
    check(text(&pairs))?;
    if is_click {
        set_page_url(n, text(&pairs), &moment);
    }
    if is_click && link::parameter(&Variables::read(text(&pairs))).is_empty() {
        if let Some(link) = &link {
            keep_click(n, text(&pairs), link, &moment);
        }
        return Err(NO_LINK);
    }
    if complete(n, text(&pairs), &moment) | modules::before_hit(n) {
        pairs = hands::variables(n);
    }
    Ok(assemble(n, call, text(&pairs), &moment, link.as_ref(), is_click))
}

/// A click on a link that is not tracked waits for the next hit.
fn keep_click(n: u32, pairs: Text<'_>, link: &click::Link, moment: &Moment<'_>) {
    let mut variables = Variables::read(pairs);
    if !variables.is_set(Slot::pageURL) {
        variables.set(Slot::pageURL, moment.href);
    }
    let said = click::said(n, &variables, link);
    if !said.text().is_empty() {
        click::wait(n, &variables, said.text(), text(&hands::cookies()), moment.host);
    }
}

/// Whether the page wants a hit at all.
fn check(pairs: Text<'_>) -> Result<(), Refusal> {
    let variables = Variables::read(pairs);
    if variables.is_set(Slot::abort) {
        return Err(ABORTED);
    }
    if !variables.is_set(Slot::account) {
        return Err("there is no report suite");
    }
    Ok(())
}

/// Sets what the page can read off the tracker from the first hit on; whether anything was set.
fn complete(n: u32, pairs: Text<'_>, moment: &Moment<'_>) -> bool {
    let variables = Variables::read(pairs);
    let mut set = Writer::new();
    let is_set = set_page_url(n, pairs, moment);
    if !tracker(n, |one| core::mem::replace(&mut one.has_looked, true)) {
        look(n, &variables, moment, &mut set);
    }
    if set.text().is_empty() {
        return is_set;
    }
    hands::assign(n, set.as_str());
    true
}

/// The page's address is read once; the page may set another. Whether it was set.
fn set_page_url(n: u32, pairs: Text<'_>, moment: &Moment<'_>) -> bool {
    if Variables::read(pairs).is_set(Slot::pageURL) {
        return false;
    }
    let mut set = Writer::new();
    set.str("pageURL\0");
    set.put(moment.href);
    set.byte(0);
    hands::assign(n, set.as_str());
    true
}

/// Looks at the browser, once a page.
fn look(n: u32, variables: &Variables<'_>, moment: &Moment<'_>, set: &mut Writer) {
    let seen = hands::browser();
    let names = "resolution,colorDepth,browserWidth,browserHeight,javaEnabled";
    let mut values = text(&seen).split(0);
    for name in text(names).split(b',') {
        set.put(name);
        set.byte(0);
        set.put(values.next().unwrap_or(Text::empty()));
        set.byte(0);
    }
    click::watch_scrolling(n);
    set.str("javascriptVersion\x001.6\0cookiesEnabled\0");
    set.str(if cookies::are_taken(n, variables, moment.host) { "Y\0" } else { "N\0" });
}

fn assemble(
    n: u32,
    call: u32,
    pairs: Text<'_>,
    moment: &Moment<'_>,
    link: Option<&click::Link>,
    is_click: bool,
) -> Way {
    let mut variables = Variables::read(pairs);
    let jar = hands::cookies();
    let context = hands::inner(n, "contextData");

    let full = variables.get(Slot::pageURL);
    let cut = units::cut(full, PAGE_URL);
    let (mut head, mut rest) = (Writer::new(), Writer::new());
    units::put_head(&mut head, &cut);
    if cut.torn {
        rest.str(units::HALF);
    }
    rest.put(cut.tail);
    variables.set(Slot::pageURL, head.text());
    variables.set(Slot::pageURLRest, rest.text());

    let mut origin = Writer::new();
    let given = variables.get(Slot::referrer);
    if !given.is_empty() {
        referrer::write(&mut origin, given);
    } else if !tracker(n, |one| one.has_sent) {
        referrer::of_page(&mut origin, full, moment.referrer);
    }
    variables.set(Slot::referrer, origin.text());

    let secure = variables.is_set(Slot::ssl);
    if secure {
        variables.set(Slot::visitorMigrationServer, variables.get(Slot::visitorMigrationServerSecure));
    }
    let id = cookies::visitor_id(n, &variables, text(&jar), moment.host);
    if !tracker(n, |one| one.has_sent) {
        cookies::leave_word(n, &variables, moment.host);
    }
    variables.set(Slot::fid, id.text());

    let kind = link::parameter(&variables);
    variables.set(Slot::pe, kind);
    let decoded = click::address_and_name(&variables);
    if !kind.is_empty() {
        let (url, name) = text(&decoded).split_once(0);
        variables.set(Slot::pev1, url);
        variables.set(Slot::pev2, name);
    }
    if variables.is_set(Slot::trackOffline) && !variables.is_set(Slot::timestamp) {
        variables.set(Slot::timestamp, moment.seconds);
    }
    let mut took = Writer::new();
    if let Some(milliseconds) = tracker(n, |one| one.last_request.take()) {
        took.number(milliseconds);
    }
    variables.set(Slot::lrt, took.text());

    let visitor = wait::visitor(n, &variables);
    variables.set(Slot::mcorgid, text(&visitor.organisation));
    if !variables.is_set(Slot::supplementalDataID) {
        variables.set(Slot::supplementalDataID, text(&visitor.supplemental));
    }

    let (mut time, mut random) = (Writer::new(), Writer::new());
    moment.time(&mut time);
    random.number(hands::random());
    random.number(hands::random());
    let click = click::of_hit(n, &variables, link, text(&jar), moment.host);
    let mut url = Writer::new();
    let query = request::write(
        &mut url,
        &variables,
        &Parts {
            secure,
            random: random.text(),
            time: time.text(),
            context: visitor.context(text(&context)).text(),
            customers: visitor.customers.text(),
            hints: text(&visitor.hints),
            audience: visitor.audience.as_deref().map(text),
            index: visitor.index,
            click: click.text(),
        },
    );
    let length = url.text().len();
    let is_known = variables.is_set(Slot::marketingCloudVisitorID) || variables.is_set(Slot::analyticsVisitorID);
    let way = if (variables.is_set(Slot::useBeacon) || kind == "lnk_e") && length < LONG_BEACON {
        Way::Beacon
    } else if is_known && length > LONG_URL {
        Way::Post
    } else if is_click && leaves(link) && tracker(n, |one| !one.queue.is_warm()) {
        // The page goes away at once: an image that still waits for its connection would go with it.
        Way::Keepalive
    } else {
        Way::Image
    };
    let settings = delivery::settings(&variables);
    tracker(n, |one| one.settings = settings);
    stored::load(n, &variables);
    keep(n, call, url, query, way, visitor.audience.is_some(), &variables);
    way
}

/// Whether a click on the link takes the page away.
fn leaves(link: Option<&click::Link>) -> bool {
    link.is_some_and(|link| !link.element().opens_elsewhere())
}

/// Remembers the hit until it is settled.
fn keep(n: u32, call: u32, url: Writer, query: usize, way: Way, is_script: bool, variables: &Variables<'_>) {
    tracker(n, |one| one.has_sent = true);
    if let Some(mut state) = state() {
        let ancestors = state.running.clone();
        state.hits.push(Hit {
            call,
            tracker: n,
            url: String::from(url.as_str()),
            query,
            is_post: way == Way::Post,
            is_script,
            in_session: false,
            ancestors,
            attempts: 0,
            sent_at: 0,
            debug: variables.is_set(Slot::debugTracking),
            debug_is_due: variables.is_set(Slot::debugTracking),
        });
    }
}

fn hand_over(n: u32, call: u32, way: Way) {
    callbacks::run(call, callbacks::Moment::Before, "");
    delivery::submit(n, call, way, false);
    finish_later(n, call);
    modules::after_hit(n);
}

/// What is done behind a link does not wait for a slow answer ("tl" in the documentation).
fn finish_later(n: u32, call: u32) {
    if hands::has_action(call) {
        let pairs = hands::variables(n);
        let limit = Variables::read(text(&pairs)).get(Slot::forcedLinkTrackingTimeout).number();
        hands::finish_later(call, if limit == 0 { ACTION_TIMEOUT } else { limit });
    }
}

/// Writes the debug lines of a hit to the console.
pub fn print(url: &str) {
    let mut lines = Writer::new();
    debug::write(&mut lines, text(url));
    hands::say(lines.as_str());
}
