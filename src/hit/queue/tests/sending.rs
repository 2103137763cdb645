//! Delivery while the page is open: order, concurrency, answers, failures, beacons.

use super::*;
use Condition::Hidden;

#[test]
fn hits_are_sent_one_at_a_time_in_call_order() {
    let mut page = Page::new();
    assert_eq!(page.call(1), [image(1)]);
    assert_eq!(page.call(2), NO_COMMANDS);
    assert_eq!(page.call(3), NO_COMMANDS);
    assert_eq!(page.answer(1), [delivered(1), image(2)]);
    assert_eq!(page.answer(2), [delivered(2), image(3)]);
    assert_eq!(page.answer(3), [delivered(3)]);
}

#[test]
fn max_concurrent_hits_are_in_flight_at_a_time() {
    let mut page = Page::new();
    page.settings.max_concurrent = 2;
    assert_eq!(page.call(1), [image(1)]);
    assert_eq!(page.call(2), [image(2)]);
    assert_eq!(page.call(3), NO_COMMANDS);
    assert_eq!(page.answer(2), [delivered(2), image(3)]);
}

#[test]
fn a_slow_hit_stops_blocking_after_the_response_timeout() {
    let mut page = Page::new();
    page.settings.max_concurrent = 2;
    page.call(1);
    page.now += 1000;
    page.call(2);
    page.call(3);
    assert_eq!(page.ms_until_timer(), RESPONSE_TIMEOUT_MS - 1000);
    assert_eq!(page.pass(RESPONSE_TIMEOUT_MS - 1000), [image(3)]);
}

#[test]
fn a_late_answer_still_counts_although_the_next_hit_was_sent() {
    let mut page = Page::new();
    page.call(1);
    page.call(2);
    assert_eq!(page.pass(RESPONSE_TIMEOUT_MS - 1), NO_COMMANDS);
    assert_eq!(page.pass(1), [image(2)]);
    assert_eq!(page.pass(3_600_000), NO_COMMANDS);
    assert_eq!(page.answer(1), [delivered(1)]);
    assert_eq!(page.answer(1), NO_COMMANDS);
}

#[test]
fn answers_and_failures_of_hits_not_in_flight_are_ignored() {
    let mut page = Page::new();
    assert_eq!(page.answer(1), NO_COMMANDS);
    page.call(1);
    page.fail(1);
    assert_eq!(page.answer(1), NO_COMMANDS);
    assert_eq!(page.fail(1), NO_COMMANDS);
    assert_eq!(page.pass(BACKOFF_MS), [image(1)]);
}

#[test]
fn a_timer_that_fires_early_is_set_again() {
    let mut page = Page::new();
    page.call(1);
    page.call(2);
    page.now += RESPONSE_TIMEOUT_MS - 1;
    page.timer_at = None;
    assert_eq!(page.handle(Event::Tick), NO_COMMANDS);
    assert_eq!(page.ms_until_timer(), 1);
}

#[test]
fn the_backoff_varies_at_random_by_up_to_a_quarter() {
    for (random, backoff_ms) in [(0, 188), (124, 312), (125, 188), (u32::MAX, 233)] {
        let mut page = Page::new();
        page.call(1);
        page.handle(Event::Failed { id: 1, random });
        assert_eq!(page.ms_until_timer(), backoff_ms);
    }
}

#[test]
fn a_failed_hit_is_sent_again_after_growing_pauses() {
    let mut page = Page::warm();
    page.call(1);
    for failures in 0..MAX_ATTEMPTS - 1 {
        let backoff_ms = BACKOFF_MS << failures.saturating_sub(1).min(MAX_BACKOFF_DOUBLINGS);
        assert_eq!(page.fail(1), NO_COMMANDS);
        assert_eq!(page.pass(backoff_ms - 1), NO_COMMANDS);
        assert_eq!(page.pass(1), [image(1)]);
    }
    assert_eq!(page.fail(1), [Command::Failed { id: 1 }]);
}

#[test]
fn before_the_first_answer_later_hits_wait_for_the_third_attempt_of_one_that_fails() {
    let mut page = Page::new();
    page.call(1);
    page.call(2);
    page.call(3);
    for _ in 0..BLOCKING_FAILURES {
        page.now += REFUSED_AT_ONCE_MS;
        assert_eq!(page.fail(1), NO_COMMANDS);
        assert_eq!(page.pass(BACKOFF_MS - 1), NO_COMMANDS);
        assert_eq!(page.pass(1), [image(1)]);
    }
    page.now += REFUSED_AT_ONCE_MS;
    assert_eq!(page.fail(1), [image(2)]);
    assert_eq!(page.answer(2), [delivered(2), image(3)]);
    assert_eq!(page.answer(3), [delivered(3)]);
    assert_eq!(page.pass(2 * BACKOFF_MS), [image(1)]);
}

