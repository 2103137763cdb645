//! Derived variables: what the tracker itself sets just before a hit is written.

use super::text::Text;
use super::text_builder::TextBuilder;
use super::variables::{Slot, Variables, name_at};
use super::{referrer, utf16};

/// The page URL is cut here, in UTF-16 units. The rest is sent as `-g`.
const MAX_PAGE_URL_UNITS: usize = 255;

/// Splits `pageURL` into what fits the parameter `g` and the rest.
///
/// A surrogate pair at the cut becomes U+FFFD in both parts.
pub fn split_page_url<'p>(builder: &'p TextBuilder, variables: &mut Variables<'p>) {
    let start = builder.mark();
    let cut = utf16::cut(variables.get(Slot::pageURL), MAX_PAGE_URL_UNITS);
    utf16::put_head(builder, &cut);
    variables.set(Slot::pageURL, builder.take_from(start));
    if cut.torn {
        builder.str(utf16::HALF);
    }
    builder.put(cut.tail);
    variables.set(Slot::pageURLRest, builder.take_from(start));
}

/// Sets the referrer: the one that the page has set, else that of the page.
///
/// The page's is sent only with the first hit; later ones pass `None`. Comes before [`split_page_url`].
pub fn fill_referrer<'p>(builder: &'p TextBuilder, variables: &mut Variables<'p>, of_page: Option<Text<'_>>) {
    let start = builder.mark();
    let given = variables.get(Slot::referrer);
    if !given.is_empty() {
        referrer::write(builder, given);
    } else if let Some(of_page) = of_page {
        referrer::write(builder, of_page);
    }
    variables.set(Slot::referrer, builder.take_from(start));
}

/// On a page served over HTTPS `visitorMigrationServerSecure`, if set, replaces `visitorMigrationServer`; elsewhere it counts
/// only without that.
pub fn fill_migration_server(variables: &mut Variables<'_>) {
    if variables.is_set(Slot::ssl) || !variables.is_set(Slot::visitorMigrationServer) {
        variables.set(Slot::visitorMigrationServer, variables.get(Slot::visitorMigrationServerSecure));
    }
}

/// With `trackOffline` a hit may be sent late, so it carries its time unless the page has set one.
pub fn fill_timestamp<'p>(variables: &mut Variables<'p>, now_seconds: Text<'p>) {
    if variables.is_set(Slot::trackOffline) && !variables.is_set(Slot::timestamp) {
        variables.set(Slot::timestamp, now_seconds);
    }
}

/// Sets `lrt`, the duration of the previous request. `took_plus_one` is that in milliseconds plus 1, or 0 if there was
/// none.
pub fn fill_last_request_ms<'p>(builder: &'p TextBuilder, variables: &mut Variables<'p>, took_plus_one: u32) {
    if took_plus_one > 0 {
        let start = builder.mark();
        builder.number(took_plus_one - 1);
        variables.set(Slot::lrt, builder.take_from(start));
    }
}

/// Sets the parameters of a link; `kind` is [`super::link::parameter`]. What the page has set stays in a page view, where that is
/// empty. URL and name are escaped, because `pev1` to `pev3` are sent as they are.
pub fn fill_link<'p>(
    builder: &'p TextBuilder,
    variables: &mut Variables<'p>,
    kind: Text<'p>,
    url: Text<'_>,
    name: Text<'_>,
) {
    if !kind.is_empty() {
        let start = builder.mark();
        let mut escape = |slot, text| {
            builder.encoded(text);
            variables.replace(slot, builder.take_from(start));
        };
        escape(Slot::pev1, url);
        escape(Slot::pev2, name);
        variables.set(Slot::pe, kind);
    }
}

/// The one-shot variables that are derived. The referrer is on `s` already.
const DERIVED: [Slot; 6] =
    [Slot::supplementalDataID, Slot::timestamp, Slot::pe, Slot::pev1, Slot::pev2, Slot::pageURLRest];

