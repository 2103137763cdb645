//! Which transport a hit uses: image, beacon, POST, or keepalive request.

use super::text::{Text, text};
use super::variables::{Slot, Variables};
use super::visitor;

/// A longer URL is sent as a POST if the visitor is identified.
pub const LONG_URL_CHARS: usize = 2047;
/// A beacon carries its parameters in the URL, which must be shorter than this.
pub const LONG_BEACON_CHARS: usize = 64_000;

/// How a request is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    /// An image. Its load event is the answer.
    Image,
    /// A POST with the parameters in the body. The size of the hit is that of the body.
    Post,
    /// `navigator.sendBeacon`. It counts as answered when the browser accepts it.
    Beacon,
    /// `fetch` with `keepalive`, a GET or a POST as the hit requires.
    Keepalive,
}

/// The transport for a new hit on a page that stays.
pub fn choose(variables: &Variables<'_>, url_len: usize) -> Transport {
    let is_exit_link = variables.get(Slot::pe) == "lnk_e";
    if (variables.is_set(Slot::useBeacon) || is_exit_link) && url_len < LONG_BEACON_CHARS {
        Transport::Beacon
    } else if visitor::is_identified(variables) && url_len > LONG_URL_CHARS {
        Transport::Post
    } else {
        Transport::Image
    }
}

/// The transport for a hit whose page is about to be replaced. `is_connected`: the collector has answered before, so a
/// connection is open; an image that still waits for one is cancelled with its page.
pub fn before_unload(chosen: Transport, is_connected: bool) -> Transport {
    if chosen == Transport::Image && !is_connected { Transport::Keepalive } else { chosen }
}

/// The transport for a hit from storage, where only its URL is kept.
pub fn of_stored(url: Text<'_>) -> Transport {
    if url.contains(text("&pe=lnk_e")) { Transport::Beacon } else { Transport::Image }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(pairs: &str, url_len: usize) -> Transport {
        choose(&Variables::named(text(pairs)), url_len)
    }

    #[test]
    fn use_beacon_sends_a_beacon_up_to_its_limit() {
        assert_eq!(chosen("useBeacon\x001\0", LONG_BEACON_CHARS - 1), Transport::Beacon);
        assert_eq!(chosen("useBeacon\x001\0", LONG_BEACON_CHARS), Transport::Image);
    }

    #[test]
    fn an_exit_link_is_sent_as_a_beacon() {
        let mut variables = Variables::named(text(""));
        variables.set(Slot::pe, text("lnk_e"));
        assert_eq!(choose(&variables, 100), Transport::Beacon);
        variables.set(Slot::pe, text("lnk_d"));
        assert_eq!(choose(&variables, 100), Transport::Image);
    }

    #[test]
    fn a_long_url_is_posted_only_for_an_identified_visitor() {
        assert_eq!(chosen("", LONG_URL_CHARS + 1), Transport::Image);
        for id in ["marketingCloudVisitorID\x001\0", "analyticsVisitorID\x001\0"] {
            assert_eq!(chosen(id, LONG_URL_CHARS + 1), Transport::Post);
            assert_eq!(chosen(id, LONG_URL_CHARS), Transport::Image);
        }
    }

    #[test]
    fn an_image_of_a_page_that_is_about_to_go_needs_keepalive_without_an_open_connection() {
        assert_eq!(before_unload(Transport::Image, false), Transport::Keepalive);
        assert_eq!(before_unload(Transport::Image, true), Transport::Image);
        assert_eq!(before_unload(Transport::Beacon, false), Transport::Beacon);
    }

    #[test]
    fn a_stored_exit_link_is_a_beacon_again() {
        assert_eq!(of_stored(text("https://h/b/ss/r/1/s1?AQB=1&pe=lnk_e&AQE=1")), Transport::Beacon);
        assert_eq!(of_stored(text("https://h/b/ss/r/1/s1?AQB=1&AQE=1")), Transport::Image);
    }
}
