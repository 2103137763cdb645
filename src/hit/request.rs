//! The request of a hit: its URL, written from the variables by the one table.

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::variables::{FAMILIES, LAST_NUMBER, Pairs, Row, Slot, Variables, rows, slot_of};
use super::{context, events, utf16};

/// What the collector sees as the library's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// A hierarchy is cut behind so many UTF-16 units ("hier" in the documentation).
const HIER_LIMIT: usize = 255;
/// The settings that are never sent end the table.
const LAST_SENT: usize = Slot::account as usize;
/// What is sent in links although `linkTrackVars` does not name it.
const ALWAYS_IN_LINKS: &str = "cm.ssf,opt.dmp,opt.sell";

/// What a request is made of besides the variables.
pub struct Parts<'a> {
    /// Whether the page is served by https.
    pub secure: bool,
    /// Digits that change with every hit.
    pub random: Text<'a>,
    /// The local time as the wire format wants it.
    pub time: Text<'a>,
    /// `contextData`: names and values.
    pub context: Text<'a>,
    /// Customer ids of the visitor service: `NAME.id`, `NAME.as`.
    pub customers: Text<'a>,
    /// What the browser says of itself when asked.
    pub hints: Text<'a>,
    /// Parameters of the audience management object; with one the answer is a script.
    pub audience: Option<Text<'a>>,
    /// Where this tracker stands in `s_c_il`.
    pub index: u32,
    /// The click, escaped already, as Activity Map wants it.
    pub click: Text<'a>,
}

/// Writes the URL of a hit and says where its query begins.
pub fn write(out: &TextBuilder, variables: &Variables<'_>, parts: &Parts<'_>) -> usize {
    let start = out.mark();
    out.str(if parts.secure { "https://" } else { "http://" });
    host(out, variables, parts.secure);
    path(out, variables, parts);
    let query = out.mark() - start + 1;
    out.str("?AQB=1&ndh=1&pf=1");
    if let Some(audience) = parts.audience {
        out.str("&callback=s_c_il[");
        out.number(parts.index);
        out.str("].doPostbacks&et=1");
        time(out, parts.time);
        context::write(out, "cid", parts.customers);
        context::write(out, "d", audience);
    } else {
        time(out, parts.time);
        context::write(out, "cid", parts.customers);
    }
    let filter = Filter::of(variables);
    for row in rows().take(LAST_SENT) {
        parameter(out, variables, parts, &filter, &row);
    }
    out.str("&AQE=1");
    query
}

fn time(out: &TextBuilder, time: Text<'_>) {
    out.parameter(text("t"), time);
}

/// The tracking server; without one `NAMESPACE.DATACENTRE.2o7.net` ("trackingServer" in the documentation).
fn host(out: &TextBuilder, variables: &Variables<'_>, secure: bool) {
    let mut server = variables.get(Slot::trackingServer);
    if secure && !server.is_empty() && variables.is_set(Slot::trackingServerSecure) {
        server = variables.get(Slot::trackingServerSecure);
    }
    if !server.is_empty() {
        return out.put(server);
    }
    let namespace = variables.get(Slot::visitorNamespace);
    if namespace.is_empty() {
        for &byte in variables.get(Slot::account).before(b',').bytes() {
            if byte.is_ascii_alphanumeric() {
                out.byte(byte.to_ascii_lowercase());
            }
        }
    } else {
        out.put(namespace);
    }
    let centre = variables.get(Slot::dc);
    out.byte(b'.');
    if centre.eq_ignore_case(text("d2")) {
        out.str("122");
    } else if centre.is_empty() || centre.eq_ignore_case(text("d1")) {
        out.str("112");
    } else {
        out.put(centre);
    }
    out.str(".2o7.net");
}

fn path(out: &TextBuilder, variables: &Variables<'_>, parts: &Parts<'_>) {
    out.str("/b/ss/");
    for (index, suite) in variables.get(Slot::account).split(b',').enumerate() {
        if index > 0 {
            out.byte(b',');
        }
        out.encoded(suite);
    }
    out.str(if variables.is_set(Slot::mobile) {
        "/5.1/JS-"
    } else if parts.audience.is_some() {
        "/10/JS-"
    } else {
        "/1/JS-"
    });
    out.str(VERSION);
    let marker = variables.get(Slot::tagContainerMarker);
    if !marker.is_empty() {
        out.byte(b'-');
        out.encoded(marker);
    }
    out.str("/s");
    out.put(parts.random);
}

/// What a link leaves out ("linkTrackVars", "linkTrackEvents" in the documentation).
struct Filter<'a> {
    on: bool,
    light: bool,
    names: Text<'a>,
    events: Text<'a>,
    /// The values of what it names, if it is on.
    listed: Option<Variables<'a>>,
}

