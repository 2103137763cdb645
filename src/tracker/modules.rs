//! Modules of the page: what they do before and after a hit.

use super::hands::{Deed, tell};
use super::state::Tracker;
use crate::hit::text::text;

/// Lets the modules change the hit before it is built; whether there were any.
pub fn before_hit(one: &Tracker) -> bool {
    tell(Deed::hook, one.n, text("_g")) > 0
}

/// Tells the modules that the hit was handed over.
pub fn after_hit(one: &Tracker) {
    tell(Deed::hook, one.n, text("_t"));
}

/// Whether a module wants hits to wait.
pub fn hold_up(one: &Tracker) -> bool {
    tell(Deed::hook, one.n, text("_d")) > 0
}
