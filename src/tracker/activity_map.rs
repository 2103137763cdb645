//! Links in the page and what Activity Map says about a click on one ("Activity Map" in Adobe's documentation).
//!
//! JavaScript has one current element at a time; everything said about an element is about that one.

use super::state::Tracker;
use super::{cookies, host, snapshot};
use crate::hit::activity_map::{
    self, CONTEXT_PREFIX, Click, DEFAULT_REGION_ATTRIBUTE, ELEMENT_PROPERTIES, EMPTY_COOKIE, Element, LINK_ATTRIBUTE,
    NAME_ATTRIBUTES, OBJECT_ID, is_excluded,
};
use crate::hit::cookies::{Lifetime, find};
use crate::hit::hit_facts::{HIT_FACTS, HitFacts};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};
use crate::hit::{context, link};

/// The cookie that keeps a click for the next page, and its key in session storage.
const PENDING_CLICKS: &str = "s_sq";
/// How far outwards an element's link and region are looked for: a page's own nodes may lead in a circle.
const MAX_DEPTH: u32 = 1000;
/// The tracker's property with Activity Map.
const MAP: &str = "ActivityMap";
/// What is set for a link without an address, as JSON.
const NO_URL: &str = r#"{"linkURL":""}"#;
/// The tracker's property with context data.
const CONTEXT: &str = "contextData";

/// The link of a tracking call or of a click.
pub struct Link<'b> {
    pub element: Element<'b>,
    /// The parameters of the retired click map, escaped, if the site asks for them.
    click_map: Text<'b>,
}

/// The properties of the current element. XHTML has the names of elements in lower case.
fn current_element(builder: &TextBuilder) -> Element<'_> {
    let properties = host::element_properties(builder, text(ELEMENT_PROPERTIES));
    let name = properties.before(0);
    let start = builder.mark();
    for byte in name.bytes() {
        builder.byte(byte.to_ascii_uppercase());
    }
    builder.put(properties.from(name.len()));
    Element(builder.take_from(start))
}

/// The nearest link that contains the current element, which then becomes the current one. Text is read for buttons only.
fn select_link(builder: &TextBuilder) -> Option<Element<'_>> {
    for _ in 0..MAX_DEPTH {
        let element = current_element(builder);
        let has_text = || !host::element_properties(builder, text("textContent")).is_empty();
        if element.is_link(element.is_submit() && has_text()) {
            return Some(element);
        }
        if !host::select_outer() {
            break;
        }
    }
    None
}

/// Finds the link that the page has given to the call, or that has been clicked, and makes it the current element. Sets
/// object, address and type of the link on the tracker.
pub fn resolve<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &mut Variables<'b>) -> Option<Link<'b>> {
    let is_given = variables.is_set(Slot::linkObject);
    let mut found = None;
    if is_given || variables.is_set(Slot::clickObject) {
        found = host::select_property(tracker, text(if is_given { "linkObject" } else { "clickObject" }))
            .then(|| select_link(builder))
            .flatten()
            .filter(|element| is_given || !element.tracks_itself());
        host::set_link_object(tracker, found.is_some().into());
    }
    let given_url = variables.get(Slot::linkURL);
    let url = link::address(variables, given_url.or(found.map_or(Text::empty(), Element::href)));
    if !url.is_empty() {
        let start = builder.mark();
        builder.pair(text("linkURL"), url);
        if !variables.is_set(Slot::linkType) {
            let host = host::host_name(builder);
            let kind = link::kind(variables, url, host);
            // Else it stays what it is, which plug-ins compare.
            if !kind.is_empty() {
                builder.pair(text("linkType"), kind);
            }
            if link::needs_internal_filters(variables, kind, url) {
                builder.pair(text("linkInternalFilters"), host);
            }
        }
        snapshot::assign(tracker, variables, builder.take_from(start));
    } else if found.is_some() || !given_url.is_empty() {
        snapshot::blank(tracker, variables, NO_URL, &[Slot::linkURL]);
    }
    let element = found?;
    let start = builder.mark();
    if activity_map::wants_click_map(variables) {
        let property = |name| host::element_properties(builder, text(name));
        let visible_text =
            if element.kind().is_empty() { Text::empty() } else { property("innerText").or(property("textContent")) };
        let object_id = host::window_template(builder, text(OBJECT_ID));
        activity_map::write_click_map(builder, variables, element, visible_text, object_id);
    }
    Some(Link { element, click_map: builder.take_from(start) })
}

/// Address and name of the link as they are sent.
pub fn address_and_name<'b>(builder: &'b TextBuilder, variables: &Variables<'b>) -> (Text<'b>, Text<'b>) {
    let (url, name) = (variables.get(Slot::linkURL), variables.get(Slot::linkName));
    if !variables.is_set(Slot::decodeLinkParameters) {
        return (url, name);
    }
    (host::decode_percent(builder, url), host::decode_percent(builder, name))
}

fn setting<'b>(builder: &'b TextBuilder, tracker: &Tracker, name: &str) -> Text<'b> {
    host::activity_map_setting(builder, tracker, text(name))
}

/// Starts to record how far the page, or an element of it, is scrolled, if the site wants that in its clicks.
pub fn watch_scrolling(builder: &TextBuilder, tracker: &Tracker) {
    if !setting(builder, tracker, "trackScrollReach").is_empty() {
        host::watch_scrolling(setting(builder, tracker, "scrollReachSelector"));
    }
}

