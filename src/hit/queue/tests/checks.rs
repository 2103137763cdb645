//! What must hold in the simulated world, at every step and in the end.

use super::world::World;
use super::*;
use Condition::{Blocked, Buffering, Forced, Hidden, Offline, Unloaded};

impl World {
    pub fn check_send(&self, id: u32, transport: Transport) {
        assert!(!self.is(Offline) && !self.is(Forced) && !self.is(Buffering), "sent while nothing may: {id}");
        assert!(!self.is(Blocked) || transport == Transport::Image, "not allowed here: {id}");
        assert!(!self.storage.contains(&id), "another page may send it too: {id}");
        let is_open = self.requests.iter().any(|request| request.id == id);
        assert!(!is_open || self.stories[id as usize].doubled, "sent twice: {id}");
        if self.is(Hidden) || self.is(Unloaded) {
            assert!(matches!(transport, Transport::Keepalive | Transport::Beacon), "would die with the page: {id}");
        } else {
            self.check_turn(id);
            assert!(self.now - self.last_sent >= self.settings.throttle.into(), "too soon: {id}");
            assert!(self.now - self.leaving >= NAVIGATION_GRACE_MS.into(), "another page is on its transport: {id}");
        }
    }

    /// Those before it are over, or hold nobody up any more; so many at a time.
    pub fn check_turn(&self, id: u32) {
        if self.is(Hidden) || self.is(Unloaded) {
            return;
        }
        let mut is_before = true;
        let mut busy = 0;
        for called in &self.called {
            is_before &= *called != id;
            let request = self.requests.iter().find(|request| request.id == *called && request.is_heard);
            let claim = self.queue.hits.iter().find(|hit| hit.id == *called && hit.state == State::Claiming);
            let holds_up = match (request, claim) {
                (Some(request), _) => self.now - request.sent < RESPONSE_TIMEOUT_MS.into(),
                (None, Some(claim)) => *called != id && claim.holding(self.now as u32) > 0,
                (None, None) => is_before,
            };
            busy += u32::from(holds_up);
        }
        assert!(busy < self.settings.concurrent, "before its turn: {id}");
    }

    pub fn check_load(&self) {
        let mut load = [0; 3];
        for request in
            self.requests.iter().filter(|request| request.is_heard && request.transport == Transport::Keepalive)
        {
            let story = &self.stories[request.id as usize];
            load[0] += 1;
            load[if story.transport == Some(Transport::Post) { 1 } else { 2 }] += story.size;
        }
        let is_light =
            load[0] <= MAX_KEEPALIVES && load[1] <= MAX_KEEPALIVE_BODY_BYTES && load[2] <= MAX_KEEPALIVE_URL_BYTES;
        assert!(is_light || !self.is(Hidden) && !self.is(Unloaded), "too much by keepalive: {load:?}");
    }

    pub fn check_bounds(&self) {
        let hits = &self.queue.hits;
        let waiting = hits.iter().filter(|hit| hit.state == State::Waiting).count();
        let bytes: u32 = hits.iter().map(|hit| hit.size).sum();
        assert!(waiting == 0 || hits.iter().count() <= MAX_HITS && bytes <= MAX_BYTES, "too many in memory");
        if self.settings.keeps && (self.is(Offline) || self.is(Forced)) {
            assert!(waiting as u32 <= self.settings.limit, "too many kept");
        }
        assert!(self.settings.keeps || hits.iter().all(|hit| hit.tries < MAX_ATTEMPTS), "tried too often");
    }

    /// In the end each hit has found its place.
    pub fn check_end(&self) {
        assert!(
            self.called.is_empty(),
            "no outcome: {:?} {:?}",
            self.called,
            self.queue.hits.iter().collect::<Vec<_>>()
        );
        assert!(self.storage.is_empty() && self.requests.is_empty() && self.queue.hits.iter().next().is_none());
        for (id, story) in self.stories.iter().enumerate() {
            assert!(story.collected > 0 || story.given_up || story.excused, "lost: {id}");
            assert!(story.collected <= 1 || story.doubled, "collected {} times: {id}", story.collected);
        }
    }
}
