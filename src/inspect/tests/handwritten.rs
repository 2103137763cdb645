//! Handwritten requests, valid, unusual and broken ones.

use crate::inspect::{Error, Hit, Kind, Pair, Parameter, Problem, decode};

fn decode_query(query: &str) -> Result<Hit, Error> {
    decode(&format!("https://data.example.com/b/ss/rsid/1/JS-1.0/s1?{query}"), "")
}

fn variables(hit: &Hit) -> Vec<(&str, &str)> {
    hit.variables.iter().map(|v| (v.name.as_str(), v.value.as_str())).collect()
}

fn pairs(pairs: &[Pair]) -> Vec<(&str, &str)> {
    pairs.iter().map(|pair| (pair.name.as_str(), pair.value.as_str())).collect()
}

fn unknown(hit: &Hit) -> Vec<(&str, &str)> {
    hit.unknown.iter().map(|p| (p.parameter.as_str(), p.value.as_str())).collect()
}

#[test]
fn parameters_may_come_in_any_order_and_repeatedly() {
    let hit = decode_query("AQE=1&pev2=n&v2=b&c=24&pe=lnk_d&v2=c&AQB=1").expect("a hit");
    assert!(hit.complete);
    assert_eq!(hit.kind, Kind::DownloadLink);
    assert_eq!(variables(&hit), [("pev2", "n"), ("eVar2", "b"), ("colorDepth", "24"), ("pe", "lnk_d"), ("eVar2", "c")]);
}

#[test]
fn the_first_v0_is_campaign_and_the_second_evar0() {
    let hit = decode_query("AQB=1&v0=a&c0=p&v0=b&v0=c&AQE=1").expect("a hit");
    assert_eq!(variables(&hit), [("campaign", "a"), ("prop0", "p"), ("eVar0", "b"), ("eVar0", "c")]);
}

#[test]
fn both_parts_of_a_long_page_url_are_joined() {
    for query in ["AQB=1&g=ab&v1=x&-g=cd&AQE=1", "AQB=1&-g=cd&v1=x&g=ab&AQE=1"] {
        let hit = decode_query(query).expect("a hit");
        assert!(variables(&hit).contains(&("pageURL", "abcd")), "{query}");
        assert_eq!(hit.variables.len(), 2, "{query}");
    }
    assert_eq!(variables(&decode_query("AQB=1&-g=cd&AQE=1").expect("a hit")), [("pageURLRest", "cd")]);
}

#[test]
fn the_outermost_level_decides_where_values_go() {
    let hit =
        decode_query("AQB=1&cid.&crm.&id=7&as=1&.crm&.cid&d.&x=1&.d&h.&bitness=64&.h&x.&y=2&.x&AQE=1").expect("a hit");
    assert_eq!(pairs(&hit.customer_ids), [("crm.id", "7"), ("crm.as", "1")]);
    assert_eq!(pairs(&hit.audience), [("x", "1")]);
    assert_eq!(pairs(&hit.hints), [("bitness", "64")]);
    assert_eq!(unknown(&hit), [("x.y", "2")]);
}

#[test]
fn clicks_belong_to_their_report_suite() {
    let hit =
        decode_query("AQB=1&u=b&c.&a.&activitymap.&link=L&.activitymap&x=1&.a&.c&u=0&pid=P&AQE=1").expect("a hit");
    let clicks: Vec<_> =
        hit.activity_map.iter().map(|c| (c.name.as_str(), c.value.as_str(), c.suite.as_str())).collect();
    assert_eq!(clicks, [("link", "L", "b"), ("pid", "P", "")]);
    assert_eq!(pairs(&hit.context_data), [("a.x", "1")]);
}

#[test]
fn parameters_that_make_no_sense_are_kept_as_unknown() {
    let hit = decode_query("AQB=1&c.&x&y.&z=3&.x&y&.c&v251=1&.c&v1&nope=1&.&AQE=1").expect("a hit");
    assert_eq!(pairs(&hit.context_data), [("y.z", "3")]);
    assert_eq!(
        unknown(&hit),
        [("x", ""), (".x", ""), ("y", ""), ("v251", "1"), (".c", ""), ("v1", ""), ("nope", "1"), (".", "")]
    );
    assert!(variables(&hit).is_empty());
}

#[test]
fn a_truncated_request_is_decoded_as_far_as_it_goes() {
    for (query, names) in [
        ("AQB=1&v1=a&c.&b.&x=1", 1),
        ("AQB=1&v1=a&v2=b%C3", 2),
        ("AQB=1&v1=a&v2=b%", 2),
        ("AQB=1&v1=a#&AQE=1", 1),
        ("AQB=1&v1=a&", 1),
    ] {
        let hit = decode_query(query).expect("a hit");
        assert!(!hit.complete, "{query}");
        assert_eq!(hit.variables.len(), names, "{query}");
    }
    assert!(decode_query("AQB=1&v2=b%C3&v1=a").is_err(), "only the last parameter may be truncated");
}

#[test]
fn errors_name_the_parameter() {
    let error = |query| decode_query(query).err().map(|e| (e.problem, e.parameter));
    assert_eq!(error("v1=a&AQE=1"), Some((Problem::NoBeginning, String::new())));
    assert_eq!(error("AQB=1&v1=%&AQE=1"), Some((Problem::BrokenEscape, String::from("v1"))));
    assert_eq!(error("AQB=1&c.&a.&%C3=1&AQE=1"), Some((Problem::NotUtf8, String::from("c.a.%C3"))));
    assert_eq!(error("AQB=1&c.&100%.&AQE=1"), Some((Problem::BrokenEscape, String::from("c.100%."))));
}

#[test]
fn the_body_of_a_post_holds_the_parameters() {
    let url = "http://data.example.com/b/ss/rsid/1/JS-1.0/s1";
    let hit = decode(url, "AQB=1&ndh=1&t=1/1/2024%201:2:3%201%20-60&v1=a&AQE=1").expect("a hit");
    assert!(hit.complete && !hit.secure);
    assert_eq!(hit.time, "1/1/2024 1:2:3 1 -60");
    assert_eq!(hit.envelope, [Parameter { parameter: String::from("ndh"), value: String::from("1") }]);
    assert_eq!(decode(url, "").err(), Some(Problem::NoBeginning.into()));
}

#[test]
fn limits_count_bytes() {
    let value = "å".repeat(50);
    let hit = decode_query(&format!("AQB=1&c1={value}&c2={value}a&ce={value}a&AQE=1")).expect("a hit");
    let over: Vec<_> = hit.variables.iter().map(|v| (v.limit, v.over)).collect();
    assert_eq!(over, [(100, false), (100, true), (0, false)]);
}

#[test]
fn pe_and_mtp_decide_the_kind_of_a_hit() {
    for (query, kind) in [
        ("", Kind::PageView),
        ("pe=lnk_o", Kind::CustomLink),
        ("pe=lnk_e", Kind::ExitLink),
        ("pe=m_s", Kind::Other),
        ("mtp=a", Kind::Light),
    ] {
        assert_eq!(decode_query(&format!("AQB=1&{query}&AQE=1")).expect("a hit").kind, kind, "{query}");
    }
}
