//! Every request recorded from Adobe's AppMeasurement (`tests/wire`).

use std::fs;
use std::path::Path as FilePath;

use serde::Deserialize;

use crate::inspect::{Hit, Kind, Path, decode};

/// Recorded requests with invalid percent-encoding: scenario, index of the request, error message.
const BROKEN: [(&str, usize, &str); 1] =
    [("context-data-level-names", 0, "broken percent-encoding: a % without two hexadecimal digits (in c.y.100%.)")];
/// Recorded requests that end at a `#`, which AppMeasurement does not escape: scenario, index of the request.
const TRUNCATED: [(&str, usize); 1] = [("context-data-level-names", 1)];

#[derive(Deserialize)]
struct ScenarioFile {
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Scenario {
    name: String,
    expect: Expectation,
}

#[derive(Deserialize)]
struct Expectation {
    #[serde(default)]
    requests: Vec<Request>,
}

#[derive(Deserialize)]
struct Request {
    host: String,
    path: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    body: String,
}

impl Request {
    fn url(&self) -> String {
        let separator = if self.query.is_empty() { "" } else { "?" };
        format!("https://{}{}{separator}{}", self.host, self.path, self.query)
    }

    /// How many values the request has: its parameters with `=`, except for the time, the markers of beginning and end,
    /// the report suites of clicks and the second part of the page URL.
    fn count_values(&self) -> usize {
        let parameters = self.query.split('&').chain(self.body.split('&'));
        let names = parameters.filter_map(|parameter| parameter.split_once('=')).map(|(name, _)| name);
        names.filter(|name| !["t", "AQB", "AQE", "u", "-g"].contains(name)).count()
    }
}

fn recorded_scenarios() -> Vec<Scenario> {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let entries = fs::read_dir(folder).expect("tests/wire").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect();
    paths.sort();
    paths.iter().flat_map(|path| parse(&fs::read_to_string(path).expect("a scenario file")).scenarios).collect()
}

fn parse(json: &str) -> ScenarioFile {
    serde_json::from_str(json).expect("a file of scenarios")
}

#[test]
fn every_recorded_request_is_decoded_completely() {
    let (mut count, mut broken, mut truncated) = (0, Vec::new(), Vec::new());
    let scenarios = recorded_scenarios();
    for Scenario { name, expect } in &scenarios {
        for (index, request) in expect.requests.iter().enumerate() {
            count += 1;
            match decode(&request.url(), &request.body) {
                Err(error) => broken.push((name.as_str(), index, error.to_string())),
                Ok(hit) if !hit.complete => truncated.push((name.as_str(), index)),
                Ok(hit) => {
                    assert_eq!(hit.unknown, [], "{name}, request {index}");
                    assert_eq!(count_values(&hit), request.count_values(), "{name}, request {index}: {hit:#?}");
                }
            }
        }
    }
    assert!(count > 500, "only {count} requests");
    let broken: Vec<_> = broken.iter().map(|(name, index, error)| (*name, *index, error.as_str())).collect();
    assert_eq!(broken, BROKEN);
    assert_eq!(truncated, TRUNCATED);
}

/// How many values a decoded hit has.
fn count_values(hit: &Hit) -> usize {
    let pairs = [&hit.context_data, &hit.hints, &hit.customer_ids, &hit.audience];
    hit.variables.len() + hit.activity_map.len() + hit.envelope.len() + pairs.iter().map(|p| p.len()).sum::<usize>()
}

#[test]
fn a_page_view() {
    let hit = decode(
        "https://data.example.com/b/ss/examplersid/1/JS-2.27.0/s12345?AQB=1&ndh=1&pf=1&t=4%2F10%2F2024%2012%3A30%3A5%201\
         %200&fid=0123456789ABCDEF-0123456789ABCDEF&ce=UTF-8&pageName=Shoes&g=https%3A%2F%2Fwww.example.com%2Fshoes%3Fcid\
         %3Demail_1&r=https%3A%2F%2Fwww.google.com%2Fsearch%3Fq%3Dshoes&cc=USD&purchaseID=A1&ch=catalogue&server=web-1&xact=T1\
         &v0=email_1&state=CA&zip=90210&events=event1%2Cevent2%3D3&products=%3Bsku%201%3B2%3B19.98%3Bevent5%3D1%7Cevent6%3D2\
         %3BeVar3%3Dred&c1=p%20one&v1=e%20one&h1=a%7Cb&l1=x%2Cy&l3=z&c75=p%20seventy%20five&v250=last&s=1280x720&c=24&j=1.6&v=N\
         &k=Y&bw=1280&bh=720&AQE=1",
        "",
    )
    .expect("a hit");
    assert_eq!(
        (hit.collector.as_str(), hit.secure, hit.kind, hit.path),
        ("data.example.com", true, Kind::PageView, Path::Image)
    );
    assert_eq!((hit.suites.as_slice(), hit.version.as_str()), ([String::from("examplersid")].as_slice(), "JS-2.27.0"));
    assert_eq!(hit.time, "4/10/2024 12:30:5 1 0");
    assert!(hit.complete);
    for (name, value) in [
        ("pageName", "Shoes"),
        ("pageURL", "https://www.example.com/shoes?cid=email_1"),
        ("referrer", "https://www.google.com/search?q=shoes"),
        ("currencyCode", "USD"),
        ("transactionID", "T1"),
        ("campaign", "email_1"),
        ("events", "event1,event2=3"),
        ("products", ";sku 1;2;19.98;event5=1|event6=2;eVar3=red"),
        ("prop75", "p seventy five"),
        ("eVar250", "last"),
        ("list3", "z"),
        ("cookiesEnabled", "Y"),
    ] {
        let found = hit.variables.iter().find(|variable| variable.name == name);
        assert_eq!(found.map(|variable| variable.value.as_str()), Some(value), "{name}");
    }
}

#[test]
fn a_download_with_its_click() {
    let hit = decode(
        "https://data.example.com/b/ss/examplersid/1/JS-2.27.0/s12345?AQB=1&ndh=1&pf=1&fid=0123456789ABCDEF-0123456789ABCDEF\
         &ce=UTF-8&pageName=Sida&g=https%3A%2F%2Fwww.example.com%2Fsida&c.&author=redaktionen&.c&pe=lnk_d\
         &pev1=https%3A%2F%2Fwww.example.com%2Ffil.pdf&c.&a.&activitymap.&page=Sida&link=Fil&region=del&pageIDType=1\
         &.activitymap&.a&.c&s=1280x720&c=24&j=1.6&v=N&k=Y&bw=1280&bh=720&AQE=1",
        "",
    )
    .expect("a hit");
    assert_eq!(hit.kind, Kind::DownloadLink);
    let click: Vec<_> = hit.activity_map.iter().map(|part| (part.name.as_str(), part.value.as_str())).collect();
    assert_eq!(click, [("page", "Sida"), ("link", "Fil"), ("region", "del"), ("pageIDType", "1")]);
    let context: Vec<_> = hit.context_data.iter().map(|pair| (pair.name.as_str(), pair.value.as_str())).collect();
    assert_eq!(context, [("author", "redaktionen")]);
}

#[test]
fn a_light_hit() {
    let hit = decode(
        "https://data.example.com/b/ss/examplersid/1/JS-2.27.0/s12345?AQB=1&ndh=1&pf=1&ce=UTF-8&c.&l%C3%A4ge=ja&.c&mtp=profil1\
         &mtss=3600&mti=1&c1=profil%20%C3%A5&v1=e&AQE=1",
        "",
    )
    .expect("a hit");
    assert_eq!(hit.kind, Kind::Light);
    let names: Vec<_> = hit.variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(names, ["charSet", "lightProfileID", "lightStoreForSeconds", "lightIncrementBy", "prop1", "eVar1"]);
    assert_eq!(hit.context_data.first().map(|pair| pair.name.as_str()), Some("läge"));
}
