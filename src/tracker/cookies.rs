//! The tracker's cookies in the browser: which are there, which must be written.
//!
//! The first read after a write asks another process and costs as much as several images, so nothing is written
//! without need and nothing is read back but once a page, to find the domain that the browser accepts.

use super::hands::{self, Deed, Question, of, tell};
use super::state::Tracker;
use super::track;
use crate::hit::activity_map::EMPTY_COOKIE;
use crate::hit::cookies::{self, Lifetime, TWO_YEARS};
use crate::hit::sampling;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

const FID: &str = "s_fid";
/// Says to other scripts that there are cookies.
const TAKEN: &str = "s_cc";
/// Is there only while the domain is looked for.
const PROBE: &str = "s_ac";

/// Whether the browser takes cookies on this page, and the page wants any; and what is in the jar, where that had to be read.
pub fn are_taken<'p>(
    builder: &'p TextBuilder,
    one: &Tracker,
    variables: &Variables<'_>,
    jar: &mut Option<Text<'p>>,
) -> bool {
    cookies::lifetime(variables.get(Slot::cookieLifetime), Lifetime::SESSION) != Lifetime::NEVER
        && labels(builder, one, of(builder, Question::host, 0), jar) > 0
}

/// Leaves word that there are cookies.
pub fn leave_word(builder: &TextBuilder, one: &Tracker, variables: &Variables<'_>) {
    if variables.get(Slot::cookiesEnabled) == "Y" {
        write(builder, one, variables, text(TAKEN), text("true"), Lifetime::SESSION);
    }
}

/// Writes a cookie. Name and value are escaped already. Whether it was attempted.
pub fn write(
    builder: &TextBuilder,
    one: &Tracker,
    variables: &Variables<'_>,
    name: Text<'_>,
    value: Text<'_>,
    asked: Lifetime,
) -> bool {
    let lifetime = cookies::lifetime(variables.get(Slot::cookieLifetime), asked);
    if lifetime == Lifetime::NEVER {
        return false;
    }
    let domain = domain(builder, one, variables);
    assign(builder, name, value, domain, lifetime, variables.is_set(Slot::writeSecureCookies));
    true
}

fn assign(builder: &TextBuilder, name: Text<'_>, value: Text<'_>, domain: Text<'_>, lifetime: Lifetime, secure: bool) {
    let start = builder.mark();
    cookies::assignment(builder, name, value, domain, lifetime, secure);
    tell(Deed::setCookie, 0, builder.take_from(start));
}

/// The widest domain that the browser takes cookies for, unless the page says how many labels it has.
fn domain<'p>(builder: &'p TextBuilder, one: &Tracker, variables: &Variables<'_>) -> Text<'p> {
    let host = of(builder, Question::host, 0);
    for slot in [Slot::fpCookieDomainPeriods, Slot::cookieDomainPeriods] {
        let labels = variables.get(slot).number();
        if labels > 0 {
            return cookies::domain(host, labels.max(2));
        }
    }
    cookies::domain(host, labels(builder, one, host, &mut None))
}

/// How many labels the domain has, looked for once a page.
fn labels<'p>(builder: &'p TextBuilder, one: &Tracker, host: Text<'_>, jar: &mut Option<Text<'p>>) -> u32 {
    if one.domain_labels.get() == 0 {
        one.domain_labels.set(find_labels(builder, host, jar));
    }
    one.domain_labels.get()
}

/// Tries domains from two labels on: below a public suffix the browser refuses the shorter ones. 0 where it takes none.
fn find_labels<'p>(builder: &'p TextBuilder, host: Text<'_>, jar: &mut Option<Text<'p>>) -> u32 {
    let mut labels = 2;
    loop {
        let domain = cookies::domain(host, labels);
        let probe = |lifetime| assign(builder, text(PROBE), text("1"), domain, lifetime, false);
        probe(Lifetime::SESSION);
        let read = of(builder, Question::cookies, 0);
        *jar = Some(read);
        if cookies::find(read, text(PROBE)).is_some() {
            probe(Lifetime::OVER);
            return labels;
        }
        if domain.len() == host.len() || domain.is_empty() {
            return 0;
        }
        labels += 1;
    }
}

/// The visitor id of a hit; kept in a cookie, empty where the visitor is known otherwise or there are no cookies.
pub fn visitor_id<'p>(builder: &'p TextBuilder, one: &Tracker, variables: &Variables<'_>, jar: Text<'_>) -> Text<'p> {
    let is_known = variables.is_set(Slot::marketingCloudVisitorID) || variables.is_set(Slot::analyticsVisitorID);
    if is_known || variables.get(Slot::cookiesEnabled) != "Y" {
        return Text::empty();
    }
    let start = builder.mark();
    match cookies::find(jar, text(FID)) {
        Some(kept) if cookies::is_visitor_id(kept) => builder.decoded(kept),
        _ => cookies::visitor_id(builder, [hands::random(), hands::random(), hands::random(), hands::random()]),
    }
    let id = builder.take_from(start);
    // What was written last stands for two years: once a page is enough, unless a setting has changed.
    let state = id.hash(variables.get(Slot::cookieLifetime).hash(0));
    let is_written = one.visitor_cookie.replace(state) == state;
    builder.encoded(id);
    let value = builder.take_from(start);
    if is_written || write(builder, one, variables, text(FID), value, Lifetime::seconds(TWO_YEARS)) {
        id
    } else {
        Text::empty()
    }
}

/// Whether the visitor is in the sample; one without a number draws it, for the session.
pub fn is_sampled(builder: &TextBuilder, one: &Tracker, variables: &Variables<'_>) -> bool {
    let name = sampling::cookie(builder, variables);
    if name.is_empty() {
        return true;
    }
    let mut number = cookies::find(of(builder, Question::cookies, 0), name).unwrap_or(Text::empty());
    if number.number() == 0 {
        let start = builder.mark();
        builder.number(hands::random());
        builder.number(hands::random());
        number = builder.take_from(start);
        write(builder, one, variables, name, number, Lifetime::SESSION);
    }
    sampling::is_in(variables.get(Slot::visitorSampling), number)
}

/// The value of a cookie as it is stored, empty where there is none ("Util.cookieRead" in the documentation).
pub fn read<'p>(builder: &'p TextBuilder, name: Text<'_>) -> Text<'p> {
    match cookies::find(of(builder, Question::cookies, 0), escaped(builder, name)) {
        Some(value) if value != EMPTY_COOKIE => value,
        _ => Text::empty(),
    }
}

/// Writes a cookie and tells whether it is there then ("Util.cookieWrite" in the documentation).
pub fn write_named(builder: &TextBuilder, one: &Tracker, name: Text<'_>, value: Text<'_>, seconds: i32) -> bool {
    let lifetime = match seconds {
        0 => Lifetime::SESSION,
        1.. => Lifetime::seconds(seconds.unsigned_abs()),
        _ => Lifetime::OVER,
    };
    let wanted = escaped(builder, value);
    if !name.is_empty() {
        let content = if value.is_empty() { text(EMPTY_COOKIE) } else { wanted };
        write(builder, one, &track::read(builder, one), escaped(builder, name), content, lifetime);
    }
    read(builder, name) == wanted
}

/// A text as it stands in a cookie.
pub fn escaped<'p>(builder: &'p TextBuilder, plain: Text<'_>) -> Text<'p> {
    let start = builder.mark();
    builder.encoded(plain);
    builder.take_from(start)
}
