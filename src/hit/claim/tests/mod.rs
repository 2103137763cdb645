//! The protocol alone, and in a browser whose tabs, storage, locks and timers are the test's.

mod claims;
mod simulation;
mod storage;
mod tabs;
mod world;

use super::*;
use crate::hit::text::text;

#[test]
fn with_locks_a_hit_is_taken_once_hit_and_lists_are_locked() {
    assert_eq!(next(Event::Locked), Command::Take);
}

#[test]
fn a_hit_that_another_tab_is_claiming_is_left_to_it() {
    assert_eq!(next(Event::HitBusy), Command::GiveUp);
}

#[test]
fn without_locks_a_hit_is_taken_once_the_lease_has_stayed() {
    let tick = |lease: &str| next(Event::Tick { lease: text(lease), name: text("7"), end_ms: text("7000") });
    assert_eq!(tick(""), Command::WriteLease);
    assert_eq!(tick("8 5000"), Command::WriteLease, "the lease has ended");
    assert_eq!(tick("8 9000"), Command::WriteLease, "the clock was set back");
    assert_eq!(tick("8 6000"), Command::Wait, "another tab has the lease");
    assert_eq!(tick("7 7000"), Command::TakeAndEnd);
    assert_eq!(tick("7 1000"), Command::TakeAndEnd, "the timer was late, and nobody has written a lease since");
}
