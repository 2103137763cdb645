//! Tests of the whole decoder.

#[cfg(not(target_arch = "wasm32"))]
mod arbitrary_page;
mod handwritten;
#[cfg(all(feature = "inspect", target_arch = "wasm32"))]
mod javascript;
#[cfg(not(target_arch = "wasm32"))]
mod recorded;
#[cfg(not(target_arch = "wasm32"))]
mod round_trip;
