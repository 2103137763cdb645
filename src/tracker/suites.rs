//! Which tracker stands for which report suites ("`s_gi`", "sa" in the documentation).

use super::hands;
use super::state::{Tracker, state, tracker};
use crate::hit::text::{Text, text};
use crate::hit::writer::Writer;

/// What a tracker has from the start.
const DEFAULTS: &str =
    "charSet\0UTF-8\0linkDownloadFileTypes\0exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx\0";

/// The tracker that was ever asked for by one of these report suites; -1 if there is none.
pub fn find(suites: Text<'_>) -> i32 {
    let Some(state) = state() else { return -1 };
    for (number, tracker) in state.trackers.iter().enumerate() {
        if suites.shares(text(&tracker.suites), b',') {
            return number as i32;
        }
    }
    -1
}

/// Makes a tracker.
pub fn add(n: u32) {
    if let Some(mut state) = state() {
        state.trackers.push(Tracker::default());
    }
    hands::assign(n, DEFAULTS);
}

/// Sets the report suites; the former ones go on finding the tracker.
pub fn set(n: u32, suites: Text<'_>) {
    if suites.is_empty() {
        return hands::say("Error, missing Report Suite ID in AppMeasurement initialization");
    }
    let mut pair = Writer::new();
    pair.str("account\0");
    pair.put(suites);
    pair.byte(0);
    hands::assign(n, pair.as_str());
    let mut known = Writer::new();
    known.put(suites);
    known.byte(b',');
    tracker(n, |one| one.suites.push_str(known.as_str()));
}
