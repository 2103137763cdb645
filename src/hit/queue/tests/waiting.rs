//! The contract for delivery, one rule a story: offline, buffering, storage, bounds.

use super::*;
use Condition::{Buffering, Forced, Offline};

#[test]
fn offline_nothing_is_tried_and_nothing_lost() {
    let mut page = Page::new();
    page.calls(1);
    page.begins(Offline);
    assert_eq!(page.fails(1), NOTHING);
    for id in 2..500 {
        assert_eq!(page.calls(id), NOTHING);
    }
    assert_eq!(page.after(10_000_000), NOTHING);
    assert_eq!(page.ends(Offline), [image(1)]);
    for id in 1..499 {
        assert_eq!(page.answers(id), [delivered(id), image(id + 1)]);
    }
}

#[test]
fn going_online_ends_a_pause() {
    let mut page = Page::new();
    page.calls(1);
    page.fails(1);
    page.begins(Offline);
    assert_eq!(page.ends(Offline), [image(1)]);
}

#[test]
fn what_does_not_change_ends_no_pause() {
    let mut page = Page::new();
    page.calls(1);
    page.fails(1);
    assert_eq!(page.ends(Offline), NOTHING);
    assert_eq!(page.idle(), BACKOFF_MS);
}

#[test]
fn failures_offline_are_no_tries() {
    let mut page = Page::new();
    page.calls(1);
    for _ in 0..2 * MAX_ATTEMPTS {
        page.begins(Offline);
        page.fails(1);
        assert_eq!(page.ends(Offline), [image(1)]);
    }
}

#[test]
fn offline_a_site_that_keeps_hits_keeps_the_newest() {
    let mut page = Page::keeping();
    page.settings.limit = 2;
    page.begins(Forced);
    assert_eq!(page.calls(1), [keep(1)]);
    assert_eq!(page.calls(2), [keep(2)]);
    assert_eq!(page.calls(3), [Command::Dropped { id: 1 }, keep(3)]);
    assert_eq!(page.ends(Forced), [claim(2)]);
    assert_eq!(page.claimed(2, true), [image(2)]);
    assert_eq!(page.answers(2), [delivered(2), claim(3)]);
    assert_eq!(page.claimed(3, true), [image(3)]);
}

#[test]
fn what_storage_does_not_take_stays_in_memory() {
    let mut page = Page::keeping();
    page.begins(Offline);
    assert_eq!(page.calls(1), [keep(1)]);
    assert_eq!(page.refuses(1), NOTHING);
    assert_eq!(page.ends(Offline), [image(1)]);
}

#[test]
fn hits_found_in_storage_go_first_and_are_claimed() {
    let mut page = Page::keeping();
    assert_eq!(page.finds(1), [claim(1)]);
    assert_eq!(page.finds(2), NOTHING);
    assert_eq!(page.calls(3), NOTHING);
    assert_eq!(page.claimed(1, true), [image(1)]);
    assert_eq!(page.claimed(1, true), NOTHING);
    assert_eq!(page.answers(1), [delivered(1), claim(2)]);
    assert_eq!(page.claimed(2, false), [handed_over(2), image(3)]);
}

#[test]
fn a_lock_that_nobody_gives_holds_nothing_up_for_long() {
    let mut page = Page::keeping();
    page.finds(1);
    page.calls(2);
    assert_eq!(page.after(RESPONSE_TIMEOUT_MS), [image(2)]);
    assert_eq!(page.answers(2), [delivered(2)]);
    assert_eq!(page.claimed(1, true), [image(1)]);
}

#[test]
fn memory_is_bounded_by_number() {
    let mut page = Page::new();
    page.calls(0);
    for id in 1..MAX_HITS as u32 {
        page.calls(id);
    }
    assert_eq!(page.calls(5000), [Command::Dropped { id: 1 }]);
}

#[test]
fn memory_is_bounded_by_bytes() {
    let mut page = Page::new();
    page.begins(Buffering);
    let size = MAX_BYTES / 2;
    for id in 1..=2 {
        page.tell(Event::Called { id, size, transport: Transport::Image, kept: false });
    }
    assert_eq!(page.calls(3), [Command::Dropped { id: 1 }]);
    assert_eq!(page.tell(Event::Called { id: 4, size: u32::MAX, transport: Transport::Image, kept: false }).len(), 3);
}

#[test]
fn what_is_open_is_not_dropped() {
    let mut page = Page::new();
    let most = MAX_HITS as u32;
    page.settings.concurrent = 2 * most;
    for id in 0..most {
        assert_eq!(page.calls(id), [image(id)]);
    }
    assert_eq!(page.calls(most), [Command::Dropped { id: most }]);
}

#[test]
fn buffered_hits_leave_in_order_by_the_way_they_were_called_with() {
    let mut page = Page::new();
    page.begins(Buffering);
    assert_eq!(page.calls_by(Transport::Beacon, 1), NOTHING);
    assert_eq!(page.calls(2), NOTHING);
    assert_eq!(page.ends(Buffering), [beacon(1)]);
}
