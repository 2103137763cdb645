//! What a tracking call meets in the page: other scripts that a hit depends on, and modules, what they do before and after a hit.

use super::hands::{Deed, tell, to};
use super::state::Tracker;
use crate::hit::text::text;

/// What a tracking call may meet, as a bit of what the hand `meets` says.
#[derive(Clone, Copy)]
pub enum Service {
    /// Visitor ids.
    Visitor = 1,
    /// Consent.
    OptIn = 2,
    /// Audience management.
    Audience = 4,
    /// Modules of the tracker.
    Modules = 8,
    /// Calls that wait.
    Waiting = 16,
    /// The page is not shown yet.
    Prerendering = 32,
    /// The page wants to know more of the browser ("collectHighEntropyUserAgentHints" in the documentation).
    Hints = 64,
    /// The call comes with an object.
    Source = 128,
}

/// Looks at what the page has for a tracker now.
pub fn look(one: &Tracker) {
    one.services.set(to(Deed::meets, one.n));
}

/// Whether the page had a service when it was last looked at.
pub fn has(one: &Tracker, service: Service) -> bool {
    one.services.get() & service as u32 > 0
}

/// Lets the modules change the hit before it is built; whether there were any.
pub fn before_hit(one: &Tracker) -> bool {
    hook(one, "_g")
}

/// Tells the modules that the hit was handed over.
pub fn after_hit(one: &Tracker) {
    hook(one, "_t");
}

/// Whether a module wants hits to wait.
pub fn hold_up(one: &Tracker) -> bool {
    hook(one, "_d")
}

fn hook(one: &Tracker, name: &str) -> bool {
    has(one, Service::Modules) && tell(Deed::hook, one.n, text(name)) > 0
}
