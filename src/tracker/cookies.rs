//! The tracker's cookies in the browser: which are there, which must be written.
//!
//! The first read after a write asks another process and costs as much as several images, so nothing is written
//! without need and nothing is read back but once a page, to find the domain that the browser accepts.

use alloc::string::String;

use super::hands;
use super::state::tracker;
use crate::hit::activity::EMPTY_COOKIE;
use crate::hit::cookies::{self, Lifetime, TWO_YEARS};
use crate::hit::moment::Moment;
use crate::hit::sampling;
use crate::hit::text::{Text, text};
use crate::hit::variables::{Slot, Variables};
use crate::hit::writer::Writer;

const FID: &str = "s_fid";
/// Says to other scripts that there are cookies.
const TAKEN: &str = "s_cc";
/// Is there only while the domain is looked for.
const PROBE: &str = "s_ac";

/// Whether the browser takes cookies on this page, and the page wants any.
pub fn are_taken(n: u32, variables: &Variables<'_>, host: Text<'_>) -> bool {
    cookies::lifetime(variables.get(Slot::cookieLifetime), Lifetime::Session) != Lifetime::Never && labels(n, host) > 0
}

/// Leaves word that there are cookies.
pub fn leave_word(n: u32, variables: &Variables<'_>, host: Text<'_>) {
    if variables.get(Slot::cookiesEnabled) == "Y" {
        write(n, variables, host, text(TAKEN), text("true"), Lifetime::Session);
    }
}

/// Writes a cookie. Name and value are escaped already. Whether it was attempted.
pub fn write(
    n: u32,
    variables: &Variables<'_>,
    host: Text<'_>,
    name: Text<'_>,
    value: Text<'_>,
    asked: Lifetime,
) -> bool {
    let lifetime = cookies::lifetime(variables.get(Slot::cookieLifetime), asked);
    if lifetime == Lifetime::Never {
        return false;
    }
    let mut assignment = Writer::new();
    let domain = domain(n, variables, host);
    cookies::assignment(&mut assignment, name, value, domain, lifetime, variables.is_set(Slot::writeSecureCookies));
    hands::set_cookie(assignment.as_str());
    true
}

/// The widest domain that the browser takes cookies for, unless the page says how many labels it has.
fn domain<'a>(n: u32, variables: &Variables<'_>, host: Text<'a>) -> Text<'a> {
    let periods = [Slot::fpCookieDomainPeriods, Slot::cookieDomainPeriods];
    for slot in periods {
        let labels = variables.get(slot).number();
        if labels > 0 {
            return cookies::domain(host, labels.max(2));
        }
    }
    cookies::domain(host, labels(n, host))
}

/// How many labels the domain has, looked for once a page.
fn labels(n: u32, host: Text<'_>) -> u32 {
    let known = tracker(n, |one| one.domain_labels);
    if known > 0 {
        return known;
    }
    let found = find_labels(host);
    tracker(n, |one| one.domain_labels = found);
    found
}

/// Tries domains from two labels on: below a public suffix the browser refuses the shorter ones. 0 where it takes none.
fn find_labels(host: Text<'_>) -> u32 {
    let mut labels = 2;
    loop {
        let domain = cookies::domain(host, labels);
        probe(domain, Lifetime::Session);
        let jar = hands::cookies();
        if cookies::find(text(&jar), text(PROBE)).is_some() {
            probe(domain, Lifetime::Over);
            return labels;
        }
        if domain.len() == host.len() || domain.is_empty() {
            return 0;
        }
        labels += 1;
    }
}

fn probe(domain: Text<'_>, lifetime: Lifetime) {
    let mut assignment = Writer::new();
    cookies::assignment(&mut assignment, text(PROBE), text("1"), domain, lifetime, false);
    hands::set_cookie(assignment.as_str());
}

/// The visitor id of a hit; kept in a cookie, empty where the visitor is known otherwise or there are no cookies.
pub fn visitor_id(n: u32, variables: &Variables<'_>, jar: Text<'_>, host: Text<'_>) -> Writer {
    let mut id = Writer::new();
    let is_known = variables.is_set(Slot::marketingCloudVisitorID) || variables.is_set(Slot::analyticsVisitorID);
    if is_known || variables.get(Slot::cookiesEnabled) != "Y" {
        return id;
    }
    match cookies::find(jar, text(FID)) {
        Some(kept) if cookies::is_visitor_id(kept) => id.decoded(kept),
        _ => cookies::visitor_id(&mut id, [hands::random(), hands::random(), hands::random(), hands::random()]),
    }
    // What was written last stands for two years: once a page is enough, unless a setting has changed.
    let mut state = Writer::new();
    state.put(id.text());
    state.put(variables.get(Slot::cookieLifetime));
    let is_written = tracker(n, |one| {
        let is_same = one.visitor_cookie == state.as_str();
        one.visitor_cookie = state.as_str().into();
        is_same
    });
    let mut value = Writer::new();
    value.encoded(id.text());
    if !is_written && !write(n, variables, host, text(FID), value.text(), Lifetime::Seconds(TWO_YEARS)) {
        return Writer::new();
    }
    id
}

/// Whether the visitor is in the sample; one without a number draws it, for the session.
pub fn is_sampled(n: u32, variables: &Variables<'_>, host: Text<'_>) -> bool {
    let name = sampling::cookie(variables);
    if name.text().is_empty() {
        return true;
    }
    let jar = hands::cookies();
    let mut number = cookies::find(text(&jar), name.text()).unwrap_or(Text::empty());
    let mut drawn = Writer::new();
    if number.number() == 0 {
        drawn.number(hands::random());
        drawn.number(hands::random());
        number = drawn.text();
        write(n, variables, host, name.text(), number, Lifetime::Session);
    }
    sampling::is_in(variables.get(Slot::visitorSampling), number)
}

/// The value of a cookie as it is stored, empty where there is none ("Util.cookieRead" in the documentation).
pub fn read(name: Text<'_>) -> String {
    let mut escaped = Writer::new();
    escaped.encoded(name);
    let jar = hands::cookies();
    match cookies::find(text(&jar), escaped.text()) {
        Some(value) if value != EMPTY_COOKIE => value.as_str().into(),
        _ => String::new(),
    }
}

/// Writes a cookie and tells whether it is there then ("Util.cookieWrite" in the documentation).
pub fn write_named(n: u32, name: Text<'_>, value: Text<'_>, seconds: i32) -> bool {
    let pairs = hands::variables(n);
    let facts = hands::moment();
    let lifetime = match seconds {
        0 => Lifetime::Session,
        1.. => Lifetime::Seconds(seconds.unsigned_abs()),
        _ => Lifetime::Over,
    };
    let (mut escaped, mut content) = (Writer::new(), Writer::new());
    escaped.encoded(name);
    content.encoded(value);
    if value.is_empty() {
        content.str(EMPTY_COOKIE);
    }
    if !name.is_empty() {
        let variables = Variables::read(text(&pairs));
        let host = Moment::read(text(&facts)).host;
        write(n, &variables, host, escaped.text(), content.text(), lifetime);
    }
    let mut wanted = Writer::new();
    wanted.encoded(value);
    text(&read(name)) == wanted.text()
}
