//! What a hit is, and every decision about it. Pure: no browser, no clock, no randomness; facts come in, answers go out.

pub mod activity_map;
pub mod context;
pub mod cookies;
pub mod debug;
pub mod events;
pub mod hit_facts;
pub mod link;
pub mod list;
pub mod query;
pub mod queue;
pub mod referrer;
pub mod request;
pub mod sampling;
pub mod storage_key;
pub mod text;
pub mod text_builder;
pub mod utf16;
pub mod variables;
