//! The browser's events that the tracker listens to, and what each means for delivery.
//!
//! The tracker passes the two lists of names to JavaScript once, and is then told of events by their number.

use super::queue::Condition;

/// Declares the enum, the two lists of names, and the numbers from one list.
macro_rules! page_events {
    ($window:ident: $first:ident $($rest:ident)*; $navigation:ident: $other_first:ident $($other_rest:ident)*;) => {
        /// An event, named and numbered as in the lists: those of the window, then those of its navigation.
        #[allow(missing_docs, non_camel_case_types)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u32)]
        pub enum PageEvent { $first, $($rest,)* $other_first, $($other_rest,)* }

        /// The events of `window`.
        pub const $window: &str = concat!(stringify!($first) $(, ",", stringify!($rest))*);
        /// The events of `window.navigation`.
        pub const $navigation: &str = concat!(stringify!($other_first) $(, ",", stringify!($other_rest))*);

        const ALL: &[PageEvent] = &[
            PageEvent::$first, $(PageEvent::$rest,)* PageEvent::$other_first, $(PageEvent::$other_rest,)*
        ];
    };
}

page_events! {
    WINDOW_EVENTS: offline online pagehide pageshow visibilitychange freeze resume prerenderingchange click;
    NAVIGATION_EVENTS: navigate currententrychange;
}

/// The number of one more event: a click has reached the body from inside.
pub const BUBBLED_CLICK: u32 = ALL.len() as u32;

/// The event with a number.
pub fn page_event(index: u32) -> Option<PageEvent> {
    ALL.get(index as usize).copied()
}

/// Whether to believe a browser that says it is offline while an event is handled. Some say so though they are not: on a page
/// that is shown, only a change or a failed request counts. One that is left stores its hits then, which loses none.
///
/// `flag` is `document.hidden`.
pub fn believes_offline(event: PageEvent, flag: bool, was_unloaded: bool) -> bool {
    match event {
        PageEvent::offline | PageEvent::online | PageEvent::pagehide => true,
        // A page restored from the back/forward cache has missed events.
        PageEvent::pageshow => was_unloaded,
        _ => flag,
    }
}

/// The condition that begins (`true`) or ends with an event, if it concerns delivery and is not [`Condition::Offline`].
///
/// `flag` is `document.hidden`, or for events of the navigation whether another document has been asked for.
pub fn condition_of(event: PageEvent, flag: bool) -> Option<(Condition, bool)> {
    match event {
        PageEvent::pagehide => Some((Condition::Unloaded, true)),
        PageEvent::pageshow => Some((Condition::Unloaded, false)),
        PageEvent::visibilitychange | PageEvent::freeze | PageEvent::resume => Some((Condition::Hidden, flag)),
        PageEvent::offline | PageEvent::online | PageEvent::prerenderingchange | PageEvent::click => None,
        PageEvent::navigate | PageEvent::currententrychange => Some((Condition::Navigating, flag)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_numbered_as_their_names_are_listed() {
        let names = format!("{WINDOW_EVENTS},{NAVIGATION_EVENTS}");
        assert_eq!(page_event(BUBBLED_CLICK), None);
        for (index, name) in names.split(',').enumerate() {
            assert_eq!(page_event(index as u32).map(|event| format!("{event:?}")), Some(name.to_owned()));
        }
        assert_eq!(page_event(names.split(',').count() as u32), None);
        assert_eq!(WINDOW_EVENTS.split(',').count() as u32, PageEvent::navigate as u32);
    }

    #[test]
    fn a_browser_that_says_it_is_offline_is_believed_when_that_changes_and_when_the_page_is_left() {
        for event in [PageEvent::offline, PageEvent::online, PageEvent::pagehide] {
            assert!(believes_offline(event, false, false));
        }
        for is_hidden in [true, false] {
            assert_eq!(believes_offline(PageEvent::visibilitychange, is_hidden, false), is_hidden);
            assert_eq!(believes_offline(PageEvent::resume, is_hidden, true), is_hidden);
        }
        assert!(!believes_offline(PageEvent::pageshow, false, false));
        assert!(believes_offline(PageEvent::pageshow, false, true));
    }

    #[test]
    fn a_page_is_unloaded_between_pagehide_and_pageshow() {
        assert_eq!(condition_of(PageEvent::pagehide, false), Some((Condition::Unloaded, true)));
        assert_eq!(condition_of(PageEvent::pageshow, true), Some((Condition::Unloaded, false)));
    }

    #[test]
    fn the_flag_says_whether_the_page_is_hidden_or_navigating() {
        for flag in [true, false] {
            assert_eq!(condition_of(PageEvent::freeze, flag), Some((Condition::Hidden, flag)));
            assert_eq!(condition_of(PageEvent::navigate, flag), Some((Condition::Navigating, flag)));
        }
        assert_eq!(condition_of(PageEvent::click, true), None);
    }
}
