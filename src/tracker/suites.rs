//! Which tracker stands for which report suites ("`s_gi`", "sa" in the documentation).

use super::hands::{self, Deed, Question, ask, tell};
use super::state::{Tracker, trackers};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// What a tracker has from the start.
const DEFAULTS: &str =
    "charSet\0UTF-8\0linkDownloadFileTypes\0exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx\0";
/// All report suites that a tracker was ever asked for by are remembered under this name.
const KNOWN: &str = "suites";

/// The tracker that was ever asked for by one of these report suites; -1 if there is none.
pub fn find(builder: &TextBuilder, suites: Text<'_>) -> i32 {
    for one in trackers() {
        if suites.intersects(ask(builder, Question::remembered, one.n, text(KNOWN)), b',') {
            return one.n as i32;
        }
    }
    -1
}

/// What a new tracker has.
pub fn set_defaults(one: &Tracker) {
    tell(Deed::assign, one.n, text(DEFAULTS));
}

/// Sets the report suites; the former ones go on finding the tracker.
pub fn set(builder: &TextBuilder, one: &Tracker, suites: Text<'_>) {
    if suites.is_empty() {
        return hands::say(text("Error, missing Report Suite ID in AppMeasurement initialization"));
    }
    let start = builder.mark();
    builder.pair(text("account"), suites);
    tell(Deed::assign, one.n, builder.take_from(start));
    builder.str(KNOWN);
    builder.byte(0);
    builder.put(ask(builder, Question::remembered, one.n, text(KNOWN)));
    builder.byte(b',');
    builder.put(suites);
    tell(Deed::remember, one.n, builder.take_from(start));
}
