//! What happens on the page: events of the window and its navigation, clicks, refusals by the page's policy.

use super::state::{Flag, Number, Tracker, tracker, trackers};
use super::{activity_map, delivery, host, snapshot, track};
use crate::hit::link;
use crate::hit::page_event::{NAVIGATION_EVENTS, PageEvent, WINDOW_EVENTS, condition_of, page_event};
use crate::hit::queue::Condition;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// A click on the same link within this time of the previous click is not tracked.
const SAME_CLICK_MS: u32 = 10_000;

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
    let Some(event) = page_event(index) else { return };
    if event == PageEvent::click {
        return on_click(builder);
    }
    if let Some((condition, begins)) = condition_of(event, flag, host::is_offline()) {
        delivery::set_condition(condition, begins);
    }
    if matches!(event, PageEvent::navigate | PageEvent::currententrychange) {
        return;
    }
    if event != PageEvent::prerenderingchange {
        // A page restored from the back/forward cache has missed online and offline events.
        delivery::set_condition(Condition::Offline, host::is_offline());
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

/// Tracks a click somewhere on the page, for every tracker.
fn on_click(builder: &TextBuilder) {
    static LAST_CLICK_MS: Number = Number::new(0);
    let link = if host::select_clicked() { activity_map::select_link(builder) } else { None };
    let now = host::now();
    let elapsed = now.wrapping_sub(LAST_CLICK_MS.replace(now));
    let is_repeated = host::remember_element() && elapsed < SAME_CLICK_MS;
    if link.as_ref().is_some_and(|link| link.element.tracks_itself()) {
        return;
    }
    let mut tracked_suites = Text::empty();
    for tracker in trackers() {
        let variables = snapshot::read(builder, tracker);
        let suites = variables.get(Slot::account);
        let is_already_tracked = is_repeated || tracked_suites.contains_item(suites, 0);
        if let Some(link) = &link {
            set_clicked_link(builder, tracker, &variables, link, is_already_tracked);
        }
        if track::track_click(builder, tracker) {
            tracked_suites = builder.join(tracked_suites, builder.join(suites, text("\0")));
        }
    }
}

/// Sets the clicked link on a tracker, and its type unless it has been tracked already.
#[inline(never)]
fn set_clicked_link(
    builder: &TextBuilder,
    tracker: &Tracker,
    variables: &Variables<'_>,
    link: &activity_map::Link<'_>,
    is_already_tracked: bool,
) {
    host::set_link_object(tracker);
    if !link.element.has_address() {
        return;
    }
    let host = host::host_name(builder);
    let link_type = if is_already_tracked { Text::empty() } else { link::kind(variables, link.element.href(), host) };
    if link::needs_internal_filters(variables, link_type) {
        let start = builder.mark();
        builder.pair(text("linkInternalFilters"), host);
        host::assign(tracker, builder.take_from(start));
    }
    activity_map::set_link_variables(builder, tracker, variables, link, link_type);
}

/// The page's policy has refused a request. If it was one to a collector (by its path), only images are left.
pub fn on_csp_violation(directive: Text<'_>, url: Text<'_>) {
    if directive != "connect-src" || !url.contains(text("/b/ss/")) {
        return;
    }
    delivery::set_condition(Condition::Blocked, true);
    // `sendBeacon` returns true before the browser asks the policy. The hit of a refused beacon has its outcome already, so any
    // tracker may send it again.
    if !delivery::is_probe(url)
        && let Some(tracker) = tracker(0)
    {
        delivery::adopt(tracker, url, false, false);
    }
}
