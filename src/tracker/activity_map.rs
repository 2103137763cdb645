//! Links in the page and what Activity Map says about a click on one ("Activity Map" in Adobe's documentation).
//!
//! JavaScript has one current element at a time; everything said about an element is about that one.

use super::state::Tracker;
use super::{cookies, host};
use crate::hit::activity_map::{
    self, Click, DEFAULT_REGION_ATTRIBUTES, ELEMENT_PROPERTIES, EMPTY_COOKIE, Element, NAME_ATTRIBUTES, setting,
};
use crate::hit::cookies::{Lifetime, find};
use crate::hit::link;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// The cookie that keeps a click for the next page, and its key in session storage.
const PENDING_CLICKS: &str = "s_sq";

/// A link in the page.
pub struct Link<'b> {
    pub element: Element<'b>,
    /// Its visible text, read for buttons only.
    visible_text: Text<'b>,
}

fn current_element(builder: &TextBuilder) -> Element<'_> {
    Element(host::element_properties(builder, text(ELEMENT_PROPERTIES)))
}

/// The nearest link that contains the current element, which then becomes the current one.
pub fn select_link(builder: &TextBuilder) -> Option<Link<'_>> {
    loop {
        let element = current_element(builder);
        let visible_text = if element.kind().is_empty() { Text::empty() } else { host::element_text(builder) };
        if element.is_link(visible_text) {
            return Some(Link { element, visible_text });
        }
        if !host::select_outer() {
            return None;
        }
    }
}

/// The link that the page has given to the call as `linkObject`. Sets `linkURL` if the page has not.
pub fn link_of_call<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &Variables<'_>) -> Option<Link<'b>> {
    if !variables.is_set(Slot::linkObject) || !host::select_link_object(tracker) {
        return None;
    }
    let link = select_link(builder)?;
    if !variables.is_set(Slot::linkURL) && link.element.has_address() {
        set_link_variables(builder, tracker, variables, &link, Text::empty());
    }
    Some(link)
}

/// Sets the address of a link and, unless it is empty, its type on the tracker.
pub fn set_link_variables(
    builder: &TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    link: &Link<'_>,
    link_type: Text<'_>,
) {
    let start = builder.mark();
    builder.pair(text("linkURL"), link::address(variables, link.element.href()));
    if !link_type.is_empty() {
        builder.pair(text("linkType"), link_type);
    }
    host::assign(tracker, builder.take_from(start));
}

/// Address and name of the link as they are sent.
pub fn address_and_name<'b>(builder: &'b TextBuilder, variables: &Variables<'b>) -> (Text<'b>, Text<'b>) {
    let (url, name) = (link::address(variables, variables.get(Slot::linkURL)), variables.get(Slot::linkName));
    if !variables.is_set(Slot::decodeLinkParameters) {
        return (url, name);
    }
    (host::decode_percent(builder, url), host::decode_percent(builder, name))
}

fn settings<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> {
    host::object_entries(builder, tracker, text("ActivityMap"))
}

/// Starts to record how far the page is scrolled, if the site wants that in its clicks.
pub fn watch_scrolling(builder: &TextBuilder, tracker: &Tracker) {
    if !setting(settings(builder, tracker), "trackScrollReach").is_empty() {
        host::scroll_reach();
    }
}

/// What is sent about a click on the current element, a link; empty if the site does not want it.
fn describe_click<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    link: &Link<'_>,
) -> Text<'b> {
    let start = builder.mark();
    builder.str("link\0");
    builder.put(variables.get(Slot::linkName));
    let name = host::activity_map_name(builder, tracker, builder.take_from(start));
    let region = if name.is_empty() { name } else { host::activity_map_name(builder, tracker, text("region\0")) };
    let settings = settings(builder, tracker);
    if !setting(settings, "trackScrollReach").is_empty() {
        builder.number(host::scroll_reach() / 10 * 10);
    }
    let scroll_reach = builder.take_from(start);
    activity_map::write(
        builder,
        variables,
        &Click { link: name, region, scroll_reach, element: link.element, visible_text: link.visible_text },
        [setting(settings, "linkExclusions"), setting(settings, "regionExclusions")],
    );
    builder.take_from(start)
}

