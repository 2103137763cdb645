//! Reading hits: a request URL, or a URL and the body of its POST, back into named variables.
//!
//! [`decode()`] reads by the same table of variables that the tracker writes by, and loses nothing: what no line of the
//! table explains is in [`Hit::unknown`]. [`names()`] is that table. Both are pure, for every target; JavaScript gets
//! them from `exports`, and files of collected hits from `stream`.
//!
//! ```
//! let hit = afterhit::inspect::decode("https://data.example.com/b/ss/rsid/1/JS-1.0/s1?AQB=1&v1=red&AQE=1", "")?;
//! assert_eq!(hit.variables[0].name, "eVar1");
//! assert_eq!(hit.variables[0].value, "red");
//! # Ok::<(), afterhit::inspect::Error>(())
//! ```

// What clippy.toml bans costs bytes in the tracker; this module is loaded on its own.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods, clippy::disallowed_types)]

mod address;
mod decode;
mod error;
#[cfg(all(feature = "inspect", target_arch = "wasm32"))]
mod exports;
mod hit;
mod levels;
#[cfg(any(test, all(feature = "inspect", target_arch = "wasm32")))]
mod lines;
mod names;
mod percent;
#[cfg(all(feature = "inspect", target_arch = "wasm32"))]
mod stream;

#[cfg(test)]
#[cfg(all(feature = "inspect", target_arch = "wasm32"))]
mod javascript;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod json;
#[cfg(test)]
mod odd;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod pages;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod recorded;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod roundtrip;

pub use decode::decode;
pub use error::{Error, Problem};
pub use hit::{Click, Hit, Kind, Pair, Parameter, Path, Variable};
pub use names::{Name, names};
