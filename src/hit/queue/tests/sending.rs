//! The contract for delivery, one rule a story: order, answers, failures, beacons.

use super::*;
use Condition::Hidden;

#[test]
fn hits_leave_in_call_order_one_at_a_time() {
    let mut page = Page::new();
    assert_eq!(page.calls(1), [image(1)]);
    assert_eq!(page.calls(2), NOTHING);
    assert_eq!(page.calls(3), NOTHING);
    assert_eq!(page.answers(1), [delivered(1), image(2)]);
    assert_eq!(page.answers(2), [delivered(2), image(3)]);
    assert_eq!(page.answers(3), [delivered(3)]);
}

#[test]
fn as_many_at_a_time_as_the_site_says() {
    let mut page = Page::new();
    page.settings.concurrent = 2;
    assert_eq!(page.calls(1), [image(1)]);
    assert_eq!(page.calls(2), [image(2)]);
    assert_eq!(page.calls(3), NOTHING);
    assert_eq!(page.answers(2), [delivered(2), image(3)]);
}

#[test]
fn the_first_slow_one_makes_room() {
    let mut page = Page::new();
    page.settings.concurrent = 2;
    page.calls(1);
    page.now += 1000;
    page.calls(2);
    page.calls(3);
    assert_eq!(page.idle(), RESPONSE_TIMEOUT_MS - 1000);
    assert_eq!(page.after(RESPONSE_TIMEOUT_MS - 1000), [image(3)]);
}

#[test]
fn a_slow_answer_lets_the_next_one_go_and_still_counts() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    assert_eq!(page.after(RESPONSE_TIMEOUT_MS - 1), NOTHING);
    assert_eq!(page.after(1), [image(2)]);
    assert_eq!(page.after(3_600_000), NOTHING);
    assert_eq!(page.answers(1), [delivered(1)]);
    assert_eq!(page.answers(1), NOTHING);
}

#[test]
fn what_is_not_open_has_no_answer() {
    let mut page = Page::new();
    assert_eq!(page.answers(1), NOTHING);
    page.calls(1);
    page.fails(1);
    assert_eq!(page.answers(1), NOTHING);
    assert_eq!(page.fails(1), NOTHING);
    assert_eq!(page.after(BACKOFF_MS), [image(1)]);
}

#[test]
fn a_timer_that_goes_off_too_early_is_set_again() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    page.now += RESPONSE_TIMEOUT_MS - 1;
    page.alarm = None;
    assert_eq!(page.tell(Event::Tick), NOTHING);
    assert_eq!(page.idle(), 1);
}

#[test]
fn pauses_differ() {
    for (random, pause) in [(0, 375), (249, 624), (250, 375), (u32::MAX, 420)] {
        let mut page = Page::new();
        page.calls(1);
        page.tell(Event::Failed { id: 1, random });
        assert_eq!(page.idle(), pause);
    }
}

#[test]
fn a_failed_hit_is_tried_again_before_the_others_with_growing_pauses() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    for tries in 0..MAX_ATTEMPTS - 1 {
        let pause = BACKOFF_MS << tries.min(MAX_BACKOFF_DOUBLINGS);
        assert_eq!(page.fails(1), NOTHING);
        assert_eq!(page.idle(), pause);
        assert_eq!(page.after(pause), [image(1)]);
    }
    assert_eq!(page.fails(1), [Command::Failed { id: 1 }, image(2)]);
}

#[test]
fn a_site_that_keeps_hits_tries_until_one_gets_through() {
    let mut page = Page::keeping();
    page.calls(1);
    for _ in 0..1000 {
        assert_eq!(page.fails(1), NOTHING);
        assert_eq!(page.after(page.idle()), [image(1)]);
    }
    assert_eq!(page.answers(1), [delivered(1)]);
}

#[test]
fn after_two_hopeless_hits_each_gets_one_try_until_one_is_answered() {
    let mut page = Page::new();
    for id in 1..=2 {
        page.calls(id);
        for _ in 1..MAX_ATTEMPTS {
            page.fails(id);
            page.after(60_000);
        }
        assert_eq!(page.fails(id), [Command::Failed { id }]);
    }
    page.calls(3);
    page.calls(4);
    assert_eq!(page.fails(3), [Command::Failed { id: 3 }, image(4)]);
    page.calls(5);
    assert_eq!(page.answers(4), [delivered(4), image(5)]);
    assert_eq!(page.fails(5), NOTHING);
    assert_eq!(page.idle(), BACKOFF_MS);
}

#[test]
fn a_beacon_with_nothing_before_it_is_over_before_the_call_returns() {
    let mut page = Page::new();
    assert_eq!(page.calls_by(Transport::Beacon, 1), [beacon(1)]);
    assert_eq!(page.answers(1), [Command::Delivered { id: 1, transport: Transport::Beacon }]);
}

#[test]
fn a_refused_beacon_takes_the_next_way() {
    let mut page = Page::new();
    assert_eq!(page.calls_by(Transport::Beacon, 1), [beacon(1)]);
    assert_eq!(page.refuses(1), [image(1)]);
    page.calls_by(Transport::Beacon, 2);
    page.answers(1);
    page.begins(Hidden);
    assert_eq!(page.refuses(2), [keepalive(2)]);
    assert_eq!(page.refuses(2), [keep(2)]);
    assert_eq!(page.refuses(2), NOTHING);
    assert_eq!(page.ends(Hidden), [image(2)]);
}

#[test]
fn requests_keep_their_distance() {
    let mut page = Page::keeping();
    page.settings.throttle = 600;
    assert_eq!(page.calls(1), [image(1)]);
    page.answers(1);
    assert_eq!(page.calls(2), NOTHING);
    assert_eq!(page.after(600), [image(2)]);
}

#[test]
fn the_clock_may_run_over() {
    let mut page = Page::new();
    page.now = u32::MAX - 2;
    page.calls(1);
    page.calls(2);
    page.now = page.now.wrapping_add(RESPONSE_TIMEOUT_MS);
    assert_eq!(page.tell(Event::Tick), [image(2)]);
}
