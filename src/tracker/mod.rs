//! The tracker in the browser. No file imports one that comes later in this order:
//!
//! state, host, snapshot → callbacks, calls → cookies, storage, services, `activity_map`, referrer, transport → `rate_limit`, suites,
//! readiness → delivery → connection, policy, assemble → track → events → exports.
//!
//! A tracking call enters by `exports`, is admitted and made ready in `track`, becomes a request URL in `assemble`, and is driven
//! by `delivery` from the queue to its outcome.

mod activity_map;
mod assemble;
mod callbacks;
mod calls;
mod connection;
mod cookies;
mod delivery;
mod events;
pub mod exports;
mod host;
mod policy;
mod rate_limit;
mod readiness;
mod referrer;
mod services;
mod snapshot;
mod state;
mod storage;
mod suites;
mod track;
mod transport;
