//! A hit in the queue: where it is on its way, and since when.

use super::{KEEPALIVE_BODIES, KEEPALIVE_URLS, KEEPALIVES, Way};

/// Where a hit is on its way. The last two are over, and still to be said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// For its turn, or for the end of a pause.
    Waiting,
    /// To be taken out of storage.
    Claiming,
    /// Requested, and not answered.
    Open,
    /// Answered.
    Delivered,
    /// In other hands.
    Gone,
}

/// A hit as the queue knows it.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub id: u32,
    pub size: u32,
    /// When it came into its state, in ms …
    pub since: u32,
    /// … and for how many ms it holds up those behind it.
    pub span: u32,
    pub state: State,
    /// How the call wants it to be sent.
    pub asked: Way,
    /// How it has been sent.
    pub way: Way,
    /// Failed requests.
    pub tries: u32,
    /// Storage has a copy.
    pub stored: bool,
    /// Storage did not take it.
    pub unkept: bool,
    /// The browser did not take it.
    pub refused: bool,
}

impl Hit {
    pub fn new(id: u32, size: u32, way: Way, stored: bool, now: u32) -> Self {
        let state = State::Waiting;
        Self { id, size, since: now, span: 0, state, asked: way, way, tries: 0, stored, unkept: false, refused: false }
    }

    /// Comes into another state.
    #[inline(never)]
    pub fn enter(&mut self, state: State, now: u32, span: u32) {
        self.state = state;
        self.since = now;
        self.span = span;
    }

    /// For how many ms it still holds up those behind it.
    pub fn holding(&self, now: u32) -> u32 {
        self.span.saturating_sub(now.wrapping_sub(self.since))
    }

    /// Whether its request dies with the page, should it not have left.
    pub fn dies_with_page(&self) -> bool {
        self.state == State::Open && matches!(self.way, Way::Image | Way::Post)
    }
}

/// What the browser has to carry by keepalive.
#[derive(Clone, Copy)]
pub struct Load {
    count: u32,
    urls: u32,
    bodies: u32,
}

impl Load {
    pub const NONE: Self = Self { count: 0, urls: 0, bodies: 0 };

    pub fn add(&mut self, hit: &Hit) {
        self.count += 1;
        if hit.asked == Way::Post {
            self.bodies += hit.size;
        } else {
            self.urls += hit.size;
        }
    }

    /// Whether it takes this hit too.
    pub fn takes(mut self, hit: &Hit) -> bool {
        self.add(hit);
        self.count <= KEEPALIVES && self.urls <= KEEPALIVE_URLS && self.bodies <= KEEPALIVE_BODIES
    }
}
