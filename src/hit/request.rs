//! The request of a hit: its URL, written from the variables in the order of their table.

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::variables::{FAMILIES, LAST_NUMBER, Pairs, Row, Slot, Variables, rows, slot_of};
use super::{context, events, utf16};

/// How the path of every hit begins.
pub const HIT_PATH: &str = "/b/ss/";
/// The maximum length of a hierarchy in UTF-16 units ("hier" in Adobe's documentation).
const MAX_HIER_UNITS: usize = 255;
/// The number of rows that may be sent: the rest of the table are settings.
const SENT_ROWS: usize = Slot::account as usize;
/// Context data that links send although `linkTrackVars` does not name it: consent.
const ALWAYS_IN_LINKS: &str = "cm.ssf,opt.dmp,opt.sell";

/// The parts of a request that are not variables.
pub struct Parts<'a> {
    /// Whether the page is served over HTTPS.
    pub secure: bool,
    /// Random digits, different for every hit.
    pub random: Text<'a>,
    /// The local time in the wire format.
    pub time: Text<'a>,
    /// `contextData` as names and values.
    pub context: Text<'a>,
    /// Customer ids as names and values: `NAME.id`, `NAME.as`.
    pub customers: Text<'a>,
    /// Client hints as names and values.
    pub hints: Text<'a>,
    /// The parameters of audience management, if the page uses that. The response is then a script.
    pub audience: Option<Text<'a>>,
    /// The tracker's index in `s_c_il`.
    pub index: u32,
    /// The parameters of a click for Activity Map, escaped.
    pub click: Text<'a>,
}

/// What every query starts with.
const QUERY_START: &str = "AQB=1&ndh=1&pf=1";

/// The body of a POST whose response is to be data: the query without the callback that a script would call.
pub fn body_without_callback<'b>(out: &'b TextBuilder, query: Text<'_>) -> Text<'b> {
    let start = out.mark();
    out.str(QUERY_START);
    out.byte(b'&');
    out.put(query.from(QUERY_START.len() + 1).after(b'&'));
    out.take_from(start)
}

/// Writes the URL of a hit. Returns where its query starts, after the question mark.
pub fn write(out: &TextBuilder, variables: &Variables<'_>, parts: &Parts<'_>) -> usize {
    let start = out.mark();
    out.str(if parts.secure { "https://" } else { "http://" });
    host(out, variables, parts.secure);
    path(out, variables, parts);
    let query = out.mark() - start + 1;
    out.byte(b'?');
    out.str(QUERY_START);
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
    for row in rows().take(SENT_ROWS) {
        parameter(out, variables, parts, &filter, &row);
    }
    out.str("&AQE=1");
    query
}

fn time(out: &TextBuilder, time: Text<'_>) {
    out.parameter(text("t"), time);
}

/// Writes the tracking server, or if none is set `NAMESPACE.DATA-CENTER.2o7.net` ("trackingServer" in Adobe's
/// documentation).
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
    let data_center = variables.get(Slot::dc);
    out.byte(b'.');
    if data_center.eq_ignore_case(text("d2")) {
        out.str("122");
    } else if data_center.is_empty() || data_center.eq_ignore_case(text("d1")) {
        out.str("112");
    } else {
        out.put(data_center);
    }
    out.str(".2o7.net");
}

fn path(out: &TextBuilder, variables: &Variables<'_>, parts: &Parts<'_>) {
    out.str(HIT_PATH);
    for (index, suite) in variables.get(Slot::account).split(b',').enumerate() {
        if index > 0 {
            out.byte(b',');
        }
        out.encoded(suite);
    }
    out.str(if variables.is_set(Slot::mobile) { "/5." } else { "/" });
    out.str(if parts.audience.is_some() { "10/JS-" } else { "1/JS-" });
    // What a page appends to the version is sent too.
    out.put(variables.get(Slot::version));
    if variables.is_set(Slot::tagContainerName) {
        out.byte(b'T');
    }
    let marker = variables.get(Slot::tagContainerMarker);
    if !marker.is_empty() {
        out.byte(b'-');
        out.encoded(marker);
    }
    out.str("/s");
    out.put(parts.random);
}

