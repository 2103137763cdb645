//! The pure core: what a hit is, and every decision about it. No browser, no clock, no randomness: facts come in,
//! decisions go out, and everything is tested natively.

pub mod activity_map;
pub mod ancestry;
pub mod claim;
pub mod connection;
pub mod context;
pub mod cookie_domain;
pub mod cookies;
pub mod debug;
pub mod defaults;
pub mod derive;
pub mod destination;
pub mod events;
pub mod hit_facts;
pub mod legacy;
pub mod link;
pub mod list;
pub mod outcome;
pub mod page_event;
pub mod query;
pub mod queue;
pub mod rate_limit;
pub mod referrer;
pub mod request;
pub mod sampling;
pub mod storage_key;
pub mod text;
pub mod text_builder;
pub mod transport;
pub mod utf16;
pub mod variables;
pub mod visitor;
