//! A hit in the queue: where it is on its way, and since when.

use super::{MAX_KEEPALIVE_BODY_BYTES, MAX_KEEPALIVE_URL_BYTES, MAX_KEEPALIVES, Transport};

/// Where a hit is on its way. The last two are over, and still to be said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// For its turn, or for the end of a pause.
    Waiting,
    /// To be taken out of storage.
    Claiming,
    /// Requested, and not answered.
    InFlight,
    /// Answered.
    Delivered,
    /// In other hands.
    HandedOver,
}

/// A hit as the queue knows it.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub id: u32,
    pub size: u32,
    /// When it came into its state, in ms …
    pub entered_at: u32,
    /// … and for how many ms it holds up those behind it.
    pub hold_ms: u32,
    pub state: State,
    /// How the call wants it to be sent.
    pub asked: Transport,
    /// How it has been sent.
    pub transport: Transport,
    /// Failed requests.
    pub tries: u32,
    /// Storage has a copy.
    pub stored: bool,
    /// Storage did not take it.
    pub not_storable: bool,
    /// The browser did not take it.
    pub not_sendable: bool,
}

impl Hit {
    pub fn new(id: u32, size: u32, transport: Transport, stored: bool, now: u32) -> Self {
        let state = State::Waiting;
        Self {
            id,
            size,
            entered_at: now,
            hold_ms: 0,
            state,
            asked: transport,
            transport,
            tries: 0,
            stored,
            not_storable: false,
            not_sendable: false,
        }
    }

    /// Comes into another state.
    #[inline(never)]
    pub fn enter(&mut self, state: State, now: u32, hold_ms: u32) {
        self.state = state;
        self.entered_at = now;
        self.hold_ms = hold_ms;
    }

    /// For how many ms it still holds up those behind it.
    pub fn holding(&self, now: u32) -> u32 {
        self.hold_ms.saturating_sub(now.wrapping_sub(self.entered_at))
    }

    /// Whether its request dies with the page, should it not have left.
    pub fn dies_with_page(&self) -> bool {
        self.state == State::InFlight && matches!(self.transport, Transport::Image | Transport::Post)
    }
}

/// What the browser has to carry by keepalive.
#[derive(Clone, Copy)]
pub struct KeepaliveUsage {
    count: u32,
    urls: u32,
    bodies: u32,
}

impl KeepaliveUsage {
    pub const NONE: Self = Self { count: 0, urls: 0, bodies: 0 };

    pub fn add(&mut self, hit: &Hit) {
        self.count += 1;
        if hit.asked == Transport::Post {
            self.bodies += hit.size;
        } else {
            self.urls += hit.size;
        }
    }

    /// Whether it takes this hit too.
    pub fn takes(mut self, hit: &Hit) -> bool {
        self.add(hit);
        self.count <= MAX_KEEPALIVES && self.urls <= MAX_KEEPALIVE_URL_BYTES && self.bodies <= MAX_KEEPALIVE_BODY_BYTES
    }
}