/// Activity Map's name of the current element: the page's own, the one given to `tl`, the one set in its handler, its
/// visible text, its pictures, its value.
pub fn link_name<'b>(builder: &'b TextBuilder, given: Text<'b>) -> Text<'b> {
    let element = current_element(builder);
    let own = host::attribute(builder, text("data-s-object-id"));
    for candidate in [own, given, element.object_id()] {
        if !candidate.is_empty() {
            return candidate;
        }
    }
    let visible_text = host::element_text(builder);
    if !visible_text.is_empty() {
        return visible_text;
    }
    let picture = host::first_attribute(builder, text(NAME_ATTRIBUTES));
    if picture.is_empty() { element.value() } else { picture }
}

/// Activity Map's region of the current element: the id of its nearest ancestor that has one.
pub fn region<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> {
    let configured = setting(settings(builder, tracker), "regionIDAttribute");
    let attributes = if configured.is_empty() { text(DEFAULT_REGION_ATTRIBUTES) } else { configured };
    if !host::is_in_document() {
        return Text::empty();
    }
    while host::select_parent() {
        for attribute in attributes.split(b',') {
            let id = host::attribute(builder, attribute);
            if !id.is_empty() {
                return id;
            }
        }
    }
    text("BODY")
}

/// The click that goes along with a hit: the one on its own link, else the one stored for its report suites, which is taken out
/// of storage.
pub fn take_click<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    link: Option<&Link<'_>>,
    jar: Text<'b>,
) -> Text<'b> {
    let own = link.map_or(Text::empty(), |link| describe_click(builder, tracker, variables, link));
    let pending = pending_clicks(builder, variables, jar);
    let start = builder.mark();
    activity_map::take(builder, pending, variables.get(Slot::account));
    let taken = builder.take_from(start);
    if !taken.is_empty() {
        store(builder, tracker, variables, pending, Text::empty());
    }
    if own.is_empty() { taken } else { own }
}

/// Stores a click on a link that makes no hit for the next hit of the report suites.
pub fn store_click(builder: &TextBuilder, tracker: &Tracker, variables: &Variables<'_>, link: &Link<'_>) {
    let click = describe_click(builder, tracker, variables, link);
    if !click.is_empty() {
        store(builder, tracker, variables, pending_clicks(builder, variables, host::cookies(builder)), click);
    }
}

/// The stored clicks, their outermost escapes undone.
fn pending_clicks<'b>(builder: &'b TextBuilder, variables: &Variables<'_>, jar: Text<'b>) -> Text<'b> {
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        return host::stored_text(builder, true, text(PENDING_CLICKS));
    }
    let start = builder.mark();
    match find(jar, text(PENDING_CLICKS)) {
        Some(value) if value != EMPTY_COOKIE => builder.decoded(value),
        _ => {}
    }
    builder.take_from(start)
}

/// Stores the pending clicks without those of the report suites, and with a new one if there is one.
fn store(builder: &TextBuilder, tracker: &Tracker, variables: &Variables<'_>, pending: Text<'_>, click: Text<'_>) {
    let start = builder.mark();
    activity_map::replace(builder, pending, variables.get(Slot::account), click);
    let all = builder.take_from(start);
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        builder.pair(text(PENDING_CLICKS), all);
        _ = host::set_stored_text(1, builder.take_from(start));
        return;
    }
    builder.encoded(all);
    let escaped = if all.is_empty() { text(EMPTY_COOKIE) } else { builder.take_from(start) };
    cookies::write(builder, tracker, variables, text(PENDING_CLICKS), escaped, Lifetime::SESSION);
}
