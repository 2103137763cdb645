//! Delivery when the page is hidden, unloaded or replaced, and when it comes back.

use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Navigating, Offline, Unloaded};

#[test]
fn a_beacon_waits_for_its_turn_unless_the_page_is_unloaded() {
    let mut page = Page::new();
    page.call(1);
    page.call_by(Transport::Beacon, 2);
    page.now += ASSUMED_SENT_MS;
    assert_eq!(page.begin(Unloaded), [beacon(2)]);
}

#[test]
fn a_refused_hit_is_sent_again_when_the_page_is_unloaded() {
    let mut page = Page::new();
    page.begin(Hidden);
    page.call(1);
    assert_eq!(page.refuse(1), [store(1)]);
    page.refuse(1);
    assert_eq!(page.begin(Unloaded), [keepalive(1), handed_over(1)]);
}

#[test]
fn unloading_the_page_sends_all_waiting_hits_at_once() {
    let mut page = Page::new();
    page.call(1);
    page.answer(1);
    page.call(2);
    page.call(3);
    page.call_by(Transport::Post, 4);
    assert_eq!(page.begin(Unloaded), [keepalive(3), handed_over(3), keepalive(4), handed_over(4)]);
    assert_eq!(page.answer(2), [delivered(2)]);
}

#[test]
fn during_a_navigation_no_image_is_sent() {
    let mut page = Page::new();
    page.call(1);
    page.call(2);
    page.begin(Navigating);
    assert_eq!(page.answer(1), [delivered(1)]);
    assert_eq!(page.call(3), NO_COMMANDS);
    assert_eq!(page.begin(Unloaded), [keepalive(2), handed_over(2), keepalive(3), handed_over(3)]);
}

#[test]
fn a_navigation_that_does_not_replace_the_page_delays_hits_for_the_grace_period() {
    let mut page = Page::new();
    page.begin(Navigating);
    assert_eq!(page.call(1), NO_COMMANDS);
    assert_eq!(page.pass(NAVIGATION_GRACE_MS - 1), NO_COMMANDS);
    assert_eq!(page.pass(1), [image(1)]);
}

#[test]
fn a_navigation_within_the_document_delays_hits_until_it_ends() {
    let mut page = Page::new();
    page.begin(Navigating);
    page.call(1);
    assert_eq!(page.end(Navigating), [image(1)]);
}

#[test]
fn unloading_the_page_sends_a_hit_during_its_backoff() {
    let mut page = Page::new();
    page.call(1);
    page.fail(1);
    assert_eq!(page.begin(Unloaded), [keepalive(1), handed_over(1)]);
}

#[test]
fn a_hidden_page_handles_the_answers_to_its_keepalives() {
    let mut page = Page::new();
    page.call(1);
    page.answer(1);
    page.call(2);
    page.call(3);
    page.call(4);
    assert_eq!(page.begin(Hidden), [keepalive(3), keepalive(4)]);
    assert_eq!(page.answer(3), [Command::Delivered { id: 3, transport: Transport::Keepalive }]);
    assert_eq!(page.fail(4), [store(4)]);
    assert_eq!(page.end(Hidden), NO_COMMANDS);
    assert_eq!(page.answer(2), [delivered(2), claim(4)]);
}

#[test]
fn an_image_that_may_not_have_left_is_sent_again_by_keepalive() {
    let mut page = Page::new();
    page.call(1);
    page.call(2);
    page.now += ASSUMED_SENT_MS - 1;
    let sent = [Command::Cancel { id: 1 }, keepalive(1), handed_over(1), keepalive(2), handed_over(2)];
    assert_eq!(page.begin(Unloaded), sent);
}

#[test]
fn an_older_image_is_not_sent_again() {
    let mut page = Page::new();
    page.call(1);
    page.now += ASSUMED_SENT_MS;
    assert_eq!(page.begin(Unloaded), NO_COMMANDS);
}

#[test]
fn an_image_is_not_sent_again_by_a_connection_that_an_earlier_page_has_opened() {
    let mut page = Page::new();
    page.call(1);
    page.queue.assume_warm();
    assert_eq!(page.begin(Unloaded), NO_COMMANDS);
}

#[test]
fn the_time_without_an_answer_is_known_once_there_was_one() {
    let mut page = Page::new();
    page.call(1);
    assert_eq!(page.queue.idle_ms(page.now), None);
    page.answer(1);
    assert_eq!(page.queue.idle_ms(page.now + 20), Some(20));
}

