//! Arbitrary pages for property tests, and the request URLs that the tracker writes for them.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

use crate::hit::context;
use crate::hit::request::{self, Parts};
use crate::hit::text::text;
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{FAMILIES, Slot, Variables, rows};

/// Values by name.
pub type Values = BTreeMap<String, String>;

/// Variables that are not sent under their own name but decide what is sent.
const SETTINGS: [(&str, Slot); 3] =
    [("events2", Slot::events2), ("linkTrackVars", Slot::linkTrackVars), ("lightTrackVars", Slot::lightTrackVars)];

/// The inputs of a request: variables of the page and facts from the browser.
#[derive(Clone, Debug)]
pub struct Page {
    pub secure: bool,
    pub mobile: bool,
    pub server: String,
    pub suites: Vec<String>,
    pub marker: String,
    pub time: String,
    pub variables: Values,
    pub context: Values,
    pub customers: Values,
    pub hints: Values,
    pub audience: Option<Values>,
    pub click: Values,
    pub click_suite: String,
}

fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        select(vec!['&', '=', '%', '.', ',', '+', '#', '?', '/', '-', '\0', '\u{1}', ' ', 'a', '0', 'å', '漢', '😀']),
        any::<char>(),
    ];
    let short = vec(character, 1..8).prop_map(String::from_iter);
    prop_oneof![9 => short.clone(), 1 => (short, 100..300_usize).prop_map(|(short, times)| short.repeat(times))]
}

/// A name of context data, with dots in any position.
fn any_name() -> impl Strategy<Value = String> {
    let level = prop_oneof![
        6 => select(vec!["", "a", "b", "activitymap", "c", "x&y", "å", "AQE"]).prop_map(String::from),
        1 => vec(any::<char>(), 1..4).prop_map(String::from_iter),
    ];
    vec(level, 1..5).prop_map(|levels| levels.join("."))
}

fn any_values() -> impl Strategy<Value = Values> {
    btree_map(any_name(), any_text(), 0..8)
}

fn any_variables() -> impl Strategy<Value = Values> {
    let excluded = ["linkTrackVars", "lightTrackVars", "lightProfileID", "lightStoreForSeconds", "lightIncrementBy"];
    let names: Vec<_> = slots().into_keys().filter(|name| !excluded.contains(&name.as_str())).collect();
    let pe = prop_oneof![select(vec!["lnk_o", "lnk_d", "lnk_e"]).prop_map(String::from), any_text()];
    let likely = select(vec!["campaign", "eVar0", "events", "events2", "pageURL", "pageURLRest", "hier1", "products"]);
    let name = prop_oneof![3 => select(names), 1 => likely.prop_map(String::from)];
    (btree_map(name, any_text(), 0..20), proptest::option::of(pe)).prop_map(|(mut variables, pe)| {
        variables.extend(pe.map(|pe| (String::from("pe"), pe)));
        variables
    })
}

prop_compose! {
    pub fn any_page()(
        (secure, mobile) in any::<(bool, bool)>(),
        server in "[a-z]{1,9}\\.example\\.com(:[0-9]{4})?",
        suites in vec(any_text().prop_map(|suite| suite.replace(',', "_")), 1..4),
        marker in prop_oneof![Just(String::new()), any_text()],
        time in any_text(),
        variables in any_variables(),
        context in any_values(),
        customers in any_values(),
        hints in any_values(),
        audience in proptest::option::of(any_values()),
        click in btree_map(select(vec!["page", "link", "region"]).prop_map(String::from), any_text(), 0..4),
        click_suite in prop_oneof![Just(String::new()), "[a-z]{1,9}"],
    ) -> Page {
        Page {
            secure, mobile, server, suites, marker, time, variables, context, customers, hints, audience, click, click_suite,
        }
    }
}

/// The slots of the variables that are sent, and of SETTINGS, by name.
fn slots() -> BTreeMap<String, usize> {
    let mut slots = BTreeMap::new();
    for row in rows().filter(|row| row.parameter() != "-" && row.kind() != b's') {
        slots.insert(format!("{:?}", row.name()), row.slot);
    }
    for family in &FAMILIES {
        slots.extend((0..=family.last).map(|number| (format!("{}{number}", family.name), family.first_slot + number)));
    }
    slots.extend(SETTINGS.map(|(name, slot)| (String::from(name), slot as usize)));
    slots
}

/// Escapes a text as JavaScript passes it to the core: NUL separates texts, so NUL and \u{1} are escaped.
fn escape(value: &str) -> String {
    value.replace('\u{1}', "\u{1}1").replace('\0', "\u{1}0")
}

fn pairs(values: &Values) -> String {
    let pairs: Vec<_> = values.iter().map(|(name, value)| format!("{}\0{}\0", escape(name), escape(value))).collect();
    pairs.concat()
}

/// The pending click, as the tracker stores it for the next hit.
fn click(page: &Page) -> String {
    let values = page.click.iter().map(|(name, value)| (format!("a.activitymap.{name}"), value.clone())).collect();
    let out = TextBuilder::new();
    context::write(&out, "c", text(&pairs(&values)));
    if page.click_suite.is_empty() {
        out.text().as_str().to_owned()
    } else {
        format!("&u={}{}&u=0", page.click_suite, out.text().as_str())
    }
}

/// The URL of the page's hit, as the tracker writes it.
pub fn request_url(page: &Page) -> String {
    let slots = slots();
    let account = escape(&page.suites.join(","));
    let (marker, time) = (escape(&page.marker), escape(&page.time));
    // The page and the tracker escape these, the request does not.
    let escape_as_sent = |name: &str, value: &str| {
        let out = TextBuilder::new();
        if name.starts_with("pev") {
            out.encoded(text(value));
        } else {
            out.put(text(value));
        }
        out.text().as_str().to_owned()
    };
    let values: Vec<_> =
        page.variables.iter().map(|(name, value)| (slots[name], escape_as_sent(name, &escape(value)))).collect();
    let mut variables = Variables::named(text(""));
    for (slot, value) in &values {
        variables.put(*slot, text(value));
    }
    variables.set(Slot::account, text(&account));
    variables.set(Slot::trackingServer, text(&page.server));
    variables.set(Slot::version, text("2.27.0"));
    variables.set(Slot::tagContainerMarker, text(&marker));
    variables.set(Slot::mobile, text(if page.mobile { "true" } else { "" }));
    let (context, customers, hints) = (pairs(&page.context), pairs(&page.customers), pairs(&page.hints));
    let (audience, click) = (page.audience.as_ref().map(pairs), click(page));
    let parts = Parts {
        secure: page.secure,
        random: text("123"),
        time: text(&time),
        context: text(&context),
        customers: text(&customers),
        hints: text(&hints),
        audience: audience.as_deref().map(text),
        index: 3,
        click: text(&click),
    };
    let out = TextBuilder::new();
    request::write(&out, &variables, &parts);
    out.text().as_str().to_owned()
}
