//! Clicks in the page: links that are tracked by themselves, and what Activity Map keeps of all others.
//!
//! The hands have one element at hand at a time; what is asked of an element is asked of that one.

use super::hands::{self, Deed, Question, ask, of, tell, to};
use super::state::{Number, Tracker, trackers};
use super::{cookies, track};
use crate::hit::activity::{self, Click, EMPTY_COOKIE, Element, setting};
use crate::hit::cookies::{Lifetime, find};
use crate::hit::link;
use crate::hit::pad::Pad;
use crate::hit::text::{Text, text};
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
fn described(pad: &Pad) -> Element<'_> {
    Element(of(pad, Question::describe, 0))
}

/// The nearest link around the element at hand, which is then at hand.
fn around(pad: &Pad) -> Option<Link<'_>> {
    loop {
        let element = described(pad);
        let words = if element.kind().is_empty() { Text::empty() } else { of(pad, Question::words, 0) };
        if element.is_link(words) {
            return Some(Link { element, words });
        }
        if to(Deed::outer, 0) == 0 {
            return None;
        }
    }
}

/// The link of a hit that the page has given, and its address set where the page has not set one.
pub fn given<'p>(pad: &'p Pad, one: &Tracker, variables: &Variables<'_>) -> Option<Link<'p>> {
    if !variables.is_set(Slot::linkObject) || to(Deed::element, one.n) == 0 {
        return None;
    }
    let link = around(pad)?;
    if !variables.is_set(Slot::linkURL) && link.element.has_address() {
        set(pad, one, variables, &link, Text::empty());
    }
    Some(link)
}

/// Sets address and type of a link on the tracker.
fn set(pad: &Pad, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>, kind: Text<'_>) {
    let start = pad.mark();
    pad.pair(text("linkURL"), link::address(variables, link.element.href()));
    if !kind.is_empty() {
        pad.pair(text("linkType"), kind);
    }
    tell(Deed::assign, one.n, pad.since(start));
}

/// Address and name of the link as they are sent.
pub fn address_and_name<'p>(pad: &'p Pad, variables: &Variables<'p>) -> (Text<'p>, Text<'p>) {
    let (url, name) = (link::address(variables, variables.get(Slot::linkURL)), variables.get(Slot::linkName));
    if !variables.is_set(Slot::decodeLinkParameters) {
        return (url, name);
    }
    let decoded = |part| ask(pad, Question::decode, 0, part);
    (decoded(url), decoded(name))
}

/// What the page has set of Activity Map.
fn settings<'p>(pad: &'p Pad, one: &Tracker) -> Text<'p> {
    ask(pad, Question::inner, one.n, text("ActivityMap"))
}

/// Notes from the first hit on how far the page is scrolled, where Activity Map is to say so.
pub fn watch_scrolling(pad: &Pad, one: &Tracker) {
    if !setting(settings(pad, one), "trackScrollReach").is_empty() {
        to(Deed::seen, 0);
    }
}

/// What Activity Map says of a click on the link at hand, escaped; nothing where the page does not want it.
fn said<'p>(pad: &'p Pad, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>) -> Text<'p> {
    let start = pad.mark();
    pad.str("link\0");
    pad.put(variables.get(Slot::linkName));
    let label = ask(pad, Question::map, one.n, pad.since(start));
    let region = if label.is_empty() { label } else { ask(pad, Question::map, one.n, text("region\0")) };
    let settings = settings(pad, one);
    if !setting(settings, "trackScrollReach").is_empty() {
        pad.number(to(Deed::seen, 0) / 10 * 10);
    }
    let reach = pad.since(start);
    activity::write(
        pad,
        variables,
        &Click { link: label, region, reach, element: link.element, words: link.words },
        [setting(settings, "linkExclusions"), setting(settings, "regionExclusions")],
    );
    pad.since(start)
}

/// The name of a link: the page's own, the one given to `tl`, one set in its handler, its words, its pictures, its value.
pub fn name<'p>(pad: &'p Pad, given: Text<'p>) -> Text<'p> {
    let element = described(pad);
    let own = ask(pad, Question::attribute, 0, text("data-s-object-id"));
    for candidate in [own, given, element.object_id()] {
        if !candidate.is_empty() {
            return candidate;
        }
    }
    for question in [Question::words, Question::pictures] {
        let candidate = of(pad, question, 0);
        if !candidate.is_empty() {
            return candidate;
        }
    }
    element.value()
}

