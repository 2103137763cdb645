//! Other scripts of the page that a hit depends on: which there are, and modules, what they do before and after a hit.

use super::hands::{Deed, set, tell};
use super::state::Tracker;
use crate::hit::text::text;

/// What a page may have besides the tracker, as the hands number it.
#[derive(Clone, Copy)]
pub enum Service {
    /// Visitor ids.
    Visitor,
    /// Consent.
    OptIn,
    /// Audience management.
    Audience,
    /// Modules of the tracker.
    Modules,
}

/// Whether the page has a service.
pub fn has(one: &Tracker, service: Service) -> bool {
    set(Deed::hasService, one.n, service as u32) > 0
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
