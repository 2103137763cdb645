//! A hit in the queue: its state, when it entered that state, and how long it blocks later hits.

use super::limits::{MAX_KEEPALIVE_BODY_BYTES, MAX_KEEPALIVE_URL_BYTES, MAX_KEEPALIVES, REST_MS};
use crate::hit::transport::Transport;

/// The state of a hit. A hit in one of the last two is done, and the driver has yet to learn of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Waits for its turn, or for the end of a backoff.
    Waiting,
    /// Its copy is being taken out of storage.
    Claiming,
    /// Requested and not answered.
    InFlight,
    /// Answered.
    Delivered,
    /// Claimed by another page.
    HandedOver,
}

/// A hit as the queue knows it.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub id: u32,
    /// In bytes: the URL, or the body of a POST.
    pub size: u32,
    /// When it entered its state, in milliseconds.
    pub entered_at: u32,
    /// How long it blocks later hits from then on, or is not sent again.
    pub hold_ms: u32,
    pub state: State,
    /// The transport that its call asked for.
    pub preferred: Transport,
    /// The transport of its latest request.
    pub transport: Transport,
    pub failed_attempts: u32,
    /// Storage has a copy.
    pub is_stored: bool,
    /// Its copy is about to be stored.
    pub is_storing: bool,
    /// The hits whose copies are written at once have one number.
    pub batch: u32,
    /// Storage refused it.
    pub not_storable: bool,
    /// The browser refused it.
    pub not_sendable: bool,
    /// It was called while requests are buffered, and waits for the end of that.
    pub is_buffered: bool,
    /// Its host refuses requests; it waits for a sign of life.
    pub is_resting: bool,
}

impl Hit {
    pub fn new(id: u32, size: u32, transport: Transport, is_stored: bool, now: u32) -> Self {
        let state = State::Waiting;
        Self {
            id,
            size,
            entered_at: now,
            hold_ms: 0,
            state,
            preferred: transport,
            transport,
            failed_attempts: 0,
            is_stored,
            is_storing: false,
            batch: 0,
            not_storable: false,
            not_sendable: false,
            is_buffered: false,
            is_resting: false,
        }
    }

    /// Enters another state.
    #[inline(never)]
    pub fn enter(&mut self, state: State, now: u32, hold_ms: u32) {
        self.state = state;
        self.entered_at = now;
        self.hold_ms = hold_ms;
    }

    /// How much longer it blocks later hits, or is not sent again.
    pub fn remaining_hold_ms(&self, now: u32) -> u32 {
        self.hold_ms.saturating_sub(now.wrapping_sub(self.entered_at))
    }

    /// Waits until there is a sign of life of its host.
    pub fn rest(&mut self, now: u32) {
        self.is_resting = true;
        self.enter(State::Waiting, now, REST_MS);
    }

    /// Whether unloading the page cancels its request if that has not left yet.
    pub fn dies_with_page(&self) -> bool {
        self.state == State::InFlight && matches!(self.transport, Transport::Image | Transport::Post)
    }
}

/// What the browser is carrying as keepalive requests.
#[derive(Clone, Copy)]
pub struct KeepaliveUsage {
    count: u32,
    url_bytes: u32,
    body_bytes: u32,
}

impl KeepaliveUsage {
    pub const NONE: Self = Self { count: 0, url_bytes: 0, body_bytes: 0 };

    pub fn add(&mut self, hit: &Hit) {
        self.count += 1;
        if hit.preferred == Transport::Post {
            self.body_bytes += hit.size;
        } else {
            self.url_bytes += hit.size;
        }
    }

    /// Whether the browser accepts this hit too.
    pub fn has_room_for(mut self, hit: &Hit) -> bool {
        self.add(hit);
        self.count <= MAX_KEEPALIVES
            && self.url_bytes <= MAX_KEEPALIVE_URL_BYTES
            && self.body_bytes <= MAX_KEEPALIVE_BODY_BYTES
    }
}