/// The region of an element: the nearest ancestor's id.
pub fn region<'p>(pad: &'p Pad, one: &Tracker) -> Text<'p> {
    let wanted = setting(settings(pad, one), "regionIDAttribute");
    let names = if wanted.is_empty() { text("data-id,id") } else { wanted };
    if to(Deed::isInPage, 0) == 0 {
        return Text::empty();
    }
    while to(Deed::parent, 0) > 0 {
        for name in names.split(b',') {
            let id = ask(pad, Question::attribute, 0, name);
            if !id.is_empty() {
                return id;
            }
        }
    }
    text("BODY")
}

/// The click that goes along with a hit: its own, else the one that waits for its report suites.
pub fn of_hit<'p>(
    pad: &'p Pad,
    one: &Tracker,
    variables: &Variables<'_>,
    link: Option<&Link<'_>>,
    jar: Text<'p>,
) -> Text<'p> {
    let own = link.map_or(Text::empty(), |link| said(pad, one, variables, link));
    let kept = kept(pad, variables, jar);
    let start = pad.mark();
    activity::take(pad, kept, variables.get(Slot::account));
    let taken = pad.since(start);
    if !taken.is_empty() {
        put_by(pad, one, variables, kept, Text::empty());
    }
    if own.is_empty() { taken } else { own }
}

/// Keeps a click on a link that is not tracked for the next hit of the report suites.
pub fn keep(pad: &Pad, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>) {
    let click = said(pad, one, variables, link);
    if !click.is_empty() {
        put_by(pad, one, variables, kept(pad, variables, of(pad, Question::cookies, 0)), click);
    }
}

/// What is kept, with its outermost escapes undone.
fn kept<'p>(pad: &'p Pad, variables: &Variables<'_>, jar: Text<'p>) -> Text<'p> {
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        return ask(pad, Question::note, 0, text(COOKIE));
    }
    let start = pad.mark();
    match find(jar, text(COOKIE)) {
        Some(value) if value != EMPTY_COOKIE => pad.decoded(value),
        _ => {}
    }
    pad.since(start)
}

fn put_by(pad: &Pad, one: &Tracker, variables: &Variables<'_>, kept: Text<'_>, click: Text<'_>) {
    let start = pad.mark();
    activity::put_by(pad, kept, variables.get(Slot::account), click);
    let all = pad.since(start);
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        pad.pair(text(COOKIE), all);
        tell(Deed::setNote, 0, pad.since(start));
        return;
    }
    pad.encoded(all);
    let escaped = if all.is_empty() { text(EMPTY_COOKIE) } else { pad.since(start) };
    cookies::write(pad, one, variables, text(COOKIE), escaped, Lifetime::SESSION);
}

/// A second click on the same link within so many ms is not tracked.
const SAME_CLICK: u32 = 10_000;

/// A click somewhere in the page, for every tracker.
pub fn clicked(pad: &Pad) {
    static LAST: Number = Number::new(0);
    let link = if to(Deed::target, 0) > 0 { around(pad) } else { None };
    let now = hands::now();
    let since = now.wrapping_sub(LAST.replace(now));
    let is_repeated = to(Deed::again, 0) > 0 && since < SAME_CLICK;
    if link.as_ref().is_some_and(|link| link.element.tracks_itself()) {
        return;
    }
    let mut tracked = Text::empty();
    for one in trackers() {
        let variables = track::read(pad, one);
        let account = variables.get(Slot::account);
        let is_done = is_repeated || tracked.lists(account, 0);
        if let Some(link) = &link {
            prepare(pad, one, &variables, link, is_done);
        }
        if track::click(pad, one) {
            tracked = pad.join(tracked, pad.join(account, text("\0")));
        }
    }
}

/// Sets the clicked link on a tracker, and what it is tracked as.
#[inline(never)]
fn prepare(pad: &Pad, one: &Tracker, variables: &Variables<'_>, link: &Link<'_>, is_done: bool) {
    to(Deed::giveLink, one.n);
    let element = &link.element;
    if !element.has_address() {
        return;
    }
    let host = of(pad, Question::host, 0);
    let kind = if is_done { Text::empty() } else { link::kind(variables, element.href(), host) };
    if variables.is_set(Slot::trackExternalLinks) && !variables.is_set(Slot::linkInternalFilters) && kind != "d" {
        let start = pad.mark();
        pad.pair(text("linkInternalFilters"), host);
        tell(Deed::assign, one.n, pad.since(start));
    }
    set(pad, one, variables, link, kind);
}
