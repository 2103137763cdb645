//! Clicks in the page: links that are tracked by themselves, and what Activity Map keeps of all others.

use alloc::string::String;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use wasm_bindgen::JsValue;

use super::state::tracker;
use super::{cookies, hands, track};
use crate::hit::activity::{self, Click, EMPTY_COOKIE, Element, setting};
use crate::hit::cookies::{Lifetime, find};
use crate::hit::link;
use crate::hit::moment::Moment;
use crate::hit::text::{Text, text};
use crate::hit::variables::{Slot, Variables};
use crate::hit::writer::Writer;

/// Where the click is kept.
const COOKIE: &str = "s_sq";

/// A link in the page, and what it says of itself.
pub struct Link {
    element: JsValue,
    facts: String,
    words: String,
}

impl Link {
    /// What it says of itself.
    pub fn element(&self) -> Element<'_> {
        Element::read(text(&self.facts))
    }
}

/// The nearest link around an element.
pub fn around(mut element: JsValue) -> Option<Link> {
    while !element.is_falsy() {
        let facts = hands::describe(&element);
        let known = Element::read(text(&facts));
        let words = if known.kind.is_empty() { String::new() } else { hands::words(&element) };
        if known.is_link(text(&words)) {
            return Some(Link { element, facts, words });
        }
        element = hands::outer(&element);
    }
    None
}

/// The link of a hit that the page has given, and its address set where the page has not set one.
pub fn given(n: u32, variables: &Variables<'_>) -> Option<Link> {
    if !variables.is_set(Slot::linkObject) {
        return None;
    }
    let link = around(hands::given(n))?;
    if !variables.is_set(Slot::linkURL) && link.element().has_address() {
        set(n, variables, &link, "");
    }
    Some(link)
}

/// Sets address and type of a link on the tracker.
pub fn set(n: u32, variables: &Variables<'_>, link: &Link, kind: &str) {
    let mut pairs = Writer::new();
    pairs.str("linkURL\0");
    pairs.put(link::address(variables, link.element().href));
    pairs.byte(0);
    if !kind.is_empty() {
        pairs.str("linkType\0");
        pairs.str(kind);
        pairs.byte(0);
    }
    hands::assign(n, pairs.as_str());
}

/// Address and name of the link as they are sent, joined by NUL.
pub fn address_and_name(variables: &Variables<'_>) -> String {
    let mut both = Writer::new();
    both.put(link::address(variables, variables.get(Slot::linkURL)));
    both.byte(0);
    both.put(variables.get(Slot::linkName));
    if variables.is_set(Slot::decodeLinkParameters) {
        return hands::decode(both.as_str());
    }
    both.as_str().into()
}

/// Notes from the first hit on how far the page is scrolled, where Activity Map is to say so.
pub fn watch_scrolling(n: u32) {
    if !setting(text(&hands::inner(n, "ActivityMap")), "trackScrollReach").is_empty() {
        hands::seen();
    }
}

/// What Activity Map says of a click on a link, escaped; nothing where the page does not want it.
pub fn said(n: u32, variables: &Variables<'_>, link: &Link) -> Writer {
    let element = link.element();
    let name = variables.get(Slot::linkName);
    let label = hands::map(n, "link", &link.element, name.as_str());
    let region = if label.is_empty() { String::new() } else { hands::map(n, "region", &link.element, "") };
    let settings = hands::inner(n, "ActivityMap");
    let mut reach = Writer::new();
    if !setting(text(&settings), "trackScrollReach").is_empty() {
        reach.number(hands::seen() / 10 * 10);
    }
    let mut out = Writer::new();
    activity::write(
        &mut out,
        variables,
        &Click { link: text(&label), region: text(&region), reach: reach.text(), element, words: text(&link.words) },
        [setting(text(&settings), "linkExclusions"), setting(text(&settings), "regionExclusions")],
    );
    out
}

/// The name of a link: the page's own, the one given to `tl`, one set in its handler, its words, its pictures, its value.
pub fn name(element: &JsValue, given: Text<'_>) -> String {
    let own = hands::attribute(element, "data-s-object-id");
    if !own.is_empty() {
        return own;
    }
    let facts = hands::describe(element);
    let known = Element::read(text(&facts));
    for candidate in [given, known.object_id()] {
        if !candidate.is_empty() {
            return candidate.as_str().into();
        }
    }
    let words = hands::words(element);
    if !words.is_empty() {
        return words;
    }
    let pictures = hands::pictures(element);
    if pictures.is_empty() { known.value.as_str().into() } else { pictures }
}

