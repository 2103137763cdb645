//! What other services on the page add to a hit: visitor ids, customer ids, client hints, consent; and how long modules
//! may delay it.

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::variables::{Pairs, Slot, Variables};

/// The client hints that the browser is asked for ("collectHighEntropyUserAgentHints" in Adobe's documentation).
pub const CLIENT_HINTS: &str = "architecture,bitness,model,platformVersion,wow64";
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

/// Writes the client hints of those that were asked for: a browser adds others, such as `brands`.
pub fn write_client_hints(out: &TextBuilder, pairs: Pairs<'_>) {
    for pair in pairs {
        if text(CLIENT_HINTS).contains_item(pair.name(), b',') {
            out.pair(pair.name(), pair.value());
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
    fn client_hints_that_were_not_asked_for_are_left_out() {
        assert_eq!(written(write_client_hints, "brands\0x\0model\0\0wow64\0true\0mobile\0no\0"), "model||wow64|true|");
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
