//! The contract for delivery, one rule a story: leaving the page, and coming back.

use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Navigating, Offline, Unloaded};

#[test]
fn a_beacon_waits_for_its_turn_but_not_when_the_page_is_left() {
    let mut page = Page::new();
    page.calls(1);
    page.calls_by(Transport::Beacon, 2);
    page.now += UNSENT_AGE_MS;
    assert_eq!(page.begins(Unloaded), [beacon(2)]);
}

#[test]
fn what_was_refused_has_another_chance_when_the_page_is_left() {
    let mut page = Page::new();
    page.begins(Hidden);
    page.calls(1);
    assert_eq!(page.refuses(1), [keep(1)]);
    page.refuses(1);
    assert_eq!(page.begins(Unloaded), [keepalive(1), handed_over(1)]);
}

#[test]
fn leaving_the_page_sends_all_that_waits_at_once() {
    let mut page = Page::new();
    page.calls(1);
    page.answers(1);
    page.calls(2);
    page.calls(3);
    page.calls_by(Transport::Post, 4);
    assert_eq!(page.begins(Unloaded), [keepalive(3), handed_over(3), keepalive(4), handed_over(4)]);
    assert_eq!(page.answers(2), [delivered(2)]);
}

#[test]
fn while_another_page_is_on_its_way_no_image_starts() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    page.begins(Navigating);
    assert_eq!(page.answers(1), [delivered(1)]);
    assert_eq!(page.calls(3), NOTHING);
    assert_eq!(page.begins(Unloaded), [keepalive(2), handed_over(2), keepalive(3), handed_over(3)]);
}

#[test]
fn a_page_that_stays_although_another_one_was_asked_for_goes_on() {
    let mut page = Page::new();
    page.begins(Navigating);
    assert_eq!(page.calls(1), NOTHING);
    assert_eq!(page.after(NAVIGATION_GRACE_MS - 1), NOTHING);
    assert_eq!(page.after(1), [image(1)]);
}

#[test]
fn a_page_that_was_asked_for_and_is_this_one_goes_on() {
    let mut page = Page::new();
    page.begins(Navigating);
    page.calls(1);
    assert_eq!(page.ends(Navigating), [image(1)]);
}

#[test]
fn a_hit_in_its_pause_leaves_with_the_page() {
    let mut page = Page::new();
    page.calls(1);
    page.fails(1);
    assert_eq!(page.begins(Unloaded), [keepalive(1), handed_over(1)]);
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
    assert_eq!(page.answers(3), [Command::Delivered { id: 3, transport: Transport::Keepalive }]);
    assert_eq!(page.fails(4), [keep(4)]);
    assert_eq!(page.ends(Hidden), NOTHING);
    assert_eq!(page.answers(2), [delivered(2), claim(4)]);
}

#[test]
fn a_young_image_whose_host_has_not_answered_is_sent_again() {
    let mut page = Page::new();
    page.calls(1);
    page.calls(2);
    page.now += UNSENT_AGE_MS - 1;
    let sent = [Command::Cancel { id: 1 }, keepalive(1), handed_over(1), keepalive(2), handed_over(2)];
    assert_eq!(page.begins(Unloaded), sent);
}

#[test]
fn an_older_image_has_left() {
    let mut page = Page::new();
    page.calls(1);
    page.now += UNSENT_AGE_MS;
    assert_eq!(page.begins(Unloaded), NOTHING);
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
    page.now += UNSENT_AGE_MS;
    for id in 1..=500 {
        page.tell(Event::Called { id, size: 1000, transport: Transport::Image, kept: false });
    }
    let done = page.begins(Unloaded);
    let count = |made: fn(u32) -> Command| (1..=500).filter(|id| done.contains(&made(*id))).count() as u32;
    assert_eq!((count(keepalive), count(handed_over)), (MAX_KEEPALIVES, MAX_KEEPALIVES));
    assert_eq!((count(keep), count(buffered)), (300, 300));
    page.begins(Hidden);
    assert_eq!(page.calls(501), [keep(501), buffered(501)]);
}

#[test]
fn the_browser_carries_so_many_bytes() {
    for (transport, most) in [(Transport::Image, MAX_KEEPALIVE_URL_BYTES), (Transport::Post, MAX_KEEPALIVE_BODY_BYTES)]
    {
        let mut page = Page::new();
        page.begins(Hidden);
        let size = most / 2;
        for id in 1..=2 {
            assert_eq!(page.tell(Event::Called { id, size, transport, kept: false }), [keepalive(id)]);
        }
        assert_eq!(page.calls_by(transport, 3), [keep(3)]);
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
    assert_eq!(page.begins(Unloaded), [keep(1), buffered(1), keep(2), buffered(2)]);
}

#[test]
fn what_waits_by_wish_is_not_flushed() {
    for condition in [Forced, Buffering] {
        let mut page = Page::new();
        page.begins(condition);
        page.calls(1);
        assert_eq!(page.begins(Hidden), [keep(1)]);
        assert_eq!(page.begins(Unloaded), [buffered(1)]);
    }
}

#[test]
fn hits_that_are_kept_anyway_do_not_leave_while_nothing_gets_through() {
    let mut page = Page::keeping();
    page.calls(1);
    page.calls(2);
    page.fails(1);
    assert_eq!(page.begins(Unloaded), [keep(1), buffered(1), keep(2), buffered(2)]);
}

#[test]
fn hits_that_are_kept_leave_once_something_gets_through() {
    let mut page = Page::keeping();
    page.calls(1);
    page.calls(2);
    page.fails(1);
    page.after(BACKOFF_MS);
    page.answers(1);
    page.calls(3);
    assert_eq!(page.begins(Unloaded), [keepalive(3), handed_over(3)]);
}

#[test]
fn a_page_that_may_not_connect_is_served_by_images() {
    let mut page = Page::new();
    page.begins(Blocked);
    assert_eq!(page.calls_by(Transport::Beacon, 1), [image(1)]);
    page.answers(1);
    assert_eq!(page.calls_by(Transport::Post, 2), [image(2)]);
    page.calls(3);
    assert_eq!(page.begins(Unloaded), [keep(3), buffered(3)]);
}

#[test]
fn a_page_that_comes_back_goes_on() {
    let mut page = Page::new();
    page.calls(1);
    page.answers(1);
    page.calls(2);
    page.begins(Unloaded);
    page.ends(Unloaded);
    assert_eq!(page.answers(2), [delivered(2)]);
    assert_eq!(page.finds(3), [claim(3)]);
    page.begins(Unloaded);
    page.ends(Unloaded);
    assert_eq!(page.claimed(3, true), [image(3)]);
}
