//! Hits in storage, as AppMeasurement keeps them: a list of URLs under a key made of namespace and report suites.

use super::queue::Transport;
use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::variables::{Slot, Variables};

/// The key under which hits are stored, in session and local storage alike.
pub fn key<'p>(builder: &'p TextBuilder, variables: &Variables<'_>) -> Text<'p> {
    let start = builder.mark();
    let name = variables.get(Slot::storageFilename);
    builder.put(if name.is_empty() { text("AppMeasurement.requests") } else { name });
    builder.byte(b'-');
    let namespace = variables.get(Slot::visitorNamespace);
    // Sites have hits under this key: an unset namespace reads like that.
    builder.put(if namespace.is_empty() { text("undefined") } else { namespace });
    builder.put(variables.get(Slot::account));
    builder.take_from(start)
}

/// How a stored hit is sent: an exit link by beacon again.
pub fn transport(url: Text<'_>) -> Transport {
    if url.contains(text("&pe=lnk_e")) { Transport::Beacon } else { Transport::Image }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_that_of_appmeasurement() {
        let key = |pairs: &str| key(&TextBuilder::new(), &Variables::named(text(pairs))).as_str().to_owned();
        assert_eq!(key("account\0a,b\0"), "AppMeasurement.requests-undefineda,b");
        assert_eq!(key("account\0a\0visitorNamespace\0ns\0storageFilename\0mine\0"), "mine-nsa");
    }
}
