//! What the contract for delivery says, one rule a story.

use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Left, Offline};

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
fn a_slow_answer_lets_the_next_one_go_and_still_counts() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    assert_eq!(page.after(SLOW - 1), NOTHING);
    assert_eq!(page.after(1), [image(2)]);
    assert_eq!(page.after(3_600_000), NOTHING);
    assert_eq!(page.answers(1), [delivered(1)]);
    assert_eq!(page.answers(1), NOTHING);
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
    for tries in 0..TRIES - 1 {
        let pause = PAUSE << tries.min(DOUBLINGS);
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
        for _ in 1..TRIES {
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
    assert_eq!(page.idle(), PAUSE);
}

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
    assert_eq!(page.answers(1), [delivered(1), claim(2)]);
    assert_eq!(page.claimed(2, false), [handed_over(2), image(3)]);
}

#[test]
fn a_lock_that_nobody_gives_holds_nothing_up_for_long() {
    let mut page = Page::keeping();
    page.finds(1);
    page.calls(2);
    assert_eq!(page.after(SLOW), [image(2)]);
    assert_eq!(page.answers(2), [delivered(2)]);
    assert_eq!(page.claimed(1, true), [image(1)]);
}

#[test]
fn memory_is_bounded_by_number() {
    let mut page = Page::new();
    page.calls(0);
    for id in 1..HITS as u32 {
        page.calls(id);
    }
    assert_eq!(page.calls(5000), [Command::Dropped { id: 1 }]);
}

#[test]
fn memory_is_bounded_by_bytes() {
    let mut page = Page::new();
    page.begins(Buffering);
    let size = BYTES / 2;
    for id in 1..=2 {
        page.tell(Event::Called { id, size, way: Way::Image, kept: false });
    }
    assert_eq!(page.calls(3), [Command::Dropped { id: 1 }]);
}

#[test]
fn a_beacon_with_nothing_before_it_is_over_before_the_call_returns() {
    let mut page = Page::new();
    assert_eq!(page.calls_by(Way::Beacon, 1), [beacon(1)]);
    assert_eq!(page.answers(1), [Command::Delivered { id: 1, way: Way::Beacon }]);
}

#[test]
fn a_beacon_waits_for_its_turn_but_not_when_the_page_is_left() {
    let mut page = Page::new();
    page.calls(1);
    page.calls_by(Way::Beacon, 2);
    page.now += YOUNG;
    assert_eq!(page.begins(Left), [beacon(2)]);
}

#[test]
fn a_refused_beacon_takes_the_next_way() {
    let mut page = Page::new();
    assert_eq!(page.calls_by(Way::Beacon, 1), [beacon(1)]);
    assert_eq!(page.refuses(1), [image(1)]);
    page.calls_by(Way::Beacon, 2);
    page.answers(1);
    page.begins(Hidden);
    assert_eq!(page.refuses(2), [keepalive(2)]);
    assert_eq!(page.refuses(2), [keep(2)]);
    assert_eq!(page.refuses(2), NOTHING);
    assert_eq!(page.ends(Hidden), [image(2)]);
}

#[test]
fn leaving_the_page_sends_all_that_waits_at_once() {
    let mut page = Page::new();
    page.calls(1);
    page.answers(1);
    page.calls(2);
    page.calls(3);
    page.calls_by(Way::Post, 4);
    assert_eq!(page.begins(Left), [keepalive(3), handed_over(3), keepalive(4), handed_over(4)]);
    assert_eq!(page.answers(2), [delivered(2)]);
}

#[test]
fn a_hit_in_its_pause_leaves_with_the_page() {
    let mut page = Page::new();
    page.calls(1);
    page.fails(1);
    assert_eq!(page.begins(Left), [keepalive(1), handed_over(1)]);
}

#[test]
fn a_hidden_page_that_lives_on_hears_of_its_keepalives() {
    let mut page = Page::new();
    page.calls(1);
    page.answers(1);
    page.calls(2);
    page.calls(3);
    page.calls(4);
    assert_eq!(page.begins(Hidden), [keepalive(3), keepalive(4)]);
    assert_eq!(page.answers(3), [Command::Delivered { id: 3, way: Way::Keepalive }]);
    assert_eq!(page.fails(4), [keep(4)]);
    assert_eq!(page.ends(Hidden), NOTHING);
    assert_eq!(page.answers(2), [delivered(2), claim(4)]);
}

