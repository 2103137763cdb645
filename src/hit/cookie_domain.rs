//! The domain of the tracker's cookies: the widest one that the browser accepts.
//!
//! Below a public suffix such as `co.uk` the browser refuses cookies for two labels. The tracker therefore tries a
//! cookie for [`first_labels`], and as long as that is refused for [`next_labels`].

use super::text::Text;
use super::variables::{Slot, Variables};

/// A domain has at least a name and a public suffix.
const LEAST_LABELS: u32 = 2;

/// How many labels to try after the browser has refused a cookie for `labels` of them. `None` if the whole host has
/// been tried: there are no cookies on this page.
pub fn next_labels(host: Text<'_>, labels: u32) -> Option<u32> {
    let tried = domain(host, labels);
    (!tried.is_empty() && tried.len() < host.len()).then_some(labels + 1)
}

/// How many labels of the host are tried first: as many as the site has set, at least 2.
pub fn first_labels(variables: &Variables<'_>) -> u32 {
    let own = variables.get(Slot::fpCookieDomainPeriods).number();
    let labels = if own > 0 { own } else { variables.get(Slot::cookieDomainPeriods).number() };
    labels.max(LEAST_LABELS)
}

/// The last `labels` labels of a host, all of it if there are fewer. Empty if the host is an IPv4 address or one label.
pub fn domain(host: Text<'_>, labels: u32) -> Text<'_> {
    let mut found = 1;
    let mut index = host.len();
    if host.at(index.wrapping_sub(1)).is_ascii_digit() {
        return Text::empty();
    }
    while index > 0 {
        index -= 1;
        if host.at(index) == b'.' {
            if found == labels {
                return host.from(index + 1);
            }
            found += 1;
        }
    }
    if found > 1 && labels > 1 { host } else { Text::empty() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn the_domain_is_the_end_of_the_host() {
        assert_eq!(domain(text("www.example.com"), 2), "example.com");
        assert_eq!(domain(text("www.example.co.uk"), 3), "example.co.uk");
        assert_eq!(domain(text("example.com"), 2), "example.com");
        assert_eq!(domain(text("example.com"), 3), "example.com");
        assert_eq!(domain(text("example.com"), 0), "");
        assert_eq!(domain(text("localhost"), 2), "");
        assert_eq!(domain(text("localhost"), 1), "");
        assert_eq!(domain(text("192.0.2.10"), 2), "");
        assert_eq!(domain(text(""), 2), "");
    }

    #[test]
    fn the_search_ends_at_the_whole_host() {
        let tried = |host: &str| {
            let mut labels = LEAST_LABELS;
            let mut tried = vec![domain(text(host), labels).as_str().to_owned()];
            while let Some(next) = next_labels(text(host), labels) {
                labels = next;
                tried.push(domain(text(host), labels).as_str().to_owned());
            }
            tried
        };
        assert_eq!(tried("www.shop.co.uk"), ["co.uk", "shop.co.uk", "www.shop.co.uk"]);
        assert_eq!(tried("example.com"), ["example.com"]);
        assert_eq!(tried("localhost"), [""]);
        assert_eq!(tried("192.0.2.10"), [""]);
    }

    #[test]
    fn a_site_sets_the_number_of_labels() {
        let labels = |pairs: &str| first_labels(&Variables::named(text(pairs)));
        assert_eq!(labels(""), 2);
        assert_eq!(labels("cookieDomainPeriods\x003\0"), 3);
        assert_eq!(labels("cookieDomainPeriods\x003\0fpCookieDomainPeriods\x004\0"), 4);
        assert_eq!(labels("fpCookieDomainPeriods\x001\0"), 2);
        // The rest of the search is the same: 2 for example.co.uk becomes 3.
        assert_eq!(next_labels(text("www.example.co.uk"), 2), Some(3));
    }
}
