//! afterhit: a web analytics tracker with the API and the wire format of Adobe's AppMeasurement.
//!
//! - [`hit`] is the pure core: what a hit is, how it is written, kept and sent. It exists on every target.
//! - `tracker` is what a page runs, on wasm32.
//! - `inspect` reads requests back into variables; its exports for JavaScript exist on wasm32.
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(
    test,
    allow(
        clippy::disallowed_macros,
        clippy::disallowed_types,
        clippy::disallowed_methods,
        reason = "tests are not shipped"
    )
)]

extern crate alloc;

pub mod hit;

#[cfg(any(feature = "inspect", not(target_arch = "wasm32")))]
pub mod inspect;

#[cfg(all(target_arch = "wasm32", feature = "tracker"))]
pub mod tracker;

#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
mod no_std;