impl<'a> Filter<'a> {
    fn of(variables: &Variables<'a>) -> Self {
        let light = variables.is_set(Slot::lightProfileID);
        let link = variables.is_set(Slot::pe);
        let names = variables.get(if light { Slot::lightTrackVars } else { Slot::linkTrackVars });
        let on = (link || light) && !names.is_empty();
        Self {
            listed: on.then(|| Self::listed(variables, names)),
            on,
            light,
            names,
            events: if link { variables.get(Slot::linkTrackEvents) } else { Text::empty() },
        }
    }

    /// The variables of these names.
    fn listed(variables: &Variables<'a>, names: Text<'_>) -> Variables<'a> {
        let mut listed = Variables::new();
        for name in names.split(b',') {
            if let Some(slot) = slot_of(name)
                && let Some(value) = variables.value(slot)
            {
                listed.put(slot, value);
            }
        }
        listed
    }

    /// Where the variables that have a number are to be taken from.
    fn numbered<'f>(&'f self, variables: &'f Variables<'a>) -> &'f Variables<'a> {
        self.listed.as_ref().unwrap_or(variables)
    }

    fn lets_through(&self, name: Text<'_>) -> bool {
        !self.on || self.names.contains_item(name, b',')
    }
}

/// Writes what stands at one line of the table, and what follows it without a line of its own.
fn parameter(out: &TextBuilder, variables: &Variables<'_>, parts: &Parts<'_>, filter: &Filter<'_>, row: &Row) {
    if row.slot == Slot::contextData as usize {
        context_data(out, parts.context, filter);
        return context::write(out, "h", parts.hints);
    }
    if row.slot == Slot::pe as usize {
        numbered(out, filter.numbered(variables), filter.light);
    } else if row.slot == Slot::latitude as usize {
        out.put(parts.click);
    }
    let filtered = matches!(row.kind(), b'f' | b'c' | b'v');
    if filter.light && (filtered || !row.is_in_light_hits()) || !filter.light && is_of_light_hits(row.slot) {
        return;
    }
    if row.slot == Slot::events as usize {
        return write_events(out, variables, filter);
    }
    if let Some(value) = variables.value(row.slot)
        && (!filtered || filter.lets_through(row.name()))
    {
        out.parameter(row.parameter(), value);
    }
}

/// What stays on the tracker, and is sent with a light profile only.
fn is_of_light_hits(slot: usize) -> bool {
    slot == Slot::lightStoreForSeconds as usize || slot == Slot::lightIncrementBy as usize
}

fn write_events(out: &TextBuilder, variables: &Variables<'_>, filter: &Filter<'_>) {
    if !filter.lets_through(text("events")) && filter.events.is_empty() {
        return;
    }
    let start = out.mark();
    events::write(out, variables, filter.events);
    let list = out.take_from(start);
    if !list.is_empty() {
        out.parameter(text("events"), list);
    }
}

#[inline(never)]
fn context_data(out: &TextBuilder, pairs: Text<'_>, filter: &Filter<'_>) {
    if !filter.on {
        return context::write(out, "c", pairs);
    }
    let start = out.mark();
    for pair in Pairs(pairs) {
        let name = pair.name();
        if is_named(name, filter.names) || text(ALWAYS_IN_LINKS).contains_item(name, b',') {
            out.pair(name, pair.value());
        }
    }
    let named = out.take_from(start);
    context::write(out, "c", named);
}

/// Whether the filter lists `contextData.NAME`.
fn is_named(name: Text<'_>, names: Text<'_>) -> bool {
    let prefix = text("contextData.");
    for listed in names.split(b',') {
        if listed.starts_with(prefix) && listed.from(prefix.len()) == name {
            return true;
        }
    }
    false
}

/// Props, eVars, hierarchies and lists, number by number.
fn numbered(out: &TextBuilder, variables: &Variables<'_>, light: bool) {
    for number in 0..=LAST_NUMBER {
        for family in &FAMILIES {
            if number > family.last {
                continue;
            }
            let Some(value) = variables.value(family.first_slot + number) else { continue };
            if light && !matches!(family.parameter, b'c' | b'v') {
                continue;
            }
            out.byte(b'&');
            out.byte(family.parameter);
            out.number(number as u32);
            out.byte(b'=');
            if family.parameter == b'h' {
                let cut = utf16::cut(value, HIER_LIMIT);
                out.encoded(cut.head);
                if cut.torn {
                    out.encoded(text(utf16::HALF));
                }
            } else {
                out.encoded(value);
            }
        }
    }
}
