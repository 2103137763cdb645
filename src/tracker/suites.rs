//! Which tracker stands for which report suites ("`s_gi`", "sa" in the documentation).

use super::hands::{self, Deed, Question, ask, tell};
use super::state::{Tracker, trackers};
use crate::hit::pad::Pad;
use crate::hit::text::{Text, text};

/// What a tracker has from the start.
const DEFAULTS: &str =
    "charSet\0UTF-8\0linkDownloadFileTypes\0exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx\0";
/// All report suites that a tracker was ever asked for by are remembered under this name.
const KNOWN: &str = "suites";

/// The tracker that was ever asked for by one of these report suites; -1 if there is none.
pub fn find(pad: &Pad, suites: Text<'_>) -> i32 {
    for one in trackers() {
        if suites.shares(ask(pad, Question::remembered, one.n, text(KNOWN)), b',') {
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
pub fn set(pad: &Pad, one: &Tracker, suites: Text<'_>) {
    if suites.is_empty() {
        return hands::say(text("Error, missing Report Suite ID in AppMeasurement initialization"));
    }
    let start = pad.mark();
    pad.pair(text("account"), suites);
    tell(Deed::assign, one.n, pad.since(start));
    pad.str(KNOWN);
    pad.byte(0);
    pad.put(ask(pad, Question::remembered, one.n, text(KNOWN)));
    pad.byte(b',');
    pad.put(suites);
    tell(Deed::remember, one.n, pad.since(start));
}