#[test]
fn a_young_image_whose_host_has_not_answered_is_sent_again() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    page.now += YOUNG - 1;
    let sent = [Command::Cancel { id: 1 }, keepalive(1), handed_over(1), keepalive(2), handed_over(2)];
    assert_eq!(page.begins(Left), sent);
}

#[test]
fn an_older_image_has_left() {
    let mut page = Page::new();
    page.calls(1);
    page.now += YOUNG;
    assert_eq!(page.begins(Left), NOTHING);
}

#[test]
fn hiding_a_page_cancels_nothing() {
    let mut page = Page::new();
    page.calls(1);
    assert_eq!(page.begins(Hidden), NOTHING);
    assert_eq!(page.answers(1), [delivered(1)]);
}

#[test]
fn the_browser_carries_no_more_than_it_can() {
    let mut page = Page::new();
    page.calls(0);
    page.now += YOUNG;
    for id in 1..=500 {
        page.tell(Event::Called { id, size: 1000, way: Way::Image, kept: false });
    }
    let done = page.begins(Left);
    let count = |made: fn(u32) -> Command| (1..=500).filter(|id| done.contains(&made(*id))).count() as u32;
    assert_eq!((count(keepalive), count(handed_over)), (KEEPALIVES, KEEPALIVES));
    assert_eq!((count(keep), count(buffered)), (300, 300));
    assert_eq!(page.calls(501), [keep(501), buffered(501)]);
}

#[test]
fn the_browser_carries_so_many_bytes() {
    for (way, most) in [(Way::Image, KEEPALIVE_URLS), (Way::Post, KEEPALIVE_BODIES)] {
        let mut page = Page::new();
        page.begins(Hidden);
        let size = most / 2;
        for id in 1..=2 {
            assert_eq!(page.tell(Event::Called { id, size, way, kept: false }), [keepalive(id)]);
        }
        assert_eq!(page.calls_by(way, 3), [keep(3)]);
        assert_eq!(page.answers(1)[1..], [claim(3)]);
    }
}

#[test]
fn without_keepalive_beacons_leave() {
    let mut page = Page::new();
    page.settings.keepalive = false;
    page.begins(Hidden);
    assert_eq!(page.calls(1), [beacon(1)]);
    assert_eq!(page.refuses(1), [keep(1)]);
}

#[test]
fn offline_all_stays_for_the_next_page() {
    let mut page = Page::new();
    page.begins(Offline);
    page.calls(1);
    page.calls(2);
    assert_eq!(page.begins(Left), [keep(1), buffered(1), keep(2), buffered(2)]);
}

#[test]
fn what_waits_by_wish_is_not_flushed() {
    for condition in [Forced, Buffering] {
        let mut page = Page::new();
        page.begins(condition);
        page.calls(1);
        assert_eq!(page.begins(Hidden), [keep(1)]);
        assert_eq!(page.begins(Left), [buffered(1)]);
    }
}

#[test]
fn buffered_hits_leave_in_order_by_the_way_they_were_called_with() {
    let mut page = Page::new();
    page.begins(Buffering);
    assert_eq!(page.calls_by(Way::Beacon, 1), NOTHING);
    assert_eq!(page.calls(2), NOTHING);
    assert_eq!(page.ends(Buffering), [beacon(1)]);
}

#[test]
fn hits_that_are_kept_anyway_do_not_leave_while_nothing_gets_through() {
    let mut page = Page::keeping();
    page.calls(1);
    page.calls(2);
    page.fails(1);
    assert_eq!(page.begins(Left), [keep(1), buffered(1), keep(2), buffered(2)]);
}

#[test]
fn a_page_that_may_not_connect_is_served_by_images() {
    let mut page = Page::new();
    page.begins(Blocked);
    assert_eq!(page.calls_by(Way::Beacon, 1), [image(1)]);
    page.answers(1);
    assert_eq!(page.calls_by(Way::Post, 2), [image(2)]);
    page.calls(3);
    assert_eq!(page.begins(Left), [keep(3), buffered(3)]);
}

#[test]
fn a_page_that_comes_back_goes_on() {
    let mut page = Page::new();
    page.calls(1);
    page.answers(1);
    page.calls(2);
    page.begins(Left);
    page.ends(Left);
    assert_eq!(page.answers(2), [delivered(2)]);
    assert_eq!(page.finds(3), [claim(3)]);
    page.begins(Left);
    page.ends(Left);
    assert_eq!(page.claimed(3, true), [image(3)]);
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
    page.now = page.now.wrapping_add(SLOW);
    assert_eq!(page.tell(Event::Tick), [image(2)]);
}
