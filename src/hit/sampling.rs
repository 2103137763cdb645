//! Visitor sampling: which visitors are in the sample ("visitorSampling" in Adobe's documentation).

use super::text::Text;
use super::text_builder::TextBuilder;
use super::variables::{Slot, Variables};

/// The name of the cookie with the visitor's number: one for each namespace or report suite, and group. Empty without
/// sampling.
pub fn cookie<'p>(builder: &'p TextBuilder, variables: &Variables<'_>) -> Text<'p> {
    if !variables.is_set(Slot::visitorSampling) {
        return Text::empty();
    }
    let start = builder.mark();
    builder.str("s_vsn_");
    let namespace = variables.get(Slot::visitorNamespace);
    builder.encoded(if namespace.is_empty() { variables.get(Slot::account) } else { namespace });
    let group = variables.get(Slot::visitorSamplingGroup);
    if !group.is_empty() {
        builder.byte(b'_');
        builder.encoded(group);
    }
    builder.take_from(start)
}

/// Whether a visitor is in a sample of `percent`, which may have two decimals: by the last four digits of the visitor's
/// number. What does not begin like a number is no reason to lose hits.
pub fn is_in(percent: Text<'_>, number: Text<'_>) -> bool {
    if !(b'-'..=b'9').contains(&percent.at(0)) {
        return true;
    }
    let fraction = percent.after(b'.');
    let tenths = u32::from(fraction.at(0).saturating_sub(b'0'));
    let hundredths = u32::from(fraction.at(1).saturating_sub(b'0'));
    number.from(number.len().saturating_sub(4)).number() <= percent.number() * 100 + tenths * 10 + hundredths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn the_last_four_digits_are_compared_with_hundredths_of_a_percent() {
        assert!(!is_in(text("2"), text("1234567890250")));
        assert!(is_in(text("2.5"), text("1234567890250")));
        assert!(is_in(text("99"), text("1239900")));
        assert!(!is_in(text("98.99"), text("1239900")));
        assert!(is_in(text("100"), text("9999")));
    }

    #[test]
    fn every_visitor_is_in_a_sample_that_is_no_number() {
        for percent in ["all", "true", "NaN", " 50 ", "+60", "[object Object]", "Infinity"] {
            assert!(is_in(text(percent), text("1239999")), "{percent}");
        }
        assert!(!is_in(text("-5"), text("1239999")));
    }

    #[test]
    fn the_cookie_is_named_after_namespace_or_suite_and_group() {
        let name = |pairs: &str| cookie(&TextBuilder::new(), &Variables::named(text(pairs))).as_str().to_owned();
        assert_eq!(name("account\0rsid\0"), "");
        assert_eq!(name("account\0rsid\0visitorSampling\x005\0"), "s_vsn_rsid");
        assert_eq!(name("visitorNamespace\0ns\0visitorSampling\x005\0visitorSamplingGroup\0g\0"), "s_vsn_ns_g");
    }
}
