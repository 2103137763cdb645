//! Round trips: the decoder restores what the tracker writes, for arbitrary pages.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::arbitrary_page::{Page, Values, any_page, request_url};
use crate::inspect::{Hit, Kind, Pair, Path, decode};

const ACTIVITY_MAP: &str = "a.activitymap.";

proptest! {
    #[test]
    fn everything_that_is_sent_is_restored(page in any_page()) {
        let url = request_url(&page);
        let hit = decode(&url, "").expect(&url);
        prop_assert!(hit.complete);
        prop_assert_eq!(&hit.unknown, &[]);
        prop_assert_eq!((&hit.collector, hit.secure, &hit.suites), (&page.server, page.secure, &page.suites));
        prop_assert_eq!((&hit.version, &hit.marker), (&String::from("JS-2.27.0"), &page.marker));
        prop_assert_eq!((hit.path, hit.kind), (path(&page), kind(&page)));
        prop_assert_eq!(&hit.time, &page.time);
        prop_assert_eq!(variables(&hit), sent(&page.variables));
        let (own_clicks, context) = leaves(&page.context).into_iter().partition(|(name, _)| name.starts_with(ACTIVITY_MAP));
        prop_assert_eq!(values(&hit.context_data), context);
        prop_assert_eq!(clicks(&hit), expected_clicks(&page, &own_clicks));
        prop_assert_eq!(values(&hit.customer_ids), leaves(&page.customers));
        prop_assert_eq!(values(&hit.hints), leaves(&page.hints));
        prop_assert_eq!(values(&hit.audience), page.audience.as_ref().map(leaves).unwrap_or_default());
    }

    #[test]
    fn a_body_is_decoded_like_a_query(page in any_page()) {
        let url = request_url(&page);
        let (address, query) = url.split_once('?').expect("a query");
        prop_assert_eq!(decode(address, query), decode(&url, ""));
    }

    #[test]
    fn the_filtered_variables_of_links_and_light_hits_are_restored(
        mut page in any_page(),
        light in any::<bool>(),
        named in subsequence(vec!["campaign", "eVar0", "eVar1", "prop1", "events", "products", "state"], 1..7),
    ) {
        for name in &named {
            page.variables.insert(String::from(*name), format!("value of {name}"));
        }
        let (mark, filter) = if light { ("lightProfileID", "lightTrackVars") } else { ("pe", "linkTrackVars") };
        page.variables.insert(String::from(mark), String::from("lnk_o"));
        page.variables.insert(String::from(filter), named.join(","));
        let hit = decode(&request_url(&page), "").expect("a hit");
        prop_assert_eq!(&hit.unknown, &[]);
        prop_assert_eq!(hit.kind, if light { Kind::Light } else { Kind::CustomLink });
        let (read, sent) = (variables(&hit), sent(&page.variables));
        for (name, value) in &read {
            let is_lone_evar0 = name == "campaign" && page.variables.get("eVar0") == Some(value);
            prop_assert!(is_lone_evar0 || sent.get(name) == Some(value), "{} = {}", name, value);
        }
        let expected = |name: &&str| !light || name.starts_with("prop") || name.starts_with("eVar1");
        for name in named.into_iter().filter(expected) {
            let is_lone_evar0 = name == "eVar0" && !read.contains_key("eVar0");
            prop_assert!(read.contains_key(if is_lone_evar0 { "campaign" } else { name }), "{}", name);
        }
    }

    #[test]
    fn malformed_requests_do_not_panic(
        url in "(https://a\\.b)?/b/ss/[a-z%,/]{0,9}(\\?AQB=1[&=.%a-cv0-9é]{0,60})?",
        body in "[&=.%AQBEcv0-9]{0,30}",
    ) {
        let _ = decode(&url, &body);
    }
}

fn path(page: &Page) -> Path {
    match (page.mobile, &page.audience) {
        (true, _) => Path::Mobile,
        (_, Some(_)) => Path::Audience,
        _ => Path::Image,
    }
}

fn kind(page: &Page) -> Kind {
    match page.variables.get("pe").map(String::as_str) {
        None => Kind::PageView,
        Some("lnk_o") => Kind::CustomLink,
        Some("lnk_d") => Kind::DownloadLink,
        Some("lnk_e") => Kind::ExitLink,
        Some(_) => Kind::Other,
    }
}

/// The variables as they are sent: some are joined, hierarchies are truncated, and `eVar0` without `campaign` cannot be told
/// from `campaign`.
fn sent(variables: &Values) -> Values {
    let mut sent = variables.clone();
    if let Some(more) = sent.remove("events2") {
        sent.entry(String::from("events")).and_modify(|events| *events = format!("{events},{more}")).or_insert(more);
    }
    if let (Some(url), Some(rest)) = (sent.get("pageURL"), sent.get("pageURLRest")) {
        let url = format!("{url}{rest}");
        sent.remove("pageURLRest");
        sent.insert(String::from("pageURL"), url);
    }
    if !sent.contains_key("campaign")
        && let Some(lone) = sent.remove("eVar0")
    {
        sent.insert(String::from("campaign"), lone);
    }
    for (name, value) in &mut sent {
        if name.starts_with("hier") {
            let units: Vec<_> = value.encode_utf16().take(255).collect();
            *value = String::from_utf16_lossy(&units);
        }
    }
    sent
}

/// The values with dotted names that are sent: names that do not end with the start of a level.
fn leaves(values: &Values) -> Values {
    let mut leaves = values.clone();
    leaves.retain(|name, _| {
        let mut leaf = name.as_str();
        while let Some((_, rest)) = leaf.split_once('.').filter(|(level, _)| !level.is_empty()) {
            leaf = rest;
        }
        !leaf.is_empty()
    });
    leaves
}

fn variables(hit: &Hit) -> Values {
    distinct(hit.variables.iter().map(|variable| (&variable.name, &variable.value)))
}

fn values(pairs: &[Pair]) -> Values {
    distinct(pairs.iter().map(|pair| (&pair.name, &pair.value)))
}

fn distinct<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>) -> Values {
    let mut values = Values::new();
    for (name, value) in pairs {
        assert_eq!(values.insert(name.clone(), value.clone()), None, "{name} is decoded twice");
    }
    values
}

/// Name, value and report suite of the properties of clicks, sorted.
type Clicks<'a> = Vec<(&'a str, &'a str, &'a str)>;

fn clicks(hit: &Hit) -> Clicks<'_> {
    let mut clicks: Clicks =
        hit.activity_map.iter().map(|c| (c.name.as_str(), c.value.as_str(), c.suite.as_str())).collect();
    clicks.sort_unstable();
    clicks
}

/// The clicks that the page sends in its own context data, and those that the tracker adds.
fn expected_clicks<'a>(page: &'a Page, context: &'a Values) -> Clicks<'a> {
    let own = context.iter().filter_map(|(name, value)| Some((name.strip_prefix(ACTIVITY_MAP)?, value.as_str(), "")));
    let click = page.click.iter().map(|(name, value)| (name.as_str(), value.as_str(), page.click_suite.as_str()));
    let mut clicks: Clicks = own.chain(click).collect();
    clicks.sort_unstable();
    clicks
}