/// Which variables and events a link or a light hit sends ("linkTrackVars", "linkTrackEvents" in Adobe's
/// documentation).
struct Filter<'a> {
    /// Whether variables are filtered.
    is_on: bool,
    /// Whether the hit is one of a light profile.
    is_light: bool,
    /// The variables that may be sent.
    names: Text<'a>,
    /// The events that may be sent; empty for all.
    events: Text<'a>,
    /// The values of `names`, if the filter is on.
    listed: Option<Variables<'a>>,
}

impl<'a> Filter<'a> {
    fn of(variables: &Variables<'a>) -> Self {
        let is_light = variables.is_set(Slot::lightProfileID);
        // A type alone filters too, though a link without name and URL is sent as a page view. For a `pe` of one letter
        // AppMeasurement finds the filters in a member of `s` with that name, which has none.
        let pe = variables.get(Slot::pe);
        let is_link = pe.len() != 1 && !(pe.is_empty() && variables.get(Slot::linkType).is_empty());
        let names = variables.get(if is_light { Slot::lightTrackVars } else { Slot::linkTrackVars });
        let is_on = (is_link || is_light) && !names.is_empty();
        Self {
            listed: is_on.then(|| Self::listed(variables, names)),
            is_on,
            is_light,
            names,
            events: if is_link { variables.get(Slot::linkTrackEvents) } else { Text::empty() },
        }
    }

    /// The values of the variables with these names.
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

    /// The snapshot with the numbered variables that may be sent.
    fn numbered<'f>(&'f self, variables: &'f Variables<'a>) -> &'f Variables<'a> {
        self.listed.as_ref().unwrap_or(variables)
    }

    /// Whether the hit has the variable of a row, if that is set.
    fn sends(&self, row: &Row) -> bool {
        let is_filtered = row.is_filtered();
        if self.is_light {
            return !is_filtered && row.is_in_light_hits();
        }
        if is_only_in_light_hits(row.slot) {
            return false;
        }
        !is_filtered
            || !self.is_on
            || row.slot == Slot::events as usize && !self.events.is_empty()
            || self.names.contains_item(row.name(), b',')
    }
}

/// Writes the slots of the variables that a hit would send, each followed by a comma, in the order of the hit ("foreachVar" of
/// AppMeasurement).
pub fn sent_slots(out: &TextBuilder, variables: &Variables<'_>) {
    let filter = Filter::of(variables);
    for row in rows().take(SENT_ROWS) {
        if row.slot == Slot::pe as usize {
            numbered(out, filter.numbered(variables), filter.is_light, true);
        }
        if filter.sends(&row) && variables.value(row.slot).is_some() {
            slot_item(out, row.slot);
        }
    }
}

fn slot_item(out: &TextBuilder, slot: usize) {
    out.number(slot as u32);
    out.byte(b',');
}

/// Writes the variable of a row, and the parameters without a row that come before it.
fn parameter(out: &TextBuilder, variables: &Variables<'_>, parts: &Parts<'_>, filter: &Filter<'_>, row: &Row) {
    if row.slot == Slot::contextData as usize {
        context_data(out, parts.context, filter);
        return client_hints(out, variables, parts.hints, filter);
    }
    if row.slot == Slot::pe as usize {
        numbered(out, filter.numbered(variables), filter.is_light, false);
    }
    if !filter.sends(row) {
        return;
    }
    if row.slot == Slot::latitude as usize {
        out.put(parts.click);
    }
    if row.slot == Slot::events as usize {
        return write_events(out, variables, filter);
    }
    if row.slot == Slot::visitorMigrationKey as usize
        && let Some(value) = variables.value(Slot::vmk as usize)
    {
        out.parameter(row.parameter(), value);
    }
    if let Some(value) = variables.value(row.slot) {
        if row.parameter().starts_with(text("pev")) {
            return as_given(out, row.parameter(), value);
        }
        out.parameter(row.parameter(), value);
    }
}

/// Writes a parameter whose value is escaped already, by us or by the page: only what would end the URL or a stored list is
/// escaped. NUL and U+0001 come as `\x01` `0` and `\x01` `1`.
fn as_given(out: &TextBuilder, name: Text<'_>, value: Text<'_>) {
    out.parameter(name, Text::empty());
    for &byte in value.bytes() {
        match byte {
            1 => out.str("%0"),
            b'#' => out.str("%23"),
            _ => out.byte(byte),
        }
    }
}

