//! The referrer of a tracker's hits: the page's own, else that of the document, once.

use super::host;
use super::state::Tracker;
use crate::hit::derive;
use crate::hit::referrer::handed_over;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// The string slot with the referrer of a call that was no hit, for the next one.
const KEPT: &str = "referrer";

/// Sets the referrer of a hit, on the tracker too.
pub fn fill<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &mut Variables<'b>) {
    let of_page = (!tracker.has_read_referrer.raise()).then(|| match handed_over(variables.get(Slot::pageURL)) {
        Some(escaped) => host::decode_percent(builder, escaped),
        None => host::top_referrer(builder),
    });
    derive::fill_referrer(builder, variables, of_page);
    if tracker.has_kept_referrer.lower() && !variables.is_set(Slot::referrer) {
        variables.set(Slot::referrer, host::string_slot(builder, tracker, text(KEPT)));
        derive::fill_referrer(builder, variables, None);
    }
    if variables.is_set(Slot::referrer) {
        let start = builder.mark();
        builder.pair(text("referrer"), variables.get(Slot::referrer));
        host::assign(tracker, builder.take_from(start));
    }
}

/// Keeps the referrer of a call that is no hit.
pub fn keep(builder: &TextBuilder, tracker: &Tracker, referrer: Text<'_>) {
    if !referrer.is_empty() {
        let start = builder.mark();
        builder.str(KEPT);
        builder.byte(0);
        builder.put(referrer);
        host::set_string_slot(tracker, builder.take_from(start));
        tracker.has_kept_referrer.set(true);
    }
}
