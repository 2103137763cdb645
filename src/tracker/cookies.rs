//! The tracker's cookies in the browser.
//!
//! Reading `document.cookie` after a write is a cross-process call that costs as much as several images. So nothing is written
//! without need, and nothing is read back except once a page, to find the domain that the browser accepts.

use super::state::Tracker;
use super::{host, snapshot};
use crate::hit::activity_map::EMPTY_COOKIE;
use crate::hit::cookie_domain;
use crate::hit::cookies::{self, Lifetime, TWO_YEARS_S};
use crate::hit::sampling;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};
use crate::hit::visitor;

/// The fallback visitor id.
const VISITOR_ID: &str = "s_fid";
/// Tells other scripts that cookies are enabled.
const COOKIES_ENABLED: &str = "s_cc";
/// Exists only during the search for the domain.
const PROBE: &str = "s_ac";

/// Whether the browser accepts cookies on this page and the site wants any. If the cookies had to be read for that, they are
/// put into `jar`.
pub fn are_accepted<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    jar: &mut Option<Text<'b>>,
) -> bool {
    cookies::lifetime(variables.get(Slot::cookieLifetime), Lifetime::SESSION) != Lifetime::NEVER
        && domain_labels(builder, tracker, variables, jar) > 0
}

/// Writes the cookie that tells other scripts that cookies are enabled.
pub fn write_cookies_enabled(builder: &TextBuilder, tracker: &Tracker, variables: &Variables<'_>) {
    if variables.get(Slot::cookiesEnabled) == "Y" {
        write(builder, tracker, variables, text(COOKIES_ENABLED), text("true"), Lifetime::SESSION);
    }
}

/// Writes a cookie whose name and value are escaped already; returns whether the site's settings allowed that.
pub fn write(
    builder: &TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    name: Text<'_>,
    value: Text<'_>,
    lifetime: Lifetime,
) -> bool {
    let lifetime = cookies::lifetime(variables.get(Slot::cookieLifetime), lifetime);
    if lifetime == Lifetime::NEVER {
        return false;
    }
    let domain = domain(builder, tracker, variables);
    assign(builder, name, value, domain, lifetime, variables.is_set(Slot::writeSecureCookies));
    true
}

fn assign(
    builder: &TextBuilder,
    name: Text<'_>,
    value: Text<'_>,
    domain: Text<'_>,
    lifetime: Lifetime,
    is_secure: bool,
) {
    let start = builder.mark();
    cookies::assignment(builder, name, value, domain, lifetime, is_secure);
    host::set_cookie(builder.take_from(start));
}

/// The widest domain that the browser accepts, not wider than the site has configured before the first cookie.
fn domain<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &Variables<'_>) -> Text<'b> {
    let labels = domain_labels(builder, tracker, variables, &mut None);
    cookie_domain::domain(host::host_name(builder), labels)
}

/// How many labels the domain has, searched for once a page; 0 if the browser accepts no cookies.
fn domain_labels<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    jar: &mut Option<Text<'b>>,
) -> u32 {
    if tracker.domain_labels.get() == 0 {
        tracker.domain_labels.set(find_domain_labels(builder, variables, jar));
    }
    tracker.domain_labels.get()
}

/// Tries to write a cookie for one domain after another.
fn find_domain_labels<'b>(builder: &'b TextBuilder, variables: &Variables<'_>, jar: &mut Option<Text<'b>>) -> u32 {
    let host = host::host_name(builder);
    let mut labels = cookie_domain::first_labels(variables);
    let is_secure = variables.is_set(Slot::writeSecureCookies);
    loop {
        let domain = cookie_domain::domain(host, labels);
        let probe = |lifetime| assign(builder, text(PROBE), text("1"), domain, lifetime, is_secure);
        probe(Lifetime::SESSION);
        let read = host::cookies(builder);
        *jar = Some(read);
        if cookies::find(read, text(PROBE)).is_some() {
            probe(Lifetime::DELETE);
            return labels;
        }
        match cookie_domain::next_labels(host, labels) {
            Some(next) => labels = next,
            None => return 0,
        }
    }
}

