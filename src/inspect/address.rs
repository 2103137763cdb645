//! The address of a request: everything before its parameters, `https://HOST/b/ss/SUITES/1/JS-VERSION[-MARKER]/sNUMBER`.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::hit::Path;
use super::{Error, Problem, percent};

const COLLECTION: &str = "/b/ss/";

/// What the address of a request says.
pub struct Address<'a> {
    /// As `trackingServer` has it; empty where the URL begins with its path.
    pub collector: &'a str,
    /// Whether the URL says https.
    pub secure: bool,
    /// The suites in their order.
    pub suites: Vec<String>,
    /// How the hit reached the collector.
    pub path: Path,
    /// The library and its version.
    pub version: String,
    /// `tagContainerMarker`.
    pub marker: String,
    /// The parameters, still escaped.
    pub query: &'a str,
}

/// Takes a URL apart: a whole one, one without its scheme (`//host/…`), or a path as a server sees it.
pub fn split(url: &str) -> Result<Address<'_>, Error> {
    // A browser sends nothing of a fragment.
    let url = before(url.trim(), '#');
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (origin, path) = address.split_once(COLLECTION).ok_or(Problem::NotACollectionRequest)?;
    let (secure, collector) = host(origin).ok_or(Problem::NotACollectionRequest)?;
    let mut parts = path.split('/');
    let suites = suites(parts.next().unwrap_or(""))?;
    if suites.is_empty() {
        return Err(Problem::NotACollectionRequest.into());
    }
    let path = kind(parts.next().unwrap_or(""));
    let (version, marker) = version(parts.next().unwrap_or(""))?;
    Ok(Address { collector, secure, suites, path, version, marker, query })
}

fn before(text: &str, end: char) -> &str {
    text.split_once(end).map_or(text, |(before, _)| before)
}

fn host(origin: &str) -> Option<(bool, &str)> {
    if origin.is_empty() {
        return Some((false, origin));
    }
    let (scheme, host) = origin.split_once("//")?;
    let secure = scheme.eq_ignore_ascii_case("https:");
    let known = secure || scheme.is_empty() || scheme.eq_ignore_ascii_case("http:");
    (known && !host.is_empty()).then_some((secure, host))
}

fn suites(list: &str) -> Result<Vec<String>, Error> {
    list.split(',').filter(|suite| !suite.is_empty()).map(part).collect()
}

fn kind(segment: &str) -> Path {
    match segment {
        "1" => Path::Image,
        "5.1" => Path::Mobile,
        "10" => Path::Audience,
        _ => Path::Other,
    }
}

/// `JS-2.27.0-MARKER`; older libraries have no dash, or one.
fn version(segment: &str) -> Result<(String, String), Error> {
    let dash = segment.match_indices('-').nth(1).map_or(segment.len(), |(index, _)| index);
    let (version, marker) = segment.split_at_checked(dash).unwrap_or((segment, ""));
    Ok((part(version)?, part(marker.strip_prefix('-').unwrap_or(""))?))
}

fn part(raw: &str) -> Result<String, Error> {
    percent::decode(raw).map_err(|problem| Error { problem, parameter: raw.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part() {
        let address =
            split("https://data.example.com/b/ss/a,%C3%A5/5.1/JS-2.27.0-LD-QM/s123?AQB=1#x").expect("an address");
        assert_eq!((address.collector, address.secure), ("data.example.com", true));
        assert_eq!(address.suites, ["a", "å"]);
        assert_eq!(address.path, Path::Mobile);
        assert_eq!((address.version.as_str(), address.marker.as_str()), ("JS-2.27.0", "LD-QM"));
        assert_eq!(address.query, "AQB=1");
    }

    #[test]
    fn what_may_be_missing() {
        let address = split("/b/ss/a/0?x").expect("a path");
        assert_eq!((address.collector, address.secure, address.path), ("", false, Path::Other));
        assert_eq!(address.version, "");
        let address = split("//localhost:8080/b/ss/a/10/G.1/s").expect("no scheme");
        assert_eq!(
            (address.collector, address.path, address.version.as_str()),
            ("localhost:8080", Path::Audience, "G.1")
        );
        let address = split("http://www.example.com/proxy/b/ss/a/1/H-1").expect("a server with a path");
        assert_eq!((address.collector, address.version.as_str()), ("www.example.com/proxy", "H-1"));
    }

    #[test]
    fn what_is_no_collection_request() {
        for url in [
            "",
            "https://data.example.com/",
            "https://data.example.com/?u=/b/ss/a/1",
            "https://data.example.com/b/ss//1/JS-1/s1",
            "https:///b/ss/a/1/JS-1/s1",
            "ftp://data.example.com/b/ss/a/1/JS-1/s1",
            "data.example.com/b/ss/a/1/JS-1/s1",
        ] {
            assert_eq!(split(url).err().map(|e| e.problem), Some(Problem::NotACollectionRequest), "{url}");
        }
        let broken = split("/b/ss/a%zz/1").err().expect("an error");
        assert_eq!((broken.problem, broken.parameter.as_str()), (Problem::BrokenEscape, "a%zz"));
    }
}