/// Variables that stay set on the tracker, and that only light hits send.
fn is_only_in_light_hits(slot: usize) -> bool {
    slot == Slot::lightStoreForSeconds as usize || slot == Slot::lightIncrementBy as usize
}

fn write_events(out: &TextBuilder, variables: &Variables<'_>, filter: &Filter<'_>) {
    let start = out.mark();
    events::write(out, variables, filter.events);
    let list = out.take_from(start);
    if !list.is_empty() {
        out.parameter(text("events"), list);
    }
}

#[inline(never)]
fn context_data(out: &TextBuilder, pairs: Text<'_>, filter: &Filter<'_>) {
    if !filter.is_on {
        return context::write(out, "c", pairs);
    }
    write_listed(out, "c", pairs, filter.names, "contextData.");
}

/// Client hints that the page has set itself are filtered in links; those that the browser was asked for are not.
fn client_hints(out: &TextBuilder, variables: &Variables<'_>, pairs: Text<'_>, filter: &Filter<'_>) {
    if filter.is_light {
        return;
    }
    if !filter.is_on || variables.is_set(Slot::collectHighEntropyUserAgentHints) {
        return context::write(out, "h", pairs);
    }
    write_listed(out, "h", pairs, filter.names, "clientHints.");
}

/// Writes the pairs whose names `names` lists behind a prefix, and those that all links send.
fn write_listed(out: &TextBuilder, level: &str, pairs: Text<'_>, names: Text<'_>, prefix: &str) {
    let start = out.mark();
    for pair in Pairs(pairs) {
        let name = pair.name();
        if is_listed(name, names, text(prefix)) || text(ALWAYS_IN_LINKS).contains_item(name, b',') {
            out.pair(name, pair.value());
        }
    }
    let listed = out.take_from(start);
    context::write(out, level, listed);
}

/// Whether `names` lists a name behind a prefix.
fn is_listed(name: Text<'_>, names: Text<'_>, prefix: Text<'_>) -> bool {
    for listed in names.split(b',') {
        if listed.starts_with(prefix) && listed.from(prefix.len()) == name {
            return true;
        }
    }
    false
}