#[test]
fn later_hits_pass_one_that_fails_unless_they_fail_too() {
    let mut page = Page::warm();
    for id in 1..=4 {
        page.call(id);
    }
    assert_eq!(page.fail(1), [image(2)]);
    assert_eq!(page.fail(2), NO_COMMANDS);
    assert_eq!(page.pass(BACKOFF_MS), [image(1)]);
    assert_eq!(page.answer(1), [delivered(1), image(2)]);
    assert_eq!(page.fail(2), [image(3)]);
}

#[test]
fn a_pause_is_short_while_other_hits_are_answered_unless_a_hit_fails_again_and_again() {
    for (failures, is_short) in [(MAX_BACKOFF_DOUBLINGS, true), (MAX_BACKOFF_DOUBLINGS + 1, false)] {
        let mut page = Page::warm();
        page.call(1);
        for _ in 1..failures {
            page.fail(1);
            page.pass(BACKOFF_MS << MAX_BACKOFF_DOUBLINGS);
        }
        page.fail(1);
        page.call(2);
        page.answer(2);
        assert_eq!(page.pass(MAX_PAUSE_BESIDE_ANSWERS_MS) == [image(1)], is_short);
    }
}

#[test]
fn where_something_blocks_the_host_attempts_are_few() {
    let mut page = Page::new();
    page.find_stored(1);
    page.claimed(1, true);
    page.find_stored(2);
    page.call(3);
    page.call(4);
    let mut attempts = vec![1];
    page.fail(1);
    for _ in 0..20 {
        let mut commands = page.pass(BACKOFF_MS);
        while let [Command::Send { id, .. }] = commands[..] {
            attempts.push(id);
            commands = page.fail(id);
        }
    }
    assert_eq!(attempts, [1, 1, 1, 3, 4]);
    page.call(5);
    assert_eq!(page.fail(5), NO_COMMANDS);
    let failed = page.pass(2 * REST_MS);
    assert_eq!(failed, [1, 3, 4, 5].map(|id| Command::Failed { id }));
}

#[test]
fn hits_that_rest_are_sent_again_after_a_sign_of_life() {
    let signs: [fn(&mut Page) -> Vec<Command>; 3] = [
        |page| {
            page.call(3);
            page.answer(3)[1..].to_vec()
        },
        |page| {
            page.begin(Condition::Offline);
            page.end(Condition::Offline)
        },
        |page| {
            assert_eq!(page.begin(Hidden), [store_with_next(1), store(2)]);
            assert_eq!(page.end(Hidden), [claim(1)]);
            page.claimed(1, true)
        },
    ];
    for sign in signs {
        let mut page = Page::new();
        page.call(1);
        for _ in 0..MAX_REFUSED_ATTEMPTS {
            page.fail(1);
            page.pass(BACKOFF_MS);
        }
        page.call(2);
        page.fail(2);
        page.pass(BACKOFF_MS);
        assert_eq!(sign(&mut page), [image(1)]);
    }
}

#[test]
fn with_track_offline_a_hit_is_retried_until_it_succeeds() {
    let mut page = Page::with_track_offline();
    page.call(0);
    page.answer(0);
    page.call(1);
    for _ in 0..1000 {
        assert_eq!(page.fail(1), NO_COMMANDS);
        assert_eq!(page.pass(BACKOFF_MS << MAX_BACKOFF_DOUBLINGS), [image(1)]);
    }
    assert_eq!(page.answer(1), [delivered(1)]);
}

#[test]
fn a_beacon_in_an_empty_queue_is_sent_within_the_call() {
    let mut page = Page::new();
    assert_eq!(page.call_by(Transport::Beacon, 1), [beacon(1)]);
    assert_eq!(page.answer(1), [Command::Delivered { id: 1, transport: Transport::Beacon }]);
}

#[test]
fn a_refused_beacon_falls_back_to_an_image_or_keepalive_then_to_storage() {
    let mut page = Page::new();
    assert_eq!(page.call_by(Transport::Beacon, 1), [beacon(1)]);
    assert_eq!(page.refuse(1), [image(1)]);
    page.call_by(Transport::Beacon, 2);
    page.answer(1);
    page.begin(Hidden);
    assert_eq!(page.refuse(2), [keepalive(2)]);
    assert_eq!(page.refuse(2), [store(2)]);
    assert_eq!(page.refuse(2), NO_COMMANDS);
    assert_eq!(page.end(Hidden), [image(2)]);
}

#[test]
fn offline_throttle_delay_separates_requests() {
    let mut page = Page::with_track_offline();
    page.settings.throttle_ms = 600;
    assert_eq!(page.call(1), [image(1)]);
    page.answer(1);
    assert_eq!(page.call(2), NO_COMMANDS);
    assert_eq!(page.pass(600), [image(2)]);
}

#[test]
fn the_clock_may_wrap() {
    let mut page = Page::new();
    page.now = u32::MAX - 2;
    page.call(1);
    page.call(2);
    page.now = page.now.wrapping_add(RESPONSE_TIMEOUT_MS);
    assert_eq!(page.handle(Event::Tick), [image(2)]);
}
