//! What the trackers of a page remember. Each lives as long as the page; what is borrowed is borrowed for a moment only,
//! never while JavaScript runs: a page's code may call back into the tracker. What a trap has left borrowed stays so: nobody
//! waits for it, because that would be for ever.

use alloc::boxed::Box;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use spin::Mutex;

use crate::hit::list::List;
use crate::hit::queue::{Queue, Settings};

/// A number that anybody may change, 0 at first.
#[derive(Default)]
pub struct Number(AtomicU32);

impl Number {
    /// A number.
    pub const fn new(number: u32) -> Self {
        Self(AtomicU32::new(number))
    }

    /// It.
    pub fn get(&self) -> u32 {
        self.0.load(Relaxed)
    }

    /// Changes it.
    pub fn set(&self, number: u32) {
        self.0.store(number, Relaxed);
    }

    /// Changes it; what it was before.
    pub fn replace(&self, number: u32) -> u32 {
        let before = self.get();
        self.set(number);
        before
    }
}

/// Something that is the case or not, which it is not at first.
#[derive(Default)]
pub struct Flag(Number);

impl Flag {
    /// Not the case.
    pub const fn new() -> Self {
        Self(Number::new(0))
    }

    /// Whether it is the case.
    pub fn get(&self) -> bool {
        self.0.get() > 0
    }

    /// Whether it is the case from now on.
    pub fn set(&self, is: bool) {
        self.0.set(u32::from(is));
    }

    /// Makes it the case; whether it was before.
    pub fn raise(&self) -> bool {
        self.0.replace(1) > 0
    }
}

/// What one tracker remembers; texts are remembered by the hands.
#[derive(Default)]
pub struct Tracker {
    /// Its number.
    pub n: u32,
    /// It has sent a hit.
    pub has_sent: Flag,
    /// Whether the page's policy has been looked at.
    pub has_probed: Flag,
    /// Screen, window and cookies have been looked at.
    pub has_looked: Flag,
    /// Labels of the cookie domain; 0 while unknown.
    pub domain_labels: Number,
    /// Milliseconds that the last request took, and one more; 0 while unknown.
    pub last_request: Number,
    /// The visitor id as it was last written, with all that belongs to it.
    pub visitor_cookie: Number,
    /// The key under which its hits are stored.
    pub storage_key: Number,
    /// What its latest call has met, in bits.
    pub services: Number,
    /// The visitor has opted out.
    pub opted_out: Flag,
    /// What its hits wait for.
    pub waiting: Waiting,
    /// Its hits on their way.
    pub delivery: Mutex<Delivery>,
}

/// What hits wait for.
#[derive(Default)]
pub struct Waiting {
    /// Consent has been asked for.
    pub consent_asked: Flag,
    /// The visitor service has been asked for the hits that wait …
    pub visitor_asked: Flag,
    /// … and has answered.
    pub visitor_answered: Flag,
    /// The browser has been asked what it says of itself …
    pub hints_asked: Flag,
    /// … and has answered.
    pub hints_known: Flag,
    /// A module holds hits up …
    pub delayed: Flag,
    /// … or has done so for long enough.
    pub delay_over: Flag,
}

/// Hits on their way.
#[derive(Default)]
pub struct Delivery {
    /// Where they are.
    pub queue: Queue,
    /// How the page wants them delivered.
    pub settings: Settings,
}

static TRACKERS: Mutex<List<&'static Tracker>> = Mutex::new(List::new());

/// A tracker by its number.
#[inline(never)]
pub fn tracker(n: u32) -> Option<&'static Tracker> {
    TRACKERS.try_lock()?.iter().nth(n as usize).copied()
}

/// Makes a tracker.
pub fn add(n: u32) -> &'static Tracker {
    let one = Box::leak(Box::new(Tracker { n, ..Tracker::default() }));
    if let Some(mut trackers) = TRACKERS.try_lock() {
        trackers.push(one);
    }
    one
}

/// All trackers, those made meanwhile as well.
pub fn trackers() -> impl Iterator<Item = &'static Tracker> {
    (0..).map_while(tracker)
}