/// The region of an element: the nearest ancestor's id.
pub fn region(n: u32, element: &JsValue) -> String {
    let settings = hands::inner(n, "ActivityMap");
    let wanted = setting(text(&settings), "regionIDAttribute");
    if !hands::is_in_page(element) {
        return String::new();
    }
    let mut ancestor = hands::parent(element);
    while !ancestor.is_falsy() {
        let names = if wanted.is_empty() { ["data-id", "id"] } else { [wanted.as_str(), ""] };
        for name in names {
            let id = hands::attribute(&ancestor, name);
            if !id.is_empty() {
                return id;
            }
        }
        ancestor = hands::parent(&ancestor);
    }
    "BODY".into()
}

/// The click that goes along with a hit: its own, else the one that waits for its report suites.
pub fn of_hit(n: u32, variables: &Variables<'_>, link: Option<&Link>, jar: Text<'_>, host: Text<'_>) -> Writer {
    let mut own = link.map(|link| said(n, variables, link)).unwrap_or_default();
    let kept = kept(variables, jar);
    if kept.is_empty() {
        return own;
    }
    let (mut taken, mut left) = (Writer::new(), Writer::new());
    activity::take(&mut taken, &mut left, text(&kept), variables.get(Slot::account));
    if !taken.text().is_empty() {
        keep(n, variables, host, left.text());
        if own.text().is_empty() {
            own = taken;
        }
    }
    own
}

/// Keeps a click for the next hit of the report suites.
pub fn wait(n: u32, variables: &Variables<'_>, click: Text<'_>, jar: Text<'_>, host: Text<'_>) {
    let kept = kept(variables, jar);
    let (mut left, mut all) = (Writer::new(), Writer::new());
    activity::take(&mut Writer::new(), &mut left, text(&kept), variables.get(Slot::account));
    activity::add(&mut all, left.text(), variables.get(Slot::account), click);
    keep(n, variables, host, all.text());
}

/// What is kept, with its outermost escapes undone.
fn kept(variables: &Variables<'_>, jar: Text<'_>) -> String {
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        return hands::note(COOKIE);
    }
    let mut plain = Writer::new();
    match find(jar, text(COOKIE)) {
        Some(value) if value != EMPTY_COOKIE => plain.decoded(value),
        _ => {}
    }
    plain.as_str().into()
}

fn keep(n: u32, variables: &Variables<'_>, host: Text<'_>, value: Text<'_>) {
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        return hands::set_note(COOKIE, value.as_str());
    }
    let mut escaped = Writer::new();
    escaped.encoded(value);
    if value.is_empty() {
        escaped.str(EMPTY_COOKIE);
    }
    cookies::write(n, variables, host, text(COOKIE), escaped.text(), Lifetime::Session);
}

/// A second click on the same link within so many ms is not tracked.
const SAME_CLICK: u32 = 10_000;

/// A click somewhere in the page, for every tracker.
pub fn clicked() {
    let link = around(hands::target());
    let now = hands::now();
    let (is_again, since) = match &link {
        Some(link) => (hands::again(&link.element), LAST_CLICK.swap(now, Relaxed)),
        None => (hands::again(&JsValue::UNDEFINED), 0),
    };
    if link.as_ref().is_some_and(|link| link.element().tracks_itself()) {
        return;
    }
    let is_repeated = is_again && now.wrapping_sub(since) < SAME_CLICK;
    let mut tracked: Vec<String> = Vec::new();
    let mut n = 0;
    while tracker(n, |_| true) {
        let pairs = hands::variables(n);
        let variables = Variables::read(text(&pairs));
        let account = variables.get(Slot::account).as_str();
        let is_done = is_repeated || tracked.iter().any(|other| other == account);
        if let Some(link) = &link {
            prepare(n, &variables, link, is_done);
        }
        if track::click(n) {
            tracked.push(account.into());
        }
        n += 1;
    }
}

static LAST_CLICK: AtomicU32 = AtomicU32::new(0);

/// Sets the clicked link on a tracker, and what it is tracked as.
fn prepare(n: u32, variables: &Variables<'_>, link: &Link, is_done: bool) {
    hands::link(n, &link.element, &JsValue::UNDEFINED, &JsValue::UNDEFINED, &JsValue::UNDEFINED);
    let element = link.element();
    if !element.has_address() {
        return;
    }
    let facts = hands::moment();
    let host = Moment::read(text(&facts)).host;
    let kind = if is_done { Text::empty() } else { link::kind(variables, element.href, host) };
    if variables.is_set(Slot::trackExternalLinks) && !variables.is_set(Slot::linkInternalFilters) && kind != "d" {
        let mut pair = Writer::new();
        pair.str("linkInternalFilters\0");
        pair.put(host);
        pair.byte(0);
        hands::assign(n, pair.as_str());
    }
    set(n, variables, link, kind.as_str());
}
