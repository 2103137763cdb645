//! Decodes hits: from a request URL, or a URL and the body of its POST, back into named variables.
//!
//! [`decode()`] uses the same table of variables as the tracker and drops nothing: parameters that are not in the table
//! end up in [`Hit::unknown`]. [`names()`] lists that table. Both are pure and exist on every target. JavaScript gets them
//! through `exports`, and files of collected hits through `stream`.
//!
//! ```
//! let hit = afterhit::inspect::decode("https://data.example.com/b/ss/rsid/1/JS-1.0/s1?AQB=1&v1=red&AQE=1", "")?;
//! assert_eq!(hit.variables[0].name, "eVar1");
//! assert_eq!(hit.variables[0].value, "red");
//! # Ok::<(), afterhit::inspect::Error>(())
//! ```

// clippy.toml bans what costs bytes in the tracker; the decoder is a separate module, loaded only by the inspector.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods, clippy::disallowed_types)]

mod address;
mod decode;
mod error;
#[cfg(all(feature = "inspect", target_arch = "wasm32"))]
mod exports;
mod hit;
mod level_stack;
#[cfg(any(test, all(feature = "inspect", target_arch = "wasm32")))]
mod line_buffer;
mod names;
mod percent;
#[cfg(all(feature = "inspect", target_arch = "wasm32"))]
mod stream;
#[cfg(test)]
mod tests;

pub use decode::decode;
pub use error::{Error, Problem};
pub use hit::{Click, Hit, Kind, Pair, Parameter, Path, Variable};
pub use names::{Name, names};
