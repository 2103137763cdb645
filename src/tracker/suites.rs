//! Which tracker stands for which report suites ("`s_gi`" and "sa" in Adobe's documentation).

use super::host;
use super::state::{Tracker, trackers};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// The string slot with every report suite that a tracker was ever requested under.
const KNOWN_SUITES: &str = "suites";

/// The tracker that was ever requested under one of these report suites; -1 if there is none.
pub fn find(builder: &TextBuilder, suites: Text<'_>) -> i32 {
    for tracker in trackers() {
        if suites.intersects(known(builder, tracker), b',') {
            return tracker.id as i32;
        }
    }
    -1
}

/// Sets the report suites; the former ones still find the tracker.
pub fn set(builder: &TextBuilder, tracker: &Tracker, suites: Text<'_>) {
    if suites.is_empty() {
        return host::log(text("Error, missing Report Suite ID in AppMeasurement initialization"));
    }
    let start = builder.mark();
    builder.pair(text("account"), suites);
    host::assign(tracker, builder.take_from(start));
    builder.str(KNOWN_SUITES);
    builder.byte(0);
    builder.put(known(builder, tracker));
    builder.byte(b',');
    builder.put(suites);
    host::set_string_slot(tracker, builder.take_from(start));
}

fn known<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> {
    host::string_slot(builder, tracker, text(KNOWN_SUITES))
}
