//! What the trackers of a page remember between calls. Each lives as long as the page.
//!
//! A lock is held for a moment only, never while JavaScript runs: the page's code may call back into the tracker. A trap leaves
//! its lock held, so everything uses `try_lock`; `lock` would spin forever.

use alloc::boxed::Box;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use spin::Mutex;

use crate::hit::list::List;
use crate::hit::queue::{Queue, Settings};

/// A number in a static or behind a shared reference; 0 at first.
#[derive(Default)]
pub struct Number(AtomicU32);

impl Number {
    pub const fn new(number: u32) -> Self {
        Self(AtomicU32::new(number))
    }

    pub fn get(&self) -> u32 {
        self.0.load(Relaxed)
    }

    pub fn set(&self, number: u32) {
        self.0.store(number, Relaxed);
    }

    /// Sets it and returns the number before.
    pub fn replace(&self, number: u32) -> u32 {
        let before = self.get();
        self.set(number);
        before
    }
}

/// A boolean in a static or behind a shared reference; false at first.
#[derive(Default)]
pub struct Flag(Number);

impl Flag {
    pub const fn new() -> Self {
        Self(Number::new(0))
    }

    pub fn get(&self) -> bool {
        self.0.get() > 0
    }

    pub fn set(&self, value: bool) {
        self.0.set(u32::from(value));
    }

    /// Sets it to true and returns what it was before.
    pub fn raise(&self) -> bool {
        self.0.replace(1) > 0
    }

    /// Sets it to false and returns what it was before.
    pub fn lower(&self) -> bool {
        self.0.replace(0) > 0
    }
}

/// What one tracker remembers. Its strings are kept by JavaScript, as string slots.
#[derive(Default)]
pub struct Tracker {
    /// Its index among the trackers of the page.
    pub id: u32,
    /// It has made a hit.
    pub has_sent: Flag,
    /// It has read the document's referrer.
    pub has_read_referrer: Flag,
    /// A call that was no hit has left its referrer for the next one.
    pub has_kept_referrer: Flag,
    /// It tracks clicks after the page has handled them.
    pub tracks_clicks_late: Flag,
    /// Screen, window and cookies have been read.
    pub has_read_browser: Flag,
    /// Labels of the cookie domain; 0 while unknown.
    pub domain_labels: Number,
    /// Milliseconds the last request took, plus one; 0 while unknown.
    pub last_request_ms: Number,
    /// Hash of the visitor id cookie as it was last written.
    pub visitor_cookie: Number,
    /// Hash of the key under which its hits are stored.
    pub storage_key: Number,
    /// The services its latest call found, a bit each.
    pub services: Number,
    pub readiness: Readiness,
    pub delivery: Mutex<Delivery>,
}

/// What has been asked of whom before a hit may be made, and who has answered.
#[derive(Default)]
pub struct Readiness {
    pub consent_requested: Flag,
    pub visitor_requested: Flag,
    /// The latest call has asked the visitor service.
    pub visitor_asked: Flag,
    pub hints_requested: Flag,
    /// The modules have been asked whether they delay hits.
    pub delay_asked: Flag,
    /// None does any longer, or `maxDelay` is over.
    pub delay_over: Flag,
}

/// The hits of a tracker on their way.
#[derive(Default)]
pub struct Delivery {
    pub queue: Queue,
    /// How the page wants them delivered.
    pub settings: Settings,
}

static TRACKERS: Mutex<List<&'static Tracker>> = Mutex::new(List::new());

/// The tracker with this id.
#[inline(never)]
pub fn tracker(id: u32) -> Option<&'static Tracker> {
    TRACKERS.try_lock()?.iter().nth(id as usize).copied()
}

/// Makes a tracker.
pub fn add(id: u32) -> &'static Tracker {
    let tracker = Box::leak(Box::new(Tracker { id, ..Tracker::default() }));
    if let Some(mut trackers) = TRACKERS.try_lock() {
        trackers.push(tracker);
    }
    tracker
}

/// All trackers, including those made during the iteration.
pub fn trackers() -> impl Iterator<Item = &'static Tracker> {
    (0..).map_while(tracker)
}
