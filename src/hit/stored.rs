//! Hits in storage, as AppMeasurement keeps them: a list of URLs under a key made of namespace and report suites.

use super::pad::Pad;
use super::queue::Way;
use super::text::{Text, text};
use super::variables::{Slot, Variables};

/// The key under which hits are stored, in session and local storage alike.
pub fn key<'p>(pad: &'p Pad, variables: &Variables<'_>) -> Text<'p> {
    let start = pad.mark();
    let name = variables.get(Slot::storageFilename);
    pad.put(if name.is_empty() { text("AppMeasurement.requests") } else { name });
    pad.byte(b'-');
    let namespace = variables.get(Slot::visitorNamespace);
    // Sites have hits under this key: an unset namespace reads like that.
    pad.put(if namespace.is_empty() { text("undefined") } else { namespace });
    pad.put(variables.get(Slot::account));
    pad.since(start)
}

/// How a stored hit is sent: an exit link by beacon again.
pub fn way(url: Text<'_>) -> Way {
    if url.contains(text("&pe=lnk_e")) { Way::Beacon } else { Way::Image }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_that_of_appmeasurement() {
        let key = |pairs: &str| key(&Pad::new(), &Variables::named(text(pairs))).as_str().to_owned();
        assert_eq!(key("account\0a,b\0"), "AppMeasurement.requests-undefineda,b");
        assert_eq!(key("account\0a\0visitorNamespace\0ns\0storageFilename\0mine\0"), "mine-nsa");
    }
}
