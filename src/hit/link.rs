//! Links: which clicks are tracked by themselves, as what, and under which address
//! ("trackDownloadLinks", "trackExternalLinks", "linkType" in the documentation).

use super::text::{Text, text};
use super::variables::{Slot, Variables};

/// How long the action behind a link waits for a response, unless `forcedLinkTrackingTimeout` is set.
const DEFAULT_ACTION_TIMEOUT_MS: u32 = 250;

/// How long the action behind a link waits for a response, in milliseconds ("tl" in Adobe's documentation).
pub fn action_timeout_ms(variables: &Variables<'_>) -> u32 {
    let timeout = variables.get(Slot::forcedLinkTrackingTimeout).number();
    if timeout == 0 { DEFAULT_ACTION_TIMEOUT_MS } else { timeout }
}

/// Whether a click sets `linkInternalFilters` to the page's own host: exit links are tracked, and the site has not set it.
pub fn needs_internal_filters(variables: &Variables<'_>, link_type: Text<'_>) -> bool {
    variables.is_set(Slot::trackExternalLinks) && !variables.is_set(Slot::linkInternalFilters) && link_type != "d"
}

/// The parameter `pe` of a hit, empty for a page view: a link needs a type, and a name or an address.
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

/// The address without its query, unless `linkLeaveQueryString` keeps it.
pub fn address<'a>(variables: &Variables<'_>, url: Text<'a>) -> Text<'a> {
    if variables.is_set(Slot::linkLeaveQueryString) { url } else { url.before(b'?') }
}

/// What a clicked link is tracked as: `d`, `e` or nothing.
pub fn kind(variables: &Variables<'_>, url: Text<'_>, host: Text<'_>) -> Text<'static> {
    if variables.is_set(Slot::trackDownloadLinks) && is_download(variables.get(Slot::linkDownloadFileTypes), url) {
        return text("d");
    }
    if variables.is_set(Slot::trackExternalLinks) && is_exit(variables, address(variables, url), host) {
        return text("e");
    }
    Text::empty()
}

/// Whether the path ends with one of the file types.
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
    for own in ["#", "about:", "javascript:"] {
        if url.to(own.len()).eq_ignore_case(text(own)) {
            return false;
        }
    }
    let external = variables.get(Slot::linkExternalFilters);
    if !external.is_empty() {
        return contains_one(url, external);
    }
    let internal = variables.get(Slot::linkInternalFilters);
    !contains_one(url, if internal.is_empty() { host } else { internal })
}

/// Whether one of the filters stands in the address, whatever the case.
fn contains_one(url: Text<'_>, filters: Text<'_>) -> bool {
    for filter in filters.split(b',') {
        let mut start = 0;
        while !filter.is_empty() && start + filter.len() <= url.len() {
            if url.slice(start, start + filter.len()).eq_ignore_case(filter) {
                return true;
            }
            start += 1;
        }
    }
    false
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
    fn downloads_go_by_the_end_of_the_path() {
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
    fn exits_go_by_the_filters() {
        assert_eq!(kind_of("", "https://shop.example.com/"), "e");
        assert_eq!(kind_of("", "mailto:a@b.c"), "e");
        assert_eq!(kind_of("", "JavaScript:void(0)"), "");
        assert_eq!(kind_of("linkInternalFilters\0EXAMPLE.com\0", "https://shop.example.com/"), "");
        assert_eq!(kind_of("linkExternalFilters\0social\0", "https://social.example.org/"), "e");
        assert_eq!(kind_of("linkExternalFilters\0social\0", "https://other.example.org/"), "");
    }

    #[test]
    fn a_link_needs_a_type_and_a_name_or_an_address() {
        let pe = |pairs: &str| format!("{:?}", parameter(&Variables::named(text(pairs))));
        assert_eq!(pe("linkType\0D\0linkName\0x\0"), "lnk_d");
        assert_eq!(pe("linkType\0download\0linkURL\0x\0"), "lnk_o");
        assert_eq!(pe("linkType\0o\0"), "");
        assert_eq!(pe("linkName\0x\0"), "");
    }
}
