//! Modules of the page: what they do before and after a hit.

use super::hands;

/// Lets the modules change the hit before it is built; whether there were any.
pub fn before_hit(n: u32) -> bool {
    hands::hook(n, "_g")
}

/// Tells the modules that the hit was handed over.
pub fn after_hit(n: u32) {
    hands::hook(n, "_t");
}

/// Whether a module wants hits to wait.
pub fn hold_up(n: u32) -> bool {
    hands::hook(n, "_d")
}
