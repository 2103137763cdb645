//! The report suites of a tracker ("sa" in Adobe's documentation).

use super::host;
use super::state::Tracker;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// Sets the report suites.
pub fn set(builder: &TextBuilder, tracker: &Tracker, suites: Text<'_>) {
    if suites.is_empty() {
        return host::log(text("Error, missing Report Suite ID in AppMeasurement initialization"));
    }
    let start = builder.mark();
    builder.pair(text("account"), suites);
    host::assign(tracker, builder.take_from(start));
}