/// Writes props, eVars, hierarchies and lists, or their slots (`lists_slots`), number by number. Light hits have only the first two.
fn numbered(out: &TextBuilder, variables: &Variables<'_>, is_light: bool, lists_slots: bool) {
    for number in 0..=LAST_NUMBER {
        for family in &FAMILIES {
            if number > family.last {
                continue;
            }
            let slot = family.first_slot + number;
            let Some(value) = variables.value(slot) else { continue };
            if is_light && !matches!(family.parameter, b'c' | b'v') {
                continue;
            }
            if lists_slots {
                slot_item(out, slot);
                continue;
            }
            out.byte(b'&');
            out.byte(family.parameter);
            out.number(number as u32);
            out.byte(b'=');
            if family.parameter == b'h' {
                let cut = utf16::cut(value, MAX_HIER_UNITS);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The URL of a hit, and the body of a POST whose response is data.
    fn written(pairs: &str, audience: Option<&str>) -> (String, String) {
        let out = TextBuilder::new();
        let none = Text::empty();
        let parts = Parts {
            secure: true,
            random: text("1"),
            time: none,
            context: none,
            customers: none,
            hints: none,
            audience: audience.map(text),
            index: 12,
            click: none,
        };
        let query = write(&out, &Variables::named(text(pairs)), &parts);
        let url = out.text();
        (url.as_str().to_owned(), body_without_callback(&out, url.from(query)).as_str().to_owned())
    }

    #[test]
    fn the_path_says_who_sends_the_hit_and_what_is_to_answer() {
        for (pairs, audience, path) in [
            ("account\0a\0", None, "/b/ss/a/1/JS-"),
            ("account\0a\0mobile\x001\0", None, "/b/ss/a/5.1/JS-"),
            ("account\0a\0", Some(""), "/b/ss/a/10/JS-"),
            ("account\0a\0mobile\x001\0", Some(""), "/b/ss/a/5.10/JS-"),
        ] {
            let (url, _) = written(pairs, audience);
            assert!(url.contains(path), "{url}");
        }
    }

    #[test]
    fn the_migration_key_has_an_older_name() {
        let (url, _) = written("account\0a\0vmk\0old\0visitorMigrationKey\0new\0", None);
        assert!(url.contains("&vmt=old&vmt=new&"), "{url}");
        assert!(written("account\0a\0vmk\0old\0", None).0.contains("&vmt=old&"));
    }

    #[test]
    fn a_post_has_no_callback() {
        let (url, body) = written("account\0a\0pageName\0Home\0", Some("x\x001\0"));
        assert!(url.contains("?AQB=1&ndh=1&pf=1&callback=s_c_il[12].doPostbacks&et=1&t=&d.&x=1&.d&"), "{url}");
        assert_eq!(body, "AQB=1&ndh=1&pf=1&et=1&t=&d.&x=1&.d&pageName=Home&AQE=1");
    }

    #[test]
    fn a_light_hit_says_nothing_about_clicks() {
        let query = |pairs: &str| {
            let out = TextBuilder::new();
            let none = Text::empty();
            let parts = Parts {
                secure: true,
                random: none,
                time: none,
                context: none,
                customers: none,
                hints: none,
                audience: None,
                index: 0,
                click: text("&pid=x"),
            };
            write(&out, &Variables::named(text(pairs)), &parts);
            out.text().as_str().to_owned()
        };
        assert!(query("account\0a\0").contains("&pid=x"));
        assert!(!query("account\0a\0lightProfileID\x001\0").contains("&pid=x"));
    }

    fn sent(pairs: &str) -> Vec<String> {
        let out = TextBuilder::new();
        sent_slots(&out, &Variables::named(text(pairs)));
        let named = |slot: &str| {
            let slot: usize = slot.parse().expect("a slot");
            let row = rows().nth(slot).map(|row| row.name().as_str().to_owned());
            row.unwrap_or_else(|| {
                let family = FAMILIES.iter().rfind(|family| family.first_slot <= slot).expect("a family");
                format!("{}{}", family.name, slot - family.first_slot)
            })
        };
        out.text().as_str().split_terminator(',').map(named).collect()
    }

    #[test]
    fn the_path_has_the_version_of_the_page_and_what_it_appends() {
        let path_of = |pairs: &str| written(pairs, None).0.split('?').next().expect("a path").to_owned();
        let start = "account\0a\0trackingServer\0d.example\0version\0";
        assert_eq!(path_of(&format!("{start}2.27.0|1.3\0")), "https://d.example/b/ss/a/1/JS-2.27.0|1.3/s1");
        assert_eq!(
            path_of(&format!("{start}2.27.0\0tagContainerName\0t\0tagContainerMarker\0LABCDEF\0")),
            "https://d.example/b/ss/a/1/JS-2.27.0T-LABCDEF/s1"
        );
    }

    #[test]
    fn settings_are_no_variables_that_a_hit_sends_and_the_others_have_its_order() {
        assert_eq!(
            sent(
                "latitude\x001\0eVar2\x001\0account\x001\0pageName\x001\0linkTrackVars\x001\0list1\x001\0prop2\x001\0"
            ),
            ["pageName", "list1", "prop2", "eVar2", "latitude"]
        );
    }

    #[test]
    fn a_link_sends_what_its_filter_lists_and_what_is_always_sent() {
        let set = "eVar2\x001\0pageName\x001\0prop1\x001\0events\x001\0linkType\0o\0linkTrackVars\0prop1\0";
        assert_eq!(sent(set), ["pageName", "prop1"]);
        assert_eq!(sent(&format!("{set}linkTrackEvents\0None\0")), ["pageName", "events", "prop1"]);
    }

    #[test]
    fn a_light_hit_sends_few_variables() {
        let set = "eVar2\x001\0pageName\x001\0prop1\x001\0hier1\x001\0charSet\x001\0lightProfileID\x001\0";
        assert_eq!(sent(set), ["charSet", "lightProfileID", "prop1", "eVar2"]);
        assert_eq!(sent(&format!("{set}lightTrackVars\0prop1,pageName\0")), ["charSet", "lightProfileID", "prop1"]);
    }
}
