//! The referrer of a hit: long addresses of search engines get their search terms moved to the front, so that the
//! collector, which cuts at 255 characters, still finds them.

use super::pad::Pad;
use super::text::{Text, text};
use super::{query, units};

/// Referrers up to this length stay as they are, in UTF-16 units.
const LONG: usize = 255;
/// What host, path and search terms may have together.
const ROOM: usize = 253;
/// Part of the host, and the parameters that say what was searched for.
const ENGINES: [(&str, &str); 3] =
    [("google", "q,ie,start,search_key,word,kw,cd"), ("yahoo", "p,ei"), ("baidu", "wd,word")];

/// Writes a referrer as it is sent.
pub fn write(out: &Pad, referrer: Text<'_>) {
    let (address, query) = (referrer.before(b'?'), referrer.after(b'?'));
    let host_end = end_of_host(address);
    let host = address.to(host_end);
    let terms = terms_of(host);
    if units::count(referrer) <= LONG || query.is_empty() || terms.is_empty() {
        return out.put(referrer);
    }
    let (mut front, mut back) = (pick(out, query, terms, true), pick(out, query, terms, false));
    if front.is_empty() {
        core::mem::swap(&mut front, &mut back);
    }
    let taken = units::count(host) + units::count(front) + 1;
    out.put(host);
    out.put(units::head(address.from(host_end), ROOM.saturating_sub(taken)));
    out.byte(b'?');
    out.put(front);
    if !back.is_empty() {
        out.byte(b'&');
        out.put(back);
    }
}

/// Writes the referrer of a page: what `adobe_mc_ref` in its address says, even nothing, else the document's.
pub fn of_page(out: &Pad, href: Text<'_>, document: Text<'_>) {
    match query::parameter(href, text("adobe_mc_ref"), text("&")) {
        Some(given) => {
            let start = out.mark();
            out.decoded(given);
            let decoded = out.since(start);
            write(out, decoded);
        }
        None => write(out, document),
    }
}

/// The parts of a query that are search terms, or those that are not.
fn pick<'p>(pad: &'p Pad, query: Text<'_>, terms: Text<'_>, wanted: bool) -> Text<'p> {
    let start = pad.mark();
    for part in query.split(b'&') {
        if terms.lists(part.before(b'='), b',') == wanted {
            if pad.mark() > start {
                pad.byte(b'&');
            }
            pad.put(part);
        }
    }
    pad.since(start)
}

fn end_of_host(address: Text<'_>) -> usize {
    let start = address.find_text(text("//")).map_or(0, |at| at + 2);
    address.find_from(b'/', start).unwrap_or(address.len())
}

fn terms_of(host: Text<'_>) -> Text<'static> {
    for (engine, terms) in ENGINES {
        if host.contains(text(engine)) {
            return text(terms);
        }
    }
    Text::empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(referrer: &str) -> String {
        let out = Pad::new();
        write(&out, text(referrer));
        out.text().as_str().to_owned()
    }

    #[test]
    fn short_ones_and_other_sites_stay() {
        let pad = "x".repeat(300);
        for referrer in ["https://www.google.com/?ved=1&q=a", &format!("https://example.org/?a={pad}&q=b")] {
            assert_eq!(written(referrer), referrer);
        }
    }

    #[test]
    fn search_terms_come_first_and_the_path_makes_room() {
        let pad = "x".repeat(300);
        assert_eq!(
            written(&format!("https://www.google.se/search?ved={pad}&q=a&cd=1")),
            format!("https://www.google.se/search?q=a&cd=1&ved={pad}")
        );
        let cut = written(&format!("https://www.google.es/{pad}?hl=es&q=a"));
        assert_eq!(cut.find('?'), Some(ROOM - "q=a".len() - 1));
        assert_eq!(
            written(&format!("https://www.google.com/url?sa=t&x={pad}")),
            format!("https://www.google.com?sa=t&x={pad}")
        );
    }
}
