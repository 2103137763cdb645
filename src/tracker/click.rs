//! Clicks in the page: links that are tracked by themselves, and what Activity Map keeps of all others.
//!
//! The hands have one element at hand at a time; what is asked of an element is asked of that one.

use super::hands::{self, Deed, Question, ask, of, tell, to};
use super::state::{Number, Tracker, trackers};
use super::{cookies, track};
use crate::hit::activity_map::{self, Click, EMPTY_COOKIE, Element, setting};
use crate::hit::cookies::{Lifetime, find};
use crate::hit::link;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// Where the click is kept.
const COOKIE: &str = "s_sq";

/// A link in the page: what it says of itself.
pub struct Link<'p> {
    /// Its properties.
    pub element: Element<'p>,
    words: Text<'p>,
}

/// The element at hand, as far as it says.
fn described(builder: &TextBuilder) -> Element<'_> {
    Element(of(builder, Question::describe, 0))
}

/// The nearest link around the element at hand, which is then at hand.
fn around(builder: &TextBuilder) -> Option<Link<'_>> {
    loop {
        let element = described(builder);
        let words = if element.kind().is_empty() { Text::empty() } else { of(builder, Question::words, 0) };
        if element.is_link(words) {
            return Some(Link { element, words });
        }
        if to(Deed::outer, 0) == 0 {
            return None;
        }
    }
}

/// The link of a hit that the page has given, and its address set where the page has not set one.
pub fn given<'p>(builder: &'p TextBuilder, one: &Tracker, variables: &Variables<'_>) -> Option<Link<'p>> {
    if !variables.is_set(Slot::linkObject) || to(Deed::element, one.n) == 0 {
        return None;
    }
    let link = around(builder)?;
    if !variables.is_set(Slot::linkURL) && link.element.has_address() {
        set(builder, one, variables, &link, Text::empty());
    }
    Some(link)
}

/// Sets address and type of a link on the tracker.
fn set(builder: &TextBuilder, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>, kind: Text<'_>) {
    let start = builder.mark();
    builder.pair(text("linkURL"), link::address(variables, link.element.href()));
    if !kind.is_empty() {
        builder.pair(text("linkType"), kind);
    }
    tell(Deed::assign, one.n, builder.take_from(start));
}

/// Address and name of the link as they are sent.
pub fn address_and_name<'p>(builder: &'p TextBuilder, variables: &Variables<'p>) -> (Text<'p>, Text<'p>) {
    let (url, name) = (link::address(variables, variables.get(Slot::linkURL)), variables.get(Slot::linkName));
    if !variables.is_set(Slot::decodeLinkParameters) {
        return (url, name);
    }
    let decoded = |part| ask(builder, Question::decode, 0, part);
    (decoded(url), decoded(name))
}

/// What the page has set of Activity Map.
fn settings<'p>(builder: &'p TextBuilder, one: &Tracker) -> Text<'p> {
    ask(builder, Question::inner, one.n, text("ActivityMap"))
}

/// Notes from the first hit on how far the page is scrolled, where Activity Map is to say so.
pub fn watch_scrolling(builder: &TextBuilder, one: &Tracker) {
    if !setting(settings(builder, one), "trackScrollReach").is_empty() {
        to(Deed::seen, 0);
    }
}

/// What Activity Map says of a click on the link at hand, escaped; nothing where the page does not want it.
fn said<'p>(builder: &'p TextBuilder, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>) -> Text<'p> {
    let start = builder.mark();
    builder.str("link\0");
    builder.put(variables.get(Slot::linkName));
    let label = ask(builder, Question::map, one.n, builder.take_from(start));
    let region = if label.is_empty() { label } else { ask(builder, Question::map, one.n, text("region\0")) };
    let settings = settings(builder, one);
    if !setting(settings, "trackScrollReach").is_empty() {
        builder.number(to(Deed::seen, 0) / 10 * 10);
    }
    let reach = builder.take_from(start);
    activity_map::write(
        builder,
        variables,
        &Click { link: label, region, reach, element: link.element, words: link.words },
        [setting(settings, "linkExclusions"), setting(settings, "regionExclusions")],
    );
    builder.take_from(start)
}

/// The name of a link: the page's own, the one given to `tl`, one set in its handler, its words, its pictures, its value.
pub fn name<'p>(builder: &'p TextBuilder, given: Text<'p>) -> Text<'p> {
    let element = described(builder);
    let own = ask(builder, Question::attribute, 0, text("data-s-object-id"));
    for candidate in [own, given, element.object_id()] {
        if !candidate.is_empty() {
            return candidate;
        }
    }
    for question in [Question::words, Question::pictures] {
        let candidate = of(builder, question, 0);
        if !candidate.is_empty() {
            return candidate;
        }
    }
    element.value()
}

