//! What a hit is, and every decision about it. Pure: no browser, no clock, no randomness; facts come in, answers go out.

pub mod activity;
pub mod context;
pub mod cookies;
pub mod debug;
pub mod events;
pub mod link;
pub mod list;
pub mod moment;
pub mod pad;
pub mod query;
pub mod queue;
pub mod referrer;
pub mod request;
pub mod sampling;
pub mod stored;
pub mod text;
pub mod units;
pub mod variables;
