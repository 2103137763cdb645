//! What happens on the page: events of the window and its navigation, and clicks.

use super::state::{Flag, Number, trackers};
use super::{connection, delivery, host, policy, snapshot, track};
use crate::hit::page_event::{
    BUBBLED_CLICK, NAVIGATION_EVENTS, PageEvent, WINDOW_EVENTS, believes_offline, condition_of, page_event,
};
use crate::hit::queue::Condition;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::Slot;

/// Another click on the same element within this time is not tracked.
const SAME_CLICK_MS: u32 = 10_000;
/// The id of the element that Activity Map's overlay adds to a page: clicks are not tracked behind it.
const OVERLAY_ID: &str = "cppXYctnr";

/// Starts to listen.
pub fn listen() {
    host::listen(0, text(WINDOW_EVENTS));
    host::listen(PageEvent::navigate as u32, text(NAVIGATION_EVENTS));
}

/// Handles a page event by its index; `flag` is `document.hidden` or, for navigation events, whether the document will be
/// replaced.
pub fn on_page_event(index: u32, flag: bool) {
    /// A page that is shown for the first time has not been left before.
    static WAS_UNLOADED: Flag = Flag::new();
    let builder = &TextBuilder::new();
    if index == BUBBLED_CLICK {
        return on_click(builder, true);
    }
    let Some(event) = page_event(index) else { return };
    if event == PageEvent::click {
        return on_click(builder, false);
    }
    if event == PageEvent::pagehide {
        connection::share(builder);
    }
    let is_navigation = matches!(event, PageEvent::navigate | PageEvent::currententrychange);
    if !is_navigation {
        let is_offline = believes_offline(event, flag, WAS_UNLOADED.get()) && host::is_offline();
        delivery::set_condition(Condition::Offline, is_offline);
    }
    if let Some((condition, begins)) = condition_of(event, flag) {
        if begins && matches!(condition, Condition::Navigating | Condition::Unloaded) {
            take_back_images(builder, condition == Condition::Unloaded);
        }
        delivery::set_condition(condition, begins);
    }
    if is_navigation {
        return;
    }
    match event {
        PageEvent::pagehide => WAS_UNLOADED.set(true),
        PageEvent::pageshow if WAS_UNLOADED.get() => delivery::adopt_stored_again(builder),
        PageEvent::visibilitychange | PageEvent::freeze | PageEvent::resume | PageEvent::prerenderingchange => {
            track::resume_all(builder);
        }
        _ => {}
    }
}

/// Takes back images whose requests have not started: one that starts just before its page goes may never leave. They go with the
/// page, or later if it stays. If the policy may block that, an image is better, as long as there is time (not `is_last_moment`).
fn take_back_images(builder: &TextBuilder, is_last_moment: bool) {
    for tracker in trackers() {
        loop {
            let call = host::unstarted_image(tracker);
            if call == 0 || policy::may_block(builder, call, is_last_moment) {
                break;
            }
            host::cancel_image(call);
            delivery::take_back(tracker, call);
        }
    }
}

/// Tracks a click in the body, for every tracker: before the page has handled it, or after for those that want that.
fn on_click(builder: &TextBuilder, is_late: bool) {
    static TRACKED_MS: Number = Number::new(0);
    static IS_REPEATED: Flag = Flag::new();
    static ALL_TRACK_LATE: Flag = Flag::new();
    if !host::select_clicked(text(OVERLAY_ID)) {
        return;
    }
    if !is_late {
        ALL_TRACK_LATE.set(true);
        for tracker in trackers() {
            let wants_late = !host::has_property(tracker, text("useForcedLinkTracking"));
            tracker.tracks_clicks_late.set(wants_late);
            if wants_late {
                host::watch_body(BUBBLED_CLICK);
            } else {
                ALL_TRACK_LATE.set(false);
            }
        }
    }
    // A click whose propagation the page stops does not count for trackers that would get it late.
    if is_late == ALL_TRACK_LATE.get() {
        let now = host::now();
        IS_REPEATED.set(host::remember_element() && now.wrapping_sub(TRACKED_MS.get()) < SAME_CLICK_MS);
        if !IS_REPEATED.get() {
            TRACKED_MS.set(now);
        }
    }
    if IS_REPEATED.get() {
        return;
    }
    let mut tracked_suites = Text::empty();
    for tracker in trackers() {
        let suites = snapshot::read(builder, tracker).get(Slot::account);
        if tracker.tracks_clicks_late.get() != is_late || tracked_suites.contains_item(suites, 0) {
            continue;
        }
        host::select_clicked(Text::empty());
        host::set_click_object(tracker);
        if track::track_click(builder, tracker) {
            tracked_suites = builder.join(tracked_suites, builder.join(suites, text("\0")));
        }
    }
}