/// The region of an element: the nearest ancestor's id.
pub fn region<'p>(builder: &'p TextBuilder, one: &Tracker) -> Text<'p> {
    let wanted = setting(settings(builder, one), "regionIDAttribute");
    let names = if wanted.is_empty() { text("data-id,id") } else { wanted };
    if to(Deed::isInPage, 0) == 0 {
        return Text::empty();
    }
    while to(Deed::parent, 0) > 0 {
        for name in names.split(b',') {
            let id = ask(builder, Question::attribute, 0, name);
            if !id.is_empty() {
                return id;
            }
        }
    }
    text("BODY")
}

/// The click that goes along with a hit: its own, else the one that waits for its report suites.
pub fn of_hit<'p>(
    builder: &'p TextBuilder,
    one: &Tracker,
    variables: &Variables<'_>,
    link: Option<&Link<'_>>,
    jar: Text<'p>,
) -> Text<'p> {
    let own = link.map_or(Text::empty(), |link| said(builder, one, variables, link));
    let kept = kept(builder, variables, jar);
    let start = builder.mark();
    activity_map::take(builder, kept, variables.get(Slot::account));
    let taken = builder.take_from(start);
    if !taken.is_empty() {
        put_by(builder, one, variables, kept, Text::empty());
    }
    if own.is_empty() { taken } else { own }
}

/// Keeps a click on a link that is not tracked for the next hit of the report suites.
pub fn keep(builder: &TextBuilder, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>) {
    let click = said(builder, one, variables, link);
    if !click.is_empty() {
        put_by(builder, one, variables, kept(builder, variables, of(builder, Question::cookies, 0)), click);
    }
}

/// What is kept, with its outermost escapes undone.
fn kept<'p>(builder: &'p TextBuilder, variables: &Variables<'_>, jar: Text<'p>) -> Text<'p> {
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        return ask(builder, Question::note, 0, text(COOKIE));
    }
    let start = builder.mark();
    match find(jar, text(COOKIE)) {
        Some(value) if value != EMPTY_COOKIE => builder.decoded(value),
        _ => {}
    }
    builder.take_from(start)
}

fn put_by(builder: &TextBuilder, one: &Tracker, variables: &Variables<'_>, kept: Text<'_>, click: Text<'_>) {
    let start = builder.mark();
    activity_map::put_by(builder, kept, variables.get(Slot::account), click);
    let all = builder.take_from(start);
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        builder.pair(text(COOKIE), all);
        tell(Deed::setNote, 0, builder.take_from(start));
        return;
    }
    builder.encoded(all);
    let escaped = if all.is_empty() { text(EMPTY_COOKIE) } else { builder.take_from(start) };
    cookies::write(builder, one, variables, text(COOKIE), escaped, Lifetime::SESSION);
}

/// A second click on the same link within so many ms is not tracked.
const SAME_CLICK: u32 = 10_000;

/// A click somewhere in the page, for every tracker.
pub fn clicked(builder: &TextBuilder) {
    static LAST: Number = Number::new(0);
    let link = if to(Deed::target, 0) > 0 { around(builder) } else { None };
    let now = hands::now();
    let since = now.wrapping_sub(LAST.replace(now));
    let is_repeated = to(Deed::again, 0) > 0 && since < SAME_CLICK;
    if link.as_ref().is_some_and(|link| link.element.tracks_itself()) {
        return;
    }
    let mut tracked = Text::empty();
    for one in trackers() {
        let variables = track::read(builder, one);
        let account = variables.get(Slot::account);
        let is_done = is_repeated || tracked.contains_item(account, 0);
        if let Some(link) = &link {
            prepare(builder, one, &variables, link, is_done);
        }
        if track::click(builder, one) {
            tracked = builder.join(tracked, builder.join(account, text("\0")));
        }
    }
}

/// Sets the clicked link on a tracker, and what it is tracked as.
#[inline(never)]
fn prepare(builder: &TextBuilder, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>, is_done: bool) {
    to(Deed::giveLink, one.n);
    let element = &link.element;
    if !element.has_address() {
        return;
    }
    let host = of(builder, Question::host, 0);
    let kind = if is_done { Text::empty() } else { link::kind(variables, element.href(), host) };
    if variables.is_set(Slot::trackExternalLinks) && !variables.is_set(Slot::linkInternalFilters) && kind != "d" {
        let start = builder.mark();
        builder.pair(text("linkInternalFilters"), host);
        tell(Deed::assign, one.n, builder.take_from(start));
    }
    set(builder, one, variables, link, kind);
}
