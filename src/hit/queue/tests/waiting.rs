//! Delivery of hits that wait: offline, buffering, storage, limits.

use super::*;
use Condition::{Buffering, Forced, Offline};

#[test]
fn offline_no_hit_is_sent_and_none_is_lost() {
    let mut page = Page::new();
    page.call(1);
    page.begin(Offline);
    assert_eq!(page.fail(1), NO_COMMANDS);
    for id in 2..500 {
        assert_eq!(page.call(id), NO_COMMANDS);
    }
    assert_eq!(page.pass(10_000_000), NO_COMMANDS);
    assert_eq!(page.end(Offline), [image(1)]);
    for id in 1..499 {
        assert_eq!(page.answer(id), [delivered(id), image(id + 1)]);
    }
}

#[test]
fn only_hits_that_are_called_while_requests_are_buffered_wait_for_the_end_of_that() {
    let mut page = Page::new();
    page.call(1);
    page.call(2);
    page.begin(Buffering);
    page.call(3);
    assert_eq!(page.answer(1), [delivered(1), image(2)]);
    assert_eq!(page.answer(2), [delivered(2)]);
    assert_eq!(page.pass(10_000_000), NO_COMMANDS);
    assert_eq!(page.end(Buffering), [image(3)]);
    page.begin(Buffering);
    assert_eq!(page.answer(3), [delivered(3)]);
}

#[test]
fn going_online_ends_a_backoff() {
    let mut page = Page::new();
    page.call(1);
    page.fail(1);
    page.begin(Offline);
    assert_eq!(page.end(Offline), [image(1)]);
}

#[test]
fn an_unchanged_condition_does_not_end_a_backoff() {
    let mut page = Page::new();
    page.call(1);
    page.fail(1);
    assert_eq!(page.end(Offline), NO_COMMANDS);
    assert_eq!(page.ms_until_timer(), BACKOFF_MS);
}

#[test]
fn failures_while_offline_do_not_count_as_attempts() {
    let mut page = Page::new();
    page.call(1);
    for _ in 0..2 * MAX_ATTEMPTS {
        page.begin(Offline);
        page.fail(1);
        assert_eq!(page.end(Offline), [image(1)]);
    }
}

#[test]
fn with_track_offline_the_newest_hits_are_stored_while_offline() {
    let mut page = Page::with_track_offline();
    page.settings.offline_limit = 2;
    page.begin(Forced);
    assert_eq!(page.call(1), [store(1)]);
    assert_eq!(page.call(2), [store(2)]);
    assert_eq!(page.call(3), [Command::Dropped { id: 1 }, store(3)]);
    assert_eq!(page.end(Forced), [claim(2)]);
    assert_eq!(page.claimed(2, true), [image(2)]);
    assert_eq!(page.answer(2), [delivered(2), claim(3)]);
    assert_eq!(page.claimed(3, true), [image(3)]);
}

#[test]
fn buffered_hits_are_not_under_the_limit_of_stored_hits() {
    let mut page = Page::with_track_offline();
    page.settings.offline_limit = 1;
    page.begin(Forced);
    assert_eq!(page.call(1), [store(1)]);
    page.begin(Buffering);
    assert_eq!(page.call(2), [store(2)]);
    assert_eq!(page.call(3), [store(3)]);
    assert_eq!(page.end(Forced), [claim(1)]);
    assert_eq!(page.claimed(1, true), [image(1)]);
    assert_eq!(page.answer(1), [delivered(1)]);
    assert_eq!(page.end(Buffering), [claim(2)]);
}

#[test]
fn hits_that_storage_refuses_together_are_stored_one_by_one() {
    let mut page = Page::new();
    page.begin(Offline);
    page.call(1);
    page.call(2);
    assert_eq!(page.begin(Condition::Hidden), [store_with_next(1), store(2)]);
    assert_eq!(page.refuse(2), [store(1), store(2)]);
    assert_eq!(page.refuse(2), NO_COMMANDS);
    assert_eq!(page.begin(Condition::Unloaded), [buffered(1), store(2), buffered(2)]);
}

#[test]
fn a_hit_that_storage_refuses_stays_in_memory() {
    let mut page = Page::with_track_offline();
    page.begin(Offline);
    assert_eq!(page.call(1), [store(1)]);
    assert_eq!(page.refuse(1), NO_COMMANDS);
    assert_eq!(page.end(Offline), [image(1)]);
}

#[test]
fn stored_hits_are_claimed_and_sent_first() {
    let mut page = Page::with_track_offline();
    assert_eq!(page.find_stored(1), [claim(1)]);
    assert_eq!(page.find_stored(2), NO_COMMANDS);
    assert_eq!(page.call(3), NO_COMMANDS);
    assert_eq!(page.claimed(1, true), [image(1)]);
    assert_eq!(page.claimed(1, true), NO_COMMANDS);
    assert_eq!(page.answer(1), [delivered(1), claim(2)]);
    assert_eq!(page.claimed(2, false), [handed_over(2), image(3)]);
}

#[test]
fn a_claim_that_never_resolves_times_out() {
    let mut page = Page::with_track_offline();
    page.find_stored(1);
    page.call(2);
    assert_eq!(page.pass(RESPONSE_TIMEOUT_MS), [image(2)]);
    assert_eq!(page.answer(2), [delivered(2)]);
    assert_eq!(page.claimed(1, true), [image(1)]);
}

#[test]
fn the_number_of_hits_in_memory_is_limited() {
    let mut page = Page::new();
    page.call(0);
    for id in 1..MAX_HITS as u32 {
        page.call(id);
    }
    assert_eq!(page.call(5000), [Command::Dropped { id: 1 }]);
}

#[test]
fn the_size_of_hits_in_memory_is_limited() {
    let mut page = Page::new();
    page.begin(Buffering);
    let size = MAX_BYTES / 2;
    for id in 1..=2 {
        page.handle(Event::Called { id, size, transport: Transport::Image, is_stored: false });
    }
    assert_eq!(page.call(3), [Command::Dropped { id: 1 }]);
    assert_eq!(
        page.handle(Event::Called { id: 4, size: u32::MAX, transport: Transport::Image, is_stored: false }).len(),
        3
    );
}

#[test]
fn hits_in_flight_are_never_dropped() {
    let mut page = Page::new();
    let max = MAX_HITS as u32;
    page.settings.max_concurrent = 2 * max;
    for id in 0..max {
        assert_eq!(page.call(id), [image(id)]);
    }
    assert_eq!(page.call(max), [Command::Dropped { id: max }]);
}

#[test]
fn buffered_hits_are_sent_in_order_by_their_own_transport() {
    let mut page = Page::new();
    page.begin(Buffering);
    assert_eq!(page.call_by(Transport::Beacon, 1), NO_COMMANDS);
    assert_eq!(page.call(2), NO_COMMANDS);
    assert_eq!(page.end(Buffering), [beacon(1)]);
}
