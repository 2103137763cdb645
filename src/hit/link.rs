//! Links: which clicks are tracked automatically, with which type, and which URL is sent ("trackDownloadLinks",
//! "trackExternalLinks", "linkType" in Adobe's documentation).

use super::text::{Case, Text, text};
use super::variables::{Slot, Variables};

/// How long the action behind a link waits for a response, unless `forcedLinkTrackingTimeout` is set.
const DEFAULT_ACTION_TIMEOUT_MS: u32 = 250;

/// How long the action behind a link waits for a response, in milliseconds ("tl" in Adobe's documentation).
pub fn action_timeout_ms(variables: &Variables<'_>) -> u32 {
    let timeout = variables.get(Slot::forcedLinkTrackingTimeout).number();
    if timeout == 0 { DEFAULT_ACTION_TIMEOUT_MS } else { timeout }
}

/// Whether a link sets `linkInternalFilters` to the page's own host: it may be an exit link, and the site has not set
/// it.
pub fn needs_internal_filters(variables: &Variables<'_>, link_type: Text<'_>, url: Text<'_>) -> bool {
    variables.is_set(Slot::trackExternalLinks)
        && !variables.is_set(Slot::linkInternalFilters)
        && link_type != "d"
        && leads_elsewhere(url)
}

/// The parameter `pe` of a hit; empty for a page view. A link needs a type, and a name or a URL.
pub fn parameter<'a>(variables: &Variables<'_>) -> Text<'a> {
    let kind = variables.get(Slot::linkType);
    if kind.is_empty() || variables.get(Slot::linkURL).is_empty() && variables.get(Slot::linkName).is_empty() {
        return Text::empty();
    }
    if kind.eq_ignore_case(text("d")) {
        text("lnk_d")
    } else if kind.eq_ignore_case(text("e")) {
        text("lnk_e")
    } else {
        text("lnk_o")
    }
}

/// The URL as it is sent: without its query, unless `linkLeaveQueryString` is set.
pub fn address<'a>(variables: &Variables<'_>, url: Text<'a>) -> Text<'a> {
    if variables.is_set(Slot::linkLeaveQueryString) { url } else { url.before(b'?') }
}

/// The `linkType` of a link for which the page has set none: `d`, `e`, or empty if it is not tracked. `url` is its
/// [`address`].
pub fn kind(variables: &Variables<'_>, url: Text<'_>, host: Text<'_>) -> Text<'static> {
    if variables.is_set(Slot::trackDownloadLinks) && is_download(variables.get(Slot::linkDownloadFileTypes), url) {
        return text("d");
    }
    if variables.is_set(Slot::trackExternalLinks) && is_exit(variables, url, host) {
        return text("e");
    }
    Text::empty()
}

/// Whether the path of the URL ends with one of the file types.
fn is_download(types: Text<'_>, url: Text<'_>) -> bool {
    let path = url.before(b'?').before(b'#');
    for kind in types.split(b',') {
        let start = path.len().wrapping_sub(kind.len());
        if !kind.is_empty() && path.at(start.wrapping_sub(1)) == b'.' && path.from(start).eq_ignore_case(kind) {
            return true;
        }
    }
    false
}

fn is_exit(variables: &Variables<'_>, url: Text<'_>, host: Text<'_>) -> bool {
    if !leads_elsewhere(url) {
        return false;
    }
    let external = variables.get(Slot::linkExternalFilters);
    if !external.is_empty() {
        return matches(url, external);
    }
    !matches(url, variables.get(Slot::linkInternalFilters).or(host))
}

/// Whether a URL is one of another document, not a fragment or a script.
fn leads_elsewhere(url: Text<'_>) -> bool {
    for internal in ["#", "about:", "opera:", "javascript:"] {
        if url.to(internal.len()).eq_ignore_case(text(internal)) {
            return false;
        }
    }
    true
}

/// Whether a URL contains one of the filters. An empty filter between others is in every URL.
fn matches(url: Text<'_>, filters: Text<'_>) -> bool {
    filters.contains_item(Text::empty(), b',') || url.contains_any(filters, Case::Insensitive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(settings: &str, url: &str) -> String {
        let all =
            format!("trackDownloadLinks\x001\0trackExternalLinks\x001\0linkDownloadFileTypes\0pdf,tar.gz\0{settings}");
        format!("{:?}", kind(&Variables::named(text(&all)), text(url), text("www.example.com")))
    }

    #[test]
    fn a_download_link_ends_with_a_file_type() {
        for url in ["https://www.example.com/a.PDF?x=1", "https://www.example.com/a.tar.gz#x"] {
            assert_eq!(kind_of("", url), "d", "{url}");
        }
        for url in
            ["https://www.example.com/pdf", "https://www.example.com/x?f=a.pdf", "https://www.example.com/x#a.pdf"]
        {
            assert_eq!(kind_of("", url), "", "{url}");
        }
    }

    #[test]
    fn an_exit_link_matches_the_filters() {
        assert_eq!(kind_of("", "https://shop.example.com/"), "e");
        assert_eq!(kind_of("", "mailto:a@b.c"), "e");
        assert_eq!(kind_of("", "JavaScript:void(0)"), "");
        assert_eq!(kind_of("", "opera:config"), "");
        assert_eq!(kind_of("linkInternalFilters\0a,,b\0", "https://other.example.org/"), "");
        assert_eq!(kind_of("linkExternalFilters\0a,\0", "https://other.example.org/"), "e");
        assert_eq!(kind_of("linkInternalFilters\0EXAMPLE.com\0", "https://shop.example.com/"), "");
        assert_eq!(kind_of("linkExternalFilters\0social\0", "https://social.example.org/"), "e");
        assert_eq!(kind_of("linkExternalFilters\0social\0", "https://other.example.org/"), "");
    }

    #[test]
    fn a_link_needs_a_type_and_a_name_or_a_url() {
        let pe = |pairs: &str| format!("{:?}", parameter(&Variables::named(text(pairs))));
        assert_eq!(pe("linkType\0D\0linkName\0x\0"), "lnk_d");
        assert_eq!(pe("linkType\0download\0linkURL\0x\0"), "lnk_o");
        assert_eq!(pe("linkType\0o\0"), "");
        assert_eq!(pe("linkName\0x\0"), "");
    }
}
