//! The referrer of a hit: long addresses of search engines get their search terms moved to the front, so that the
//! collector, which cuts at 255 characters, still finds them.

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::{query, utf16};

/// Referrers up to this length stay as they are, in UTF-16 units.
const LONG: usize = 255;
/// What host, path and search terms may have together.
const ROOM: usize = 253;
/// Part of the host, and the parameters that say what was searched for.
const ENGINES: [(&str, &str); 3] =
    [("google", "q,ie,start,search_key,word,kw,cd"), ("yahoo", "p,ei"), ("baidu", "wd,word")];

/// Writes a referrer as it is sent.
pub fn write(out: &TextBuilder, referrer: Text<'_>) {
    let (address, query) = (referrer.before(b'?'), referrer.after(b'?'));
    let host_end = end_of_host(address);
    let host = address.to(host_end);
    let terms = terms_of(host);
    if utf16::count(referrer) <= LONG || query.is_empty() || terms.is_empty() {
        return out.put(referrer);
    }
    let (mut front, mut back) = (pick(out, query, terms, true), pick(out, query, terms, false));
    if front.is_empty() {
        core::mem::swap(&mut front, &mut back);
    }
    let taken = utf16::count(host) + utf16::count(front) + 1;
    out.put(host);
    out.put(utf16::head(address.from(host_end), ROOM.saturating_sub(taken)));
    out.byte(b'?');
    out.put(front);
    if !back.is_empty() {
        out.byte(b'&');
        out.put(back);
    }
}

/// Writes the referrer of a page: what `adobe_mc_ref` in its address says, even nothing, else the document's.
pub fn of_page(out: &TextBuilder, href: Text<'_>, document: Text<'_>) {
    match query::parameter(href, text("adobe_mc_ref"), text("&")) {
        Some(given) => {
            let start = out.mark();
            out.decoded(given);
            let decoded = out.take_from(start);
            write(out, decoded);
        }
        None => write(out, document),
    }
}

/// The parts of a query that are search terms, or those that are not.
fn pick<'p>(builder: &'p TextBuilder, query: Text<'_>, terms: Text<'_>, wanted: bool) -> Text<'p> {
    let start = builder.mark();
    for part in query.split(b'&') {
        if terms.contains_item(part.before(b'='), b',') == wanted {
            if builder.mark() > start {
                builder.byte(b'&');
            }
            builder.put(part);
        }
    }
    builder.take_from(start)
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
        let out = TextBuilder::new();
        write(&out, text(referrer));
        out.text().as_str().to_owned()
    }

    #[test]
    fn short_ones_and_other_sites_stay() {
        let padding = "x".repeat(300);
        for referrer in ["https://www.google.com/?ved=1&q=a", &format!("https://example.org/?a={padding}&q=b")] {
            assert_eq!(written(referrer), referrer);
        }
    }

    #[test]
    fn search_terms_come_first_and_the_path_makes_room() {
        let padding = "x".repeat(300);
        assert_eq!(
            written(&format!("https://www.google.se/search?ved={padding}&q=a&cd=1")),
            format!("https://www.google.se/search?q=a&cd=1&ved={padding}")
        );
        let cut = written(&format!("https://www.google.es/{padding}?hl=es&q=a"));
        assert_eq!(cut.find('?'), Some(ROOM - "q=a".len() - 1));
        assert_eq!(
            written(&format!("https://www.google.com/url?sa=t&x={padding}")),
            format!("https://www.google.com?sa=t&x={padding}")
        );
    }
}
