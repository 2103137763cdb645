//! The decoder against every request that was recorded of Adobe's library (`tests/wire`).

use std::fs;

use super::json::Json;
use super::{Hit, Kind, Path, decode};

/// Requests that Adobe's library breaks: scenario, number of the request, what is said of it.
const BROKEN: [(&str, usize, &str); 1] =
    [("context-data-level-names", 0, "broken percent-encoding: a % without two hexadecimal digits (in c.y.100%.)")];
/// Requests that Adobe's library cuts off, at a `#` that it does not escape.
const CUT: [(&str, usize); 1] = [("context-data-level-names", 1)];

struct Request {
    scenario: String,
    number: usize,
    url: String,
    query: String,
    body: String,
}

fn recorded() -> Vec<Request> {
    let mut paths: Vec<_> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire"))
        .expect("tests/wire")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "tests/wire has no scenarios");
    paths.iter().flat_map(|path| requests(&fs::read_to_string(path).expect("a scenario file"))).collect()
}

fn requests(file: &str) -> Vec<Request> {
    let file = Json::parse(file);
    let scenarios = file.list("scenarios");
    assert!(!scenarios.is_empty(), "a file without scenarios");
    let mut requests = Vec::new();
    for scenario in scenarios {
        let expected = scenario.get("expect").expect("what is expected");
        for (number, request) in expected.list("requests").iter().enumerate() {
            let query = request.text("query").to_owned();
            let mut url = format!("https://{}{}", request.text("host"), request.text("path"));
            if !query.is_empty() {
                url = format!("{url}?{query}");
            }
            let scenario = scenario.text("name").to_owned();
            requests.push(Request { scenario, number, url, query, body: request.text("body").to_owned() });
        }
    }
    requests
}

#[test]
fn every_recorded_request_is_read() {
    let (mut broken, mut cut) = (Vec::new(), Vec::new());
    let requests = recorded();
    assert!(requests.len() > 500, "only {} requests", requests.len());
    for request in &requests {
        let place = (request.scenario.as_str(), request.number);
        match decode(&request.url, &request.body) {
            Err(error) => broken.push((place.0, place.1, error.to_string())),
            Ok(hit) if !hit.complete => cut.push(place),
            Ok(hit) => {
                assert_eq!(hit.unknown, [], "{place:?}");
                assert_eq!(count(&hit), values(request), "something of {place:?} is lost: {hit:#?}");
            }
        }
    }
    let broken: Vec<_> = broken.iter().map(|(scenario, number, error)| (*scenario, *number, error.as_str())).collect();
    assert_eq!(broken, BROKEN);
    assert_eq!(cut, CUT);
}

/// How many values a hit has.
fn count(hit: &Hit) -> usize {
    let pairs = [&hit.context_data, &hit.hints, &hit.customer_ids, &hit.audience];
    hit.variables.len() + hit.activity_map.len() + hit.envelope.len() + pairs.iter().map(|p| p.len()).sum::<usize>()
}

/// How many values a request has: what has `=`, but for the time, the ends, the suites of clicks and the rest of a URL.
fn values(request: &Request) -> usize {
    let parameters = request.query.split('&').chain(request.body.split('&'));
    let apart = ["t", "AQB", "AQE", "u", "-g"];
    parameters.filter_map(|parameter| parameter.split_once('=')).filter(|(name, _)| !apart.contains(name)).count()
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
    let said: Vec<_> = hit.activity_map.iter().map(|click| (click.name.as_str(), click.value.as_str())).collect();
    assert_eq!(said, [("page", "Sida"), ("link", "Fil"), ("region", "del"), ("pageIDType", "1")]);
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
