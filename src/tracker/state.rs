//! What the trackers of a page remember, in one place with one owner.
//!
//! It is borrowed for a moment only, never while JavaScript runs: a page's code may call back into the tracker.

use alloc::{string::String, vec::Vec};
use spin::{Mutex, MutexGuard};

use super::callbacks::Registration;
use super::wait::Waiting;
use crate::hit::queue::{Queue, Settings};

static STATE: Mutex<State> = Mutex::new(State::new());

/// Everything that is remembered.
pub struct State {
    /// The trackers by number.
    pub trackers: Vec<Tracker>,
    /// Hits that are not settled yet, in the order of their calls.
    pub hits: Vec<Hit>,
    /// The number of the latest tracking call.
    pub calls: u32,
    /// The callbacks that are running now, and those whose hits they descend from.
    pub running: Vec<u32>,
    /// Callbacks in the order of their registration.
    pub registrations: Vec<Registration>,
}

/// What one tracker remembers.
pub struct Tracker {
    /// The report suites it has been asked for by.
    pub suites: String,
    /// Whether it has sent a hit.
    pub has_sent: bool,
    /// Whether the page's policy has been looked at.
    pub has_probed: bool,
    /// Whether screen, window and cookies have been looked at.
    pub has_looked: bool,
    /// Labels of the cookie domain; 0 while unknown.
    pub domain_labels: u32,
    /// The visitor id as it was last written, with all that belongs to it.
    pub visitor_cookie: String,
    /// Milliseconds the last request took, and whether that is known.
    pub last_request: Option<u32>,
    /// The hits that wait and that are under way.
    pub queue: Queue,
    /// What its hits wait for.
    pub waiting: Waiting,
    /// The key under which its hits are stored.
    pub storage: String,
    /// How the page wants its hits delivered.
    pub settings: Settings,
}

impl Default for Tracker {
    fn default() -> Self {
        Self {
            suites: String::new(),
            has_sent: false,
            has_probed: false,
            has_looked: false,
            domain_labels: 0,
            visitor_cookie: String::new(),
            last_request: None,
            queue: Queue::new(),
            waiting: Waiting::default(),
            storage: String::new(),
            settings: Settings { concurrent: 1, keeps: false, limit: 0, throttle: 0, keepalive: true },
        }
    }
}

/// A hit on its way.
pub struct Hit {
    /// The number of its call.
    pub call: u32,
    /// The number of its tracker.
    pub tracker: u32,
    /// Its URL.
    pub url: String,
    /// Where in the URL the query begins.
    pub query: usize,
    /// Whether its query goes as the body of a POST.
    pub is_post: bool,
    /// Whether the answer is a script for the audience management object.
    pub is_script: bool,
    /// Whether its copy is in session storage.
    pub in_session: bool,
    /// The callbacks that must not run for it.
    pub ancestors: Vec<u32>,
    /// How often it has been sent.
    pub attempts: u32,
    /// When it was sent last.
    pub sent_at: u32,
    /// Whether `debugTracking` was set.
    pub debug: bool,
    /// Whether its debug lines are due when it leaves.
    pub debug_is_due: bool,
}

impl State {
    const fn new() -> Self {
        Self { trackers: Vec::new(), hits: Vec::new(), calls: 0, running: Vec::new(), registrations: Vec::new() }
    }

    /// A hit by the number of its call.
    pub fn hit(&mut self, call: u32) -> Option<&mut Hit> {
        self.hits.iter_mut().find(|hit| hit.call == call)
    }
}

/// The state, unless it is borrowed already.
pub fn state() -> Option<MutexGuard<'static, State>> {
    STATE.try_lock()
}

/// Asks or changes one tracker.
pub fn tracker<R: Default>(number: u32, ask: impl FnOnce(&mut Tracker) -> R) -> R {
    match state() {
        Some(mut state) => state.trackers.get_mut(number as usize).map(ask).unwrap_or_default(),
        None => R::default(),
    }
}
