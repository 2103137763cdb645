//! Arbitrary pages, and their requests as the assembler writes them, for tests.

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

/// What is not sent itself.
const SETTINGS: [(&str, Slot); 3] =
    [("events2", Slot::events2), ("linkTrackVars", Slot::linkTrackVars), ("lightTrackVars", Slot::lightTrackVars)];

/// What a page and the browser give for a request.
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
    let sign = prop_oneof![
        select(vec!['&', '=', '%', '.', ',', '+', '#', '?', '/', '-', '\0', '\u{1}', ' ', 'a', '0', 'å', '漢', '😀']),
        any::<char>(),
    ];
    let short = vec(sign, 1..8).prop_map(String::from_iter);
    prop_oneof![9 => short.clone(), 1 => (short, 100..300_usize).prop_map(|(short, times)| short.repeat(times))]
}

/// A name of context data: dots at any place.
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
    let apart = ["linkTrackVars", "lightTrackVars", "lightProfileID", "lightStoreForSeconds", "lightIncrementBy"];
    let names: Vec<_> = places().into_keys().filter(|name| !apart.contains(&name.as_str())).collect();
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

/// The places of the variables that are sent, and of those that say which are.
fn places() -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    for row in rows().filter(|row| row.parameter() != "-" && row.kind() != b's') {
        places.insert(format!("{:?}", row.name()), row.slot);
    }
    for family in &FAMILIES {
        places.extend((0..=family.last).map(|number| (format!("{}{number}", family.name), family.first_slot + number)));
    }
    places.extend(SETTINGS.map(|(name, slot)| (String::from(name), slot as usize)));
    places
}

/// A text as the hands pass it over.
fn passed(value: &str) -> String {
    value.replace('\u{1}', "\u{1}1").replace('\0', "\u{1}0")
}

fn pairs(values: &Values) -> String {
    let pairs: Vec<_> = values.iter().map(|(name, value)| format!("{}\0{}\0", passed(name), passed(value))).collect();
    pairs.concat()
}

/// The click, as it is kept for the next hit.
fn click(page: &Page) -> String {
    let said: Values = page.click.iter().map(|(name, said)| (format!("a.activitymap.{name}"), said.clone())).collect();
    let out = TextBuilder::new();
    context::write(&out, "c", text(&pairs(&said)));
    if page.click_suite.is_empty() {
        out.text().as_str().to_owned()
    } else {
        format!("&u={}{}&u=0", page.click_suite, out.text().as_str())
    }
}

/// The URL of the page's hit.
pub fn written(page: &Page) -> String {
    let places = places();
    let account = passed(&page.suites.join(","));
    let (marker, time) = (passed(&page.marker), passed(&page.time));
    let values: Vec<_> = page.variables.iter().map(|(name, value)| (places[name], passed(value))).collect();
    let mut variables = Variables::named(text(""));
    for (place, value) in &values {
        variables.put(*place, text(value));
    }
    variables.set(Slot::account, text(&account));
    variables.set(Slot::trackingServer, text(&page.server));
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