/// Sets the fallback visitor id, which is kept in a cookie, unless the visitor is known otherwise; without cookies there is none. It
/// stays set when the visitor becomes known. Returns the cookies if they had to be read.
pub fn fill_visitor_id<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &mut Variables<'b>,
) -> Option<Text<'b>> {
    let mut jar = None;
    if !visitor::is_identified(variables) {
        let id = if are_accepted(builder, tracker, variables, &mut jar) {
            visitor_id(builder, tracker, variables, *jar.get_or_insert_with(|| host::cookies(builder)))
        } else {
            Text::empty()
        };
        if id != variables.get(Slot::fid) {
            let start = builder.mark();
            builder.pair(text("fid"), id);
            snapshot::assign(tracker, variables, builder.take_from(start));
        }
    }
    jar
}

/// The fallback visitor id, from the cookie or a new one; empty if the site does not want it to be kept.
fn visitor_id<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &Variables<'_>, jar: Text<'_>) -> Text<'b> {
    let start = builder.mark();
    match cookies::find(jar, text(VISITOR_ID)) {
        // The tracker's own has no escapes.
        Some(kept) if cookies::is_visitor_id(kept) && kept.contains(text("%")) => {
            builder.put(host::decode_percent(builder, kept));
        }
        Some(kept) if cookies::is_visitor_id(kept) => builder.put(kept),
        _ => cookies::visitor_id(builder, [host::random(), host::random(), host::random(), host::random()]),
    }
    let id = builder.take_from(start);
    // It lives two years, so writing it once a page is enough unless a setting has changed.
    let state = id.hash(variables.get(Slot::cookieLifetime).hash(0));
    let is_written = tracker.visitor_cookie.replace(state) == state;
    builder.encoded(id);
    let value = builder.take_from(start);
    if is_written || write(builder, tracker, variables, text(VISITOR_ID), value, Lifetime::seconds(TWO_YEARS_S)) {
        id
    } else {
        Text::empty()
    }
}

/// Whether the visitor is in the sample; a visitor without a number draws one and keeps it for the session.
pub fn draw_sample(builder: &TextBuilder, tracker: &Tracker, variables: &Variables<'_>) -> bool {
    let name = sampling::cookie(builder, variables);
    if name.is_empty() {
        return true;
    }
    let mut number = cookies::find(host::cookies(builder), name).unwrap_or(Text::empty());
    if number.number() == 0 {
        let start = builder.mark();
        builder.number(host::random());
        builder.number(host::random());
        number = builder.take_from(start);
        write(builder, tracker, variables, name, number, Lifetime::SESSION);
    }
    sampling::is_in(variables.get(Slot::visitorSampling), number)
}

/// The value of a cookie as it is stored; empty if there is none ("Util.cookieRead" in Adobe's documentation).
pub fn read<'b>(builder: &'b TextBuilder, name: Text<'_>) -> Text<'b> {
    match cookies::find(host::cookies(builder), escaped(builder, name)) {
        Some(value) if value != EMPTY_COOKIE => value,
        _ => Text::empty(),
    }
}

/// Writes a cookie; returns whether it is there afterwards ("Util.cookieWrite" in Adobe's documentation).
pub fn write_and_verify(
    builder: &TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    name: Text<'_>,
    value: Text<'_>,
    lifetime: Lifetime,
) -> bool {
    let wanted = escaped(builder, value);
    let content = if value.is_empty() { text(EMPTY_COOKIE) } else { wanted };
    !name.is_empty()
        && write(builder, tracker, variables, escaped(builder, name), content, lifetime)
        && read(builder, name) == wanted
}

/// A text as it stands in a cookie.
pub fn escaped<'b>(builder: &'b TextBuilder, plain: Text<'_>) -> Text<'b> {
    let start = builder.mark();
    builder.encoded(plain);
    builder.take_from(start)
}
