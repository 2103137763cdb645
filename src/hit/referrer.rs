//! The referrer of a hit. In long URLs of search engines the search terms are moved to the front, so that they survive
//! the collector, which cuts at 255 characters.

use super::text::{Case, Text, text};
use super::text_builder::TextBuilder;
use super::{query, utf16};

/// Shorter or equal referrers are sent as they are, in UTF-16 units.
const MAX_UNITS: usize = 255;
/// The length up to which host, path and search terms are sent together: the path is cut for that.
const MAX_FRONT_UNITS: usize = 253;
/// Search engines: a part of the host, and the parameters with the search terms.
const ENGINES: [(&str, &str); 3] =
    [("google", "q,ie,start,search_key,word,kw,cd"), ("yahoo.co", "p,ei"), ("baidu.", "wd,word")];

/// Writes a referrer as it is sent.
pub fn write(out: &TextBuilder, referrer: Text<'_>) {
    let (base, query) = (referrer.before(b'?'), referrer.after(b'?'));
    let host_end = end_of_host(base);
    let host = base.to(host_end);
    let terms = terms_of(host);
    // Counting is last: it looks at each character.
    if query.is_empty() || terms.is_empty() || host_end == base.len() || utf16::count(referrer) <= MAX_UNITS {
        return out.put(referrer);
    }
    let (mut front, mut back) = (pick(out, query, terms, true), pick(out, query, terms, false));
    let mut taken = utf16::count(host) + 1;
    if front.is_empty() || back.is_empty() {
        (front, back) = (query, Text::empty());
        taken -= 1;
    }
    taken += utf16::count(front);
    out.put(host);
    out.put(utf16::head(base.from(host_end), MAX_FRONT_UNITS.saturating_sub(taken)));
    out.byte(b'?');
    out.put(front);
    if !back.is_empty() {
        out.byte(b'&');
        out.put(back);
    }
}

/// The parameter `adobe_mc_ref` of a page's URL, still escaped: even if it is empty it replaces the document's referrer.
pub fn handed_over(page_url: Text<'_>) -> Option<Text<'_>> {
    query::find(page_url, text("adobe_mc_ref"), text("&"))
}

/// The parameters of a query that are search terms, or with `wanted` false those that are not.
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

fn end_of_host(url: Text<'_>) -> usize {
    let start = url.find_text(text("//")).map_or(0, |at| at + 2);
    url.find_from(b'/', start).unwrap_or(url.len())
}

fn terms_of(host: Text<'_>) -> Text<'static> {
    for (engine, terms) in ENGINES {
        if host.contains_any(text(engine), Case::Insensitive) {
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
    fn short_referrers_and_those_of_other_sites_are_not_changed() {
        let padding = "x".repeat(300);
        for referrer in ["https://www.google.com/?ved=1&q=a", &format!("https://example.org/?a={padding}&q=b")] {
            assert_eq!(written(referrer), referrer);
        }
    }

    #[test]
    fn an_address_may_bring_a_referrer() {
        assert_eq!(handed_over(text("https://e/?adobe_mc_ref=https%3A%2F%2Fm%2F")), Some(text("https%3A%2F%2Fm%2F")));
        assert_eq!(handed_over(text("https://e/?adobe_mc_ref=")), Some(text("")));
        assert_eq!(handed_over(text("https://e/")), None);
    }

    #[test]
    fn search_terms_come_first_and_the_path_is_cut() {
        let padding = "x".repeat(300);
        assert_eq!(
            written(&format!("https://www.google.se/search?ved={padding}&q=a&cd=1")),
            format!("https://www.google.se/search?q=a&cd=1&ved={padding}")
        );
        let cut = written(&format!("https://www.google.es/{padding}?hl=es&q=a"));
        assert_eq!(cut.find('?'), Some(MAX_FRONT_UNITS - "q=a".len() - 1));
        for query in ["q=a&cd=1", "hl=es"] {
            let cut = written(&format!("https://WWW.Google.es/{padding}?{query}"));
            assert_eq!(cut.find('?'), Some(MAX_FRONT_UNITS - query.len()));
        }
        for host in ["https://www.google.es", "https://yahoo.example.org/", "https://baidu/"] {
            let referrer = format!("{host}?x={padding}&q=a&p=b&wd=c");
            assert_eq!(written(&referrer), referrer);
        }
        assert_eq!(
            written(&format!("https://www.google.com/url?sa=t&x={padding}")),
            format!("https://www.google.com?sa=t&x={padding}")
        );
    }
}
