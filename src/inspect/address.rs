//! The address of a request, everything before its parameters: `https://HOST/b/ss/SUITES/1/JS-VERSION[-MARKER]/sNUMBER`.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::hit::Path;
use super::{Error, Problem, percent};

const COLLECTION_PATH: &str = "/b/ss/";

/// The parts of a request URL.
pub struct Address<'a> {
    /// The tracking server, as in `trackingServer`; empty if the URL starts with its path.
    pub collector: &'a str,
    /// Whether the scheme is https.
    pub secure: bool,
    /// The report suites, in the order of the URL.
    pub suites: Vec<String>,
    /// How the hit reached the collector.
    pub path: Path,
    /// The library and its version: `JS-2.27.0`.
    pub version: String,
    /// `tagContainerMarker`.
    pub marker: String,
    /// The parameters, still percent-encoded.
    pub query: &'a str,
}

/// Splits a URL: an absolute one, one without a scheme (`//host/…`), or only path and query, as a server receives it.
///
/// # Errors
///
/// If the URL is not a collection request, or if a report suite or the version is not valid percent-encoded UTF-8.
pub fn split(url: &str) -> Result<Address<'_>, Error> {
    // Browsers do not send the fragment.
    let url = before(url.trim(), '#');
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (origin, path) = address.split_once(COLLECTION_PATH).ok_or(Problem::NotACollectionRequest)?;
    let (secure, collector) = split_origin(origin).ok_or(Problem::NotACollectionRequest)?;
    let mut segments = path.split('/');
    let suites = suites(segments.next().unwrap_or(""))?;
    if suites.is_empty() {
        return Err(Problem::NotACollectionRequest.into());
    }
    let path = path_kind(segments.next().unwrap_or(""));
    let (version, marker) = version_and_marker(segments.next().unwrap_or(""))?;
    Ok(Address { collector, secure, suites, path, version, marker, query })
}

fn before(text: &str, end: char) -> &str {
    text.split_once(end).map_or(text, |(before, _)| before)
}

/// Whether the scheme is https, and the host; `None` for other schemes and for relative URLs.
fn split_origin(origin: &str) -> Option<(bool, &str)> {
    if origin.is_empty() {
        return Some((false, origin));
    }
    let (scheme, host) = origin.split_once("//")?;
    let secure = scheme.eq_ignore_ascii_case("https:");
    let known = secure || scheme.is_empty() || scheme.eq_ignore_ascii_case("http:");
    (known && !host.is_empty()).then_some((secure, host))
}

fn suites(list: &str) -> Result<Vec<String>, Error> {
    list.split(',').filter(|suite| !suite.is_empty()).map(decode).collect()
}

fn path_kind(segment: &str) -> Path {
    match segment {
        "1" => Path::Image,
        "5.1" | "5.10" => Path::Mobile,
        "10" => Path::Audience,
        _ => Path::Other,
    }
}

/// Splits `JS-2.27.0-MARKER`; older libraries have one dash or none.
fn version_and_marker(segment: &str) -> Result<(String, String), Error> {
    let dash = segment.match_indices('-').nth(1).map_or(segment.len(), |(index, _)| index);
    let (version, marker) = segment.split_at_checked(dash).unwrap_or((segment, ""));
    Ok((decode(version)?, decode(marker.strip_prefix('-').unwrap_or(""))?))
}

fn decode(raw: &str) -> Result<String, Error> {
    percent::decode(raw).map_err(|problem| Error { problem, parameter: raw.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_every_part() {
        let address =
            split("https://data.example.com/b/ss/a,%C3%A5/5.1/JS-2.27.0-LD-QM/s123?AQB=1#x").expect("an address");
        assert_eq!((address.collector, address.secure), ("data.example.com", true));
        assert_eq!(address.suites, ["a", "å"]);
        assert_eq!(address.path, Path::Mobile);
        assert_eq!((address.version.as_str(), address.marker.as_str()), ("JS-2.27.0", "LD-QM"));
        assert_eq!(address.query, "AQB=1");
    }

    #[test]
    fn scheme_host_version_and_marker_are_optional() {
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
    fn other_urls_are_rejected() {
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
    }

    #[test]
    fn broken_percent_encoding_names_the_part_of_the_path() {
        for (url, part) in [("/b/ss/a%zz/1", "a%zz"), ("/b/ss/a/1/JS-1.0%/s1", "JS-1.0%")] {
            let error = split(url).err().expect(url);
            assert_eq!((error.problem, error.parameter.as_str()), (Problem::BrokenEscape, part));
        }
    }
}