/// Writes names and values of the one-shot variables that have been derived, so that the page's callbacks see them.
pub fn write_one_shot(out: &TextBuilder, variables: &Variables<'_>) {
    for slot in DERIVED {
        if let Some(value) = variables.value(slot as usize) {
            out.pair(name_at(slot as usize), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    fn split(url: &str) -> (String, String) {
        let builder = TextBuilder::new();
        let pairs = format!("pageURL\0{url}\0");
        let mut variables = Variables::named(text(&pairs));
        split_page_url(&builder, &mut variables);
        let value = |slot| variables.get(slot).as_str().to_owned();
        (value(Slot::pageURL), value(Slot::pageURLRest))
    }

    #[test]
    fn a_long_page_url_continues_in_a_second_parameter() {
        let (fits, long) = ("x".repeat(255), "x".repeat(300));
        assert_eq!(split(&fits), (fits.clone(), String::new()));
        assert_eq!(split(&long), (fits, "x".repeat(45)));
    }

    #[test]
    fn a_surrogate_pair_at_the_cut_is_replaced_in_both_parts() {
        let before = "x".repeat(254);
        assert_eq!(split(&format!("{before}😀y")), (format!("{before}\u{FFFD}"), "\u{FFFD}y".to_owned()));
    }

    #[test]
    fn the_documents_referrer_is_sent_unless_the_page_sets_one() {
        let referrer = |pairs: &str, url: &str, document: Option<&str>| {
            let builder = TextBuilder::new();
            let mut variables = Variables::named(text(pairs));
            variables.set(Slot::pageURL, text(url));
            fill_referrer(&builder, &mut variables, document.map(text));
            variables.get(Slot::referrer).as_str().to_owned()
        };
        assert_eq!(referrer("", "https://e/", Some("https://d/")), "https://d/");
        assert_eq!(referrer("", "https://e/", None), "");
        assert_eq!(referrer("referrer\0https://own/\0", "https://e/", None), "https://own/");
        assert_eq!(referrer("referrer\0https://own/\0", "https://e/", Some("https://d/")), "https://own/");
    }

    #[test]
    fn the_secure_migration_server_is_used_on_a_secure_page() {
        let server = |pairs: &str| {
            let mut variables = Variables::named(text(pairs));
            fill_migration_server(&mut variables);
            variables.get(Slot::visitorMigrationServer).as_str().to_owned()
        };
        assert_eq!(server("visitorMigrationServer\0a\0visitorMigrationServerSecure\0b\0"), "a");
        assert_eq!(server("ssl\x001\0visitorMigrationServer\0a\0visitorMigrationServerSecure\0b\0"), "b");
        assert_eq!(server("ssl\x001\0visitorMigrationServer\0a\0"), "a");
        assert_eq!(server("visitorMigrationServerSecure\0b\0"), "b");
    }

    #[test]
    fn track_offline_adds_a_timestamp() {
        let timestamp = |pairs: &str| {
            let mut variables = Variables::named(text(pairs));
            fill_timestamp(&mut variables, text("1767258424"));
            variables.get(Slot::timestamp).as_str().to_owned()
        };
        assert_eq!(timestamp(""), "");
        assert_eq!(timestamp("trackOffline\x001\0"), "1767258424");
        assert_eq!(timestamp("trackOffline\x001\0timestamp\x005\0"), "5");
    }

    #[test]
    fn the_duration_of_the_previous_request_may_be_0() {
        let builder = TextBuilder::new();
        let mut variables = Variables::named(text(""));
        fill_last_request_ms(&builder, &mut variables, 0);
        assert!(!variables.is_set(Slot::lrt));
        fill_last_request_ms(&builder, &mut variables, 1);
        assert_eq!(variables.get(Slot::lrt), "0");
    }

    #[test]
    fn a_link_replaces_what_the_page_has_set() {
        let builder = TextBuilder::new();
        let mut variables = Variables::named(text("pev1\0of the page\0"));
        fill_link(&builder, &mut variables, text(""), text("https://e/"), text("name"));
        assert_eq!(variables.get(Slot::pev1), "of the page");
        assert!(!variables.is_set(Slot::pev2));
        fill_link(&builder, &mut variables, text("lnk_o"), text(""), text("a name"));
        assert_eq!((variables.get(Slot::pe), variables.get(Slot::pev2)), (text("lnk_o"), text("a%20name")));
        assert!(!variables.is_set(Slot::pev1));
    }

    #[test]
    fn callbacks_see_what_is_derived_for_one_hit() {
        let builder = TextBuilder::new();
        write_one_shot(&builder, &Variables::named(text("prop1\0x\0linkName\0x\0pev1\0u\0pe\0lnk_o\0")));
        assert_eq!(builder.text(), "pe\0lnk_o\0pev1\0u\0");
    }
}