/// The click of a hit as context data; empty if there is none, or if the site does not want it. The page may have functions
/// of its own that name links and regions, even without an element.
pub fn describe_click<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &Variables<'_>) -> Text<'b> {
    let start = builder.mark();
    let link = host::activity_map_name(builder, tracker, text("link"));
    if link.is_empty() {
        return link;
    }
    let region = host::activity_map_name(builder, tracker, text("region"));
    if region.is_empty()
        || is_excluded(link, setting(builder, tracker, "linkExclusions"))
        || is_excluded(region, setting(builder, tracker, "regionExclusions"))
    {
        return Text::empty();
    }
    let reach = host::scroll_reach() / 10 * 10;
    if reach > 0 {
        builder.number(reach);
    }
    let scroll_reach = builder.take_from(start);
    activity_map::write(builder, variables, &Click { link, region, scroll_reach });
    builder.take_from(start)
}

/// Activity Map's name of the current element: the one given to `tl`, the page's own, the one set in its handler, its
/// visible text, its pictures, its value.
pub fn link_name<'b>(builder: &'b TextBuilder, tracker: &Tracker, given: Text<'b>) -> Text<'b> {
    let exclusions = setting(builder, tracker, "linkExclusions");
    if !given.is_empty() {
        return if is_excluded(given, exclusions) { Text::empty() } else { given };
    }
    let element = current_element(builder);
    let start = builder.mark();
    if host::has_property(tracker, text("useForcedLinkTracking")) {
        element.write_object_id(builder);
    }
    let in_handler = builder.take_from(start);
    let own = host::attribute(builder, text(LINK_ATTRIBUTE))
        .or(in_handler)
        .or(host::window_template(builder, text(OBJECT_ID)));
    if !own.is_empty() {
        return own;
    }
    let visible_text = host::element_text(builder);
    if !visible_text.is_empty() && !is_excluded(visible_text, exclusions) {
        return visible_text;
    }
    let picture = host::first_attribute(builder, text(NAME_ATTRIBUTES));
    if picture.is_empty() && element.name() == "INPUT" { element.value() } else { picture }
}

/// Activity Map's region of the current element: the id of its nearest ancestor that has one.
pub fn region<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> {
    let attribute = setting(builder, tracker, "regionIDAttribute").or(text(DEFAULT_REGION_ATTRIBUTE));
    for _ in 0..MAX_DEPTH {
        if !host::select_parent() {
            break;
        }
        let id = host::attribute(builder, attribute);
        if !id.is_empty() {
            return id;
        }
        // Like AppMeasurement it finds no region in XHTML, where the name is in lower case.
        if host::element_properties(builder, text("tagName")) == "BODY" {
            return text("BODY");
        }
    }
    Text::empty()
}

/// Whether clicks are sent as such: a page that takes `s.ActivityMap` away finds them in its context data.
fn is_on(tracker: &Tracker, variables: &Variables<'_>) -> bool {
    activity_map::wants_click_map(variables) || host::has_property(tracker, text(MAP))
}

/// Divides context data into what is sent as such, and what the page or Activity Map (`own`) says about a click. The latter is
/// empty on the tracker afterwards.
fn divide_context<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    context: Text<'b>,
    own: Text<'b>,
    is_on: bool,
) -> (Text<'b>, Text<'b>) {
    if own.is_empty() && !context.contains(text(CONTEXT_PREFIX)) {
        return (context, own);
    }
    let start = builder.mark();
    activity_map::pick(builder, context, false);
    let others = builder.take_from(start);
    activity_map::pick(builder, context, true);
    let of_page = builder.take_from(start);
    activity_map::merge(builder, of_page, own);
    let click = builder.take_from(start);
    builder.str(CONTEXT);
    builder.byte(0);
    if is_on {
        activity_map::write_blank(builder, click);
    } else {
        builder.put(own);
    }
    host::assign_in(tracker, builder.take_from(start));
    if is_on { (others, click) } else { (builder.join(others, click), Text::empty()) }
}

/// What is sent of the context data, and about a click: `own` or what the page says in its context data, and the click map of
/// the link; else the clicks stored for the report suites, which are taken out of storage.
pub fn settle<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    context: Text<'b>,
    own: Text<'b>,
    link: Option<&Link<'_>>,
    jar: Option<Text<'b>>,
) -> (Text<'b>, Text<'b>) {
    let is_on = is_on(tracker, variables);
    let (context, own) = divide_context(builder, tracker, context, own, is_on);
    if !is_on {
        return (context, own);
    }
    let start = builder.mark();
    context::write(builder, "c", own);
    if let Some(link) = link {
        builder.put(link.click_map);
    }
    let own = builder.take_from(start);
    let is_hit = jar.is_some();
    if !is_hit && own.is_empty() {
        return (context, own);
    }
    let pending = pending_clicks(builder, variables, jar);
    activity_map::take(builder, pending, variables.get(Slot::account));
    let taken = builder.take_from(start);
    if !is_hit || !taken.is_empty() {
        store(builder, tracker, variables, pending, if is_hit { Text::empty() } else { own });
    }
    (context, own.or(taken))
}

/// Stores a click that makes no hit for the next hit of the report suites.
pub fn store_click<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    own: Text<'b>,
    link: Option<&Link<'_>>,
) {
    let facts = HitFacts(host::hit_facts(builder, tracker, text(HIT_FACTS)));
    settle(builder, tracker, variables, facts.context(), own, link, None);
}

/// The stored clicks, their outermost escapes undone.
fn pending_clicks<'b>(builder: &'b TextBuilder, variables: &Variables<'_>, jar: Option<Text<'b>>) -> Text<'b> {
    if variables.is_set(Slot::useLinkTrackSessionStorage) {
        return host::stored_text(builder, true, text(PENDING_CLICKS));
    }
    let jar = jar.unwrap_or_else(|| host::cookies(builder));
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