#[test]
fn an_image_that_is_taken_back_waits_and_goes_with_the_page() {
    let mut page = Page::warm();
    page.call(1);
    page.begin(Navigating);
    assert_eq!(page.handle(Event::Refused { id: 1 }), NO_COMMANDS);
    assert_eq!(page.begin(Unloaded), [keepalive(1), handed_over(1)]);
}

#[test]
fn hiding_the_page_cancels_nothing() {
    let mut page = Page::new();
    page.call(1);
    assert_eq!(page.begin(Hidden), NO_COMMANDS);
    assert_eq!(page.answer(1), [delivered(1)]);
}

#[test]
fn the_number_of_keepalives_is_limited() {
    let mut page = Page::new();
    page.call(0);
    page.now += ASSUMED_SENT_MS;
    for id in 1..=500 {
        page.handle(Event::Called { id, size: 1000, transport: Transport::Image, is_stored: false });
    }
    let commands = page.begin(Unloaded);
    let count = |made: fn(u32) -> Command| (1..=500).filter(|id| commands.contains(&made(*id))).count() as u32;
    assert_eq!((count(keepalive), count(handed_over)), (MAX_KEEPALIVES, MAX_KEEPALIVES));
    let stored = 500 - MAX_KEEPALIVES;
    assert_eq!((count(store_with_next), count(store), count(buffered)), (stored - 1, 1, stored));
    page.begin(Hidden);
    assert_eq!(page.call(501), [store(501), buffered(501)]);
}

#[test]
fn the_size_of_keepalives_is_limited() {
    for (transport, max) in [(Transport::Image, MAX_KEEPALIVE_URL_BYTES), (Transport::Post, MAX_KEEPALIVE_BODY_BYTES)] {
        let mut page = Page::new();
        page.begin(Hidden);
        let size = max / 2;
        for id in 1..=2 {
            assert_eq!(page.handle(Event::Called { id, size, transport, is_stored: false }), [keepalive(id)]);
        }
        assert_eq!(page.call_by(transport, 3), [store(3)]);
        assert_eq!(page.answer(1)[1..], [claim(3)]);
    }
}

#[test]
fn without_keepalive_support_beacons_are_sent() {
    let mut page = Page::new();
    page.settings.has_keepalive = false;
    page.begin(Hidden);
    assert_eq!(page.call(1), [beacon(1)]);
    assert_eq!(page.refuse(1), [store(1)]);
}

#[test]
fn offline_all_hits_are_stored_for_the_next_page() {
    let mut page = Page::new();
    page.begin(Offline);
    page.call(1);
    page.call(2);
    assert_eq!(page.begin(Unloaded), [store_with_next(1), store(2), buffered(1), buffered(2)]);
}

#[test]
fn force_offline_and_buffer_requests_hold_when_the_page_is_unloaded() {
    for condition in [Forced, Buffering] {
        let mut page = Page::new();
        page.begin(condition);
        page.call(1);
        assert_eq!(page.begin(Hidden), [store(1)]);
        assert_eq!(page.begin(Unloaded), [buffered(1)]);
    }
}

#[test]
fn with_track_offline_hits_are_stored_instead_of_sent_after_a_failure() {
    let mut page = Page::with_track_offline();
    page.call(1);
    page.call(2);
    page.fail(1);
    assert_eq!(page.begin(Unloaded), [store_with_next(1), store(2), buffered(1), buffered(2)]);
}

#[test]
fn with_track_offline_hits_are_sent_again_after_an_answer() {
    let mut page = Page::with_track_offline();
    page.call(1);
    page.call(2);
    page.fail(1);
    page.pass(BACKOFF_MS);
    page.answer(1);
    page.call(3);
    assert_eq!(page.begin(Unloaded), [keepalive(3), handed_over(3)]);
}

#[test]
fn a_page_whose_policy_blocks_connections_sends_only_images() {
    let mut page = Page::new();
    page.begin(Blocked);
    assert_eq!(page.call_by(Transport::Beacon, 1), [image(1)]);
    page.answer(1);
    assert_eq!(page.call_by(Transport::Post, 2), [image(2)]);
    page.call(3);
    assert_eq!(page.begin(Unloaded), [store(3), buffered(3)]);
}

#[test]
fn a_page_that_is_shown_again_continues() {
    let mut page = Page::new();
    page.call(1);
    page.answer(1);
    page.call(2);
    page.begin(Unloaded);
    page.end(Unloaded);
    assert_eq!(page.answer(2), [delivered(2)]);
    assert_eq!(page.find_stored(3), [claim(3)]);
    page.begin(Unloaded);
    page.end(Unloaded);
    assert_eq!(page.claimed(3, true), [image(3)]);
}
