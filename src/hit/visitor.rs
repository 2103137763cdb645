//! What other services on the page add to a hit: visitor ids, customer ids, client hints, consent; and how long modules
//! may delay it.

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::variables::{Pairs, Slot, Variables};

/// The property of the tracker with client hints.
pub const CLIENT_HINTS: &str = "clientHints";
/// What is set there while the site does not want them ("collectHighEntropyUserAgentHints" in Adobe's documentation), as JSON.
pub const NO_CLIENT_HINTS: &str = r#"{"clientHints":{}}"#;
/// The property, and the hints that the browser is asked for.
pub const WANTED_CLIENT_HINTS: &str = "clientHints,architecture,bitness,model,platformVersion,wow64";
/// The default of `maxDelay`: how long modules may delay hits, in milliseconds.
pub const DEFAULT_MAX_DELAY_MS: u32 = 250;

/// In context data: the opt-in service does not approve audience management.
pub const NO_SHARING: &str = "cm.ssf";
/// In context data: secure cookies are wanted on a page without HTTPS.
pub const NO_SECURE_COOKIES: &str = "excCodes";

/// The values of the visitor service, and the variables that they set.
const VALUES: &str = "MCMID\0marketingCloudVisitorID\0MCAID\0analyticsVisitorID\0\
    MCAAMLH\0audienceManagerLocationHint\0MCAAMB\0audienceManagerBlob\0MCOPTOUT\0visitorOptedOut\0";

/// Whether the visitor has an id from the visitor service.
pub fn is_identified(variables: &Variables<'_>) -> bool {
    variables.is_set(Slot::marketingCloudVisitorID) || variables.is_set(Slot::analyticsVisitorID)
}

/// Writes the variables that an answer of the visitor service sets, as names and values. A value that is missing clears
/// its variable.
pub fn write_values(out: &TextBuilder, answered: Pairs<'_>) {
    for pair in Pairs(text(VALUES)) {
        out.pair(pair.value(), answered.value(pair.name()).unwrap_or(Text::empty()));
    }
}

/// Writes customer ids as they are sent: of each the id and the authentication state.
pub fn write_customer_ids(out: &TextBuilder, ids: Pairs<'_>) {
    let state = text(".authState");
    for pair in ids {
        let (name, value) = (pair.name(), pair.value());
        if name.ends_with(text(".id")) {
            out.pair(name, value);
        } else if name.ends_with(state) {
            out.put(name.to(name.len() - state.len()));
            out.pair(text(".as"), value);
        }
    }
}

/// Context data with a mark that is to be in it, even where the page's object could not be written.
pub fn marked_context<'p>(builder: &'p TextBuilder, pairs: Text<'p>, mark: &str) -> Text<'p> {
    if Pairs(pairs).value(text(mark)).is_some() {
        return pairs;
    }
    let start = builder.mark();
    builder.put(pairs);
    builder.pair(text(mark), text("1"));
    builder.take_from(start)
}

/// How long modules may delay hits, in milliseconds ("maxDelay").
pub fn max_delay_ms(variables: &Variables<'_>) -> u32 {
    let limit = variables.get(Slot::maxDelay).number();
    if limit == 0 { DEFAULT_MAX_DELAY_MS } else { limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: fn(&TextBuilder, Pairs<'_>), pairs: &str) -> String {
        let out = TextBuilder::new();
        write(&out, Pairs(text(pairs)));
        out.text().as_str().replace('\0', "|")
    }

    #[test]
    fn an_answer_of_the_visitor_service_sets_or_clears_five_variables() {
        assert_eq!(
            written(write_values, "MCAAMB\0blob\0MCMID\x00123\0other\0x\0"),
            "marketingCloudVisitorID|123|analyticsVisitorID||audienceManagerLocationHint||audienceManagerBlob|blob|\
             visitorOptedOut||"
        );
    }

    #[test]
    fn of_customer_ids_id_and_state_are_sent() {
        assert_eq!(
            written(write_customer_ids, "crm.id\x0042\0crm.authState\x001\0crm.hashType\0SHA-256\0"),
            "crm.id|42|crm.as|1|"
        );
    }

    #[test]
    fn client_hints_are_kept_in_one_property() {
        assert_eq!(text(WANTED_CLIENT_HINTS).before(b','), CLIENT_HINTS);
        assert_eq!(NO_CLIENT_HINTS.split('"').nth(1), Some(CLIENT_HINTS));
    }

    #[test]
    fn a_mark_stands_in_context_data_once() {
        let builder = TextBuilder::new();
        assert_eq!(marked_context(&builder, text("a\x001\0"), "cm.ssf"), "a\x001\0cm.ssf\x001\0");
        assert_eq!(marked_context(&builder, text("cm.ssf\x001\0a\x001\0"), "cm.ssf"), "cm.ssf\x001\0a\x001\0");
    }

    #[test]
    fn max_delay_has_a_default() {
        assert_eq!(max_delay_ms(&Variables::named(text(""))), DEFAULT_MAX_DELAY_MS);
        assert_eq!(max_delay_ms(&Variables::named(text("maxDelay\x00900\0"))), 900);
    }
}
