//! The key under which hits are stored. As in AppMeasurement it is made of namespace and report suites, so that hits
//! which AppMeasurement has left are sent too.

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::variables::{Slot, Variables};

/// The key in session and local storage.
pub fn key<'p>(builder: &'p TextBuilder, variables: &Variables<'_>) -> Text<'p> {
    let start = builder.mark();
    let name = variables.get(Slot::storageFilename);
    builder.put(if name.is_empty() { text("AppMeasurement.requests") } else { name });
    builder.byte(b'-');
    let namespace = variables.get(Slot::visitorNamespace);
    // AppMeasurement concatenates an unset namespace like this.
    builder.put(if namespace.is_empty() { text("undefined") } else { namespace });
    builder.put(variables.get(Slot::account));
    builder.take_from(start)
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
