//! What must hold in the simulated world, at every step and at the end. The numbered rules are in `simulation.rs`.

use super::world::World;
use super::*;
use Condition::{Blocked, Forced, Hidden, Offline, Unloaded};

impl World {
    /// Rules 2, 3, 5 and 7.
    pub fn check_send(&self, id: u32, transport: Transport) {
        assert!(!self.is(Offline) && !self.is(Forced), "hit {id} was sent during a pause");
        assert!(!self.buffered.contains(&id), "hit {id} was sent although requests are buffered");
        assert!(
            !self.is(Blocked) || transport == Transport::Image,
            "hit {id} was sent by {transport:?} although the policy blocks connections"
        );
        assert!(!self.storage.contains(&id), "hit {id} was sent while another page may send it too");
        let is_in_flight = self.requests.iter().any(|request| request.id == id);
        assert!(!is_in_flight || self.records[id as usize].may_arrive_twice, "hit {id} was sent twice");
        if self.is(Hidden) || self.is(Unloaded) {
            assert!(
                matches!(transport, Transport::Keepalive | Transport::Beacon),
                "hit {id} was sent by a request that the page cancels"
            );
        } else {
            self.check_turn(id);
            assert!(self.now - self.last_sent_at >= self.settings.throttle_ms.into(), "hit {id} was sent too soon");
            assert!(
                self.now - self.navigating_since >= NAVIGATION_GRACE_MS.into(),
                "hit {id} was sent during a navigation"
            );
        }
    }

    /// Rule 3: every earlier hit is done, has failed, or blocks nothing any more, except for as many as may be in flight at a time.
    pub fn check_turn(&self, id: u32) {
        if self.is(Hidden) || self.is(Unloaded) {
            return;
        }
        let mut is_earlier = true;
        let mut blocking = 0;
        for pending in &self.pending {
            is_earlier &= *pending != id;
            let request = self.requests.iter().find(|request| request.id == *pending && request.is_awaited);
            let hit = self.queue.hits.iter().find(|hit| hit.id == *pending);
            let blocks = match (request, hit) {
                (Some(request), _) => self.now - request.sent_at < RESPONSE_TIMEOUT_MS.into(),
                (None, Some(claim)) if claim.state == State::Claiming => {
                    *pending != id && claim.remaining_hold_ms(self.now as u32) > 0
                }
                (None, Some(hit)) => {
                    let rests = hit.is_resting || hit.is_stored && self.queue.is_refused;
                    is_earlier && !rests && hit.remaining_hold_ms(self.now as u32) == 0
                }
                (None, None) => is_earlier,
            };
            blocking += u32::from(blocks);
        }
        assert!(blocking < self.settings.max_concurrent, "it was not the turn of hit {id}");
    }

    /// Rule 6.
    pub fn check_keepalives(&self) {
        let (mut count, mut url_bytes, mut body_bytes) = (0, 0, 0);
        for request in
            self.requests.iter().filter(|request| request.is_awaited && request.transport == Transport::Keepalive)
        {
            let record = &self.records[request.id as usize];
            count += 1;
            if record.transport == Some(Transport::Post) {
                body_bytes += record.size;
            } else {
                url_bytes += record.size;
            }
        }
        let is_within_limits =
            count <= MAX_KEEPALIVES && body_bytes <= MAX_KEEPALIVE_BODY_BYTES && url_bytes <= MAX_KEEPALIVE_URL_BYTES;
        assert!(
            is_within_limits || !self.is(Hidden) && !self.is(Unloaded),
            "too many keepalives: {count}, {url_bytes} bytes of URLs, {body_bytes} bytes of bodies"
        );
    }

    /// Rule 6.
    pub fn check_limits(&self) {
        let hits = &self.queue.hits;
        let waiting = hits.iter().filter(|hit| hit.state == State::Waiting).count();
        let bytes: u32 = hits.iter().map(|hit| hit.size).sum();
        assert!(waiting == 0 || hits.iter().count() <= MAX_HITS && bytes <= MAX_BYTES, "too many hits in memory");
        if self.settings.track_offline && (self.is(Offline) || self.is(Forced)) {
            let limited = hits.iter().filter(|hit| hit.state == State::Waiting && !hit.is_buffered).count();
            assert!(limited as u32 <= self.settings.offline_limit, "too many hits kept while offline");
        }
        assert!(
            self.settings.track_offline || hits.iter().all(|hit| hit.failed_attempts < MAX_ATTEMPTS),
            "too many attempts"
        );
    }

    /// Rules 1 and 2: each hit has arrived once, or there is a reason why not.
    pub fn check_end(&self) {
        assert!(
            self.pending.is_empty(),
            "hits without an outcome: {:?} {:?}",
            self.pending,
            self.queue.hits.iter().collect::<Vec<_>>()
        );
        assert!(self.storage.is_empty() && self.requests.is_empty() && self.queue.hits.iter().next().is_none());
        for (id, record) in self.records.iter().enumerate() {
            assert!(record.collected > 0 || record.is_given_up || record.is_excused, "hit {id} was lost");
            assert!(
                record.collected <= 1 || record.may_arrive_twice,
                "hit {id} was collected {} times",
                record.collected
            );
        }
    }
}
