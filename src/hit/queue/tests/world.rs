//! A simulated browser, network, storage and other pages, all as unreliable as real ones.

use std::collections::BTreeSet;

use super::coverage::Coverage;
use super::*;
use Condition::{Hidden, Offline, Unloaded};

/// How long a connection takes to open. A request on an open connection leaves at once.
const HANDSHAKE_MS: u64 = 150;

/// What the world knows about a hit.
#[derive(Default)]
pub struct Record {
    pub transport: Option<Transport>,
    pub size: u32,
    /// How often it arrived at the collector.
    pub collected: u32,
    pub failures: u32,
    /// It was cancelled after it had left.
    pub may_arrive_twice: bool,
    /// The network lost it when the page could not notice any more, or neither the browser nor storage accepted it.
    pub is_excused: bool,
    /// The page was told that it has failed or was dropped.
    pub is_given_up: bool,
    /// The page was told its outcome.
    pub is_done: bool,
}

/// A request in flight.
pub struct Request {
    pub id: u32,
    pub transport: Transport,
    pub sent_at: u64,
    due: u64,
    fails: bool,
    /// The page that waits for its answer still exists.
    pub is_awaited: bool,
}

/// One tracker on one page after another.
pub struct World {
    random: u64,
    pub now: u64,
    pub queue: Queue,
    pub settings: Settings,
    conditions: u8,
    pub records: Vec<Record>,
    /// The hits of this page without an outcome, in call order.
    pub pending: Vec<u32>,
    pub requests: Vec<Request>,
    timer_at: Option<u64>,
    /// When storage answers a claim, and for which hit.
    claims: Vec<(u64, u32)>,
    pub storage: BTreeSet<u32>,
    /// Hits that are written with the next one.
    unwritten: Vec<u32>,
    /// Hits that storage has refused since conditions last changed.
    refused_by_storage: BTreeSet<u32>,
    /// Hits that were called while requests are buffered.
    pub buffered: BTreeSet<u32>,
    is_warm: bool,
    pub last_sent_at: u64,
    /// When another page was requested; 0 if this one is known to stay.
    pub navigating_since: u64,
    pub failure_percent: u32,
    pub coverage: Coverage,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let settings = Settings {
            max_concurrent: 1,
            track_offline: false,
            offline_limit: 10,
            throttle_ms: 0,
            has_keepalive: true,
        };
        Self {
            random: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            // The clock of the queue wraps during the simulation.
            now: u64::from(u32::MAX) - 1_000_000,
            queue: Queue::new(),
            settings,
            conditions: 0,
            records: Vec::new(),
            pending: Vec::new(),
            requests: Vec::new(),
            timer_at: None,
            claims: Vec::new(),
            storage: BTreeSet::new(),
            unwritten: Vec::new(),
            refused_by_storage: BTreeSet::new(),
            buffered: BTreeSet::new(),
            is_warm: false,
            last_sent_at: 0,
            navigating_since: 0,
            failure_percent: 0,
            coverage: Coverage::default(),
        }
    }

    /// A random number below `limit`.
    pub fn any(&mut self, limit: u32) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 33) as u32 % limit
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.any(100) < percent
    }

    pub fn is(&self, condition: Condition) -> bool {
        self.conditions & condition as u8 != 0
    }

    fn record(&mut self, id: u32) -> &mut Record {
        &mut self.records[id as usize]
    }

    pub fn call(&mut self) {
        let id = self.records.len() as u32;
        let transport = [Transport::Beacon, Transport::Post, Transport::Keepalive]
            .get(self.any(10) as usize)
            .copied()
            .unwrap_or(Transport::Image);
        let size = if self.chance(5) { 20_000 } else { 100 + self.any(2000) };
        self.records.push(Record { transport: Some(transport), size, ..Record::default() });
        self.pending.push(id);
        self.handle(Event::Called { id, size, transport, is_stored: false });
    }

    pub fn set_condition(&mut self, condition: Condition, begins: bool) {
        self.refused_by_storage.clear();
        if begins {
            self.conditions |= condition as u8;
        } else {
            self.conditions &= !(condition as u8);
        }
        if condition == Condition::Buffering && !begins {
            self.buffered.clear();
        }
        self.handle(Event::of(condition, begins));
    }

    /// Reports an event to the queue and carries out its commands, which may cause further events.
    pub fn handle(&mut self, event: Event) {
        self.coverage.count_event(&event);
        if let Event::Called { id, .. } = event {
            // A hit that another page has buffered is not buffered here.
            self.buffered.remove(&id);
            if self.is(Condition::Buffering) {
                self.buffered.insert(id);
            }
        }
        self.queue.on_event(event, self.now as u32);
        while let Some(command) = self.queue.poll(self.now as u32, &self.settings) {
            self.coverage.count_command(command);
            self.carry_out(command);
        }
        self.check_limits();
    }

    /// Another page is requested, or turns out to be this one.
    pub fn navigate(&mut self, begins: bool) {
        self.navigating_since = if begins { self.now } else { 0 };
        self.handle(Event::of(Condition::Navigating, begins));
    }

    /// Writes the copies of a batch, of which `last` is the last hit. What storage refuses is tried hit by hit.
    fn write(&mut self, last: u32) {
        let batch = std::mem::take(&mut self.unwritten);
        if self.chance(3) {
            if batch.len() == 1 {
                self.refused_by_storage.insert(last);
            }
            self.handle(Event::Refused { id: last });
            return;
        }
        for id in batch {
            assert!(self.storage.insert(id), "hit {id} was stored twice");
        }
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Send { id, transport } => self.send(id, transport),
            Command::Cancel { id } => self.cancel(id),
            Command::Store { id, goes_on } => {
                self.unwritten.push(id);
                if !goes_on {
                    self.write(id);
                }
            }
            Command::Claim { id } => {
                self.check_turn(id);
                if self.chance(50) {
                    self.resolve_claim(id);
                } else {
                    let max_ms = if self.chance(5) { 20_000 } else { 50 };
                    let due = self.now + 1 + u64::from(self.any(max_ms));
                    self.claims.push((due, id));
                }
            }
            Command::Delivered { id, .. } => {
                assert!(self.record(id).collected > 0, "hit {id} was reported as delivered before it arrived");
                self.set_done(id);
                if self.chance(3) {
                    self.call();
                }
            }
            Command::HandedOver { id } => self.set_done(id),
            Command::Buffered { id } => {
                let is_safe = self.storage.contains(&id) || self.record(id).collected > 0;
                assert!(self.is(Unloaded) && is_safe, "hit {id} was reported as buffered and is not in storage");
                self.set_done(id);
            }
            Command::Failed { id } => {
                let may_fail = self.record(id).failures > 0 && !self.settings.track_offline;
                assert!(may_fail, "hit {id} was given up too early");
                self.give_up(id);
            }
            Command::Dropped { id } => self.give_up(id),
            Command::SetTimer { after_ms } => self.timer_at = Some(self.now + u64::from(after_ms)),
        }
    }

    fn set_done(&mut self, id: u32) {
        assert!(!std::mem::replace(&mut self.record(id).is_done, true), "hit {id} had two outcomes");
        self.pending.retain(|pending| *pending != id);
    }

    fn give_up(&mut self, id: u32) {
        self.set_done(id);
        self.storage.remove(&id);
        self.record(id).is_given_up = true;
    }

    fn send(&mut self, id: u32, transport: Transport) {
        self.check_send(id, transport);
        self.last_sent_at = self.now;
        match transport {
            Transport::Beacon if self.chance(20) => self.handle(Event::Refused { id }),
            Transport::Beacon => {
                self.record(id).collected += 1;
                self.handle(Event::Answered { id });
            }
            Transport::Keepalive if self.chance(3) => self.handle(Event::Refused { id }),
            _ => {
                let fails = self.chance(self.failure_percent);
                let max_ms = [30_000, 200_000].get(self.any(20) as usize).copied().unwrap_or(500);
                let due = self.now + HANDSHAKE_MS + u64::from(self.any(max_ms));
                self.requests.push(Request { id, transport, sent_at: self.now, due, fails, is_awaited: true });
                self.check_keepalives();
            }
        }
    }

    /// An image that waits for its connection never leaves. The page cannot know whether it has left already.
    fn cancel(&mut self, id: u32) {
        assert!(self.is(Unloaded) && !self.is_warm, "hit {id} was cancelled on an open page or connection");
        let now = self.now;
        self.requests.retain(|request| request.id != id || now - request.sent_at >= HANDSHAKE_MS);
        for request in self.requests.iter_mut().filter(|request| request.id == id) {
            request.is_awaited = false;
            self.records[id as usize].may_arrive_twice = true;
        }
    }

    fn resolve_claim(&mut self, id: u32) {
        let ok = self.storage.remove(&id);
        self.handle(Event::Claimed { id, ok });
    }

    /// Lets time pass. What falls due happens in order.
    pub fn pass(&mut self, ms: u64) {
        let end = self.now + ms;
        loop {
            let request = self.requests.iter().map(|request| request.due).min().unwrap_or(u64::MAX);
            let claim = self.claims.iter().min().copied().unwrap_or((u64::MAX, 0));
            let timer = self.timer_at.unwrap_or(u64::MAX);
            let due = request.min(claim.0).min(timer);
            if due > end {
                break;
            }
            self.now = self.now.max(due);
            if timer == due {
                self.timer_at = None;
                self.handle(Event::Tick);
            } else if claim.0 == due {
                self.claims.retain(|other| *other != claim);
                self.resolve_claim(claim.1);
            } else if let Some(index) = self.requests.iter().position(|request| request.due == due) {
                self.arrive(index);
            }
        }
        self.now = end;
    }

    fn arrive(&mut self, index: usize) {
        let Request { id, fails, is_awaited, .. } = self.requests.swap_remove(index);
        // A request in flight fails when the network is gone.
        let fails = fails || self.is(Offline);
        let record = &mut self.records[id as usize];
        let is_noticed = is_awaited && !record.is_done;
        if fails {
            record.failures += 1;
            record.is_excused |= !is_noticed;
        } else {
            record.collected += 1;
            self.is_warm |= is_noticed;
        }
        if is_awaited {
            let random = self.any(u32::MAX);
            self.handle(if fails { Event::Failed { id, random } } else { Event::Answered { id } });
        }
    }

    /// The page is unloaded, and may make a call while it is.
    pub fn unload(&mut self) {
        if self.chance(50) {
            self.set_condition(Hidden, true);
        }
        self.set_condition(Unloaded, true);
        if self.chance(20) {
            self.call();
        }
        for request in self.requests.iter().filter(|request| request.is_awaited && !self.is_warm) {
            let dies = self.now - request.sent_at < HANDSHAKE_MS && request.transport != Transport::Keepalive;
            assert!(!dies, "hit {} died with its page", request.id);
        }
    }

    /// The page that was unloaded is shown again. Meanwhile others may have sent what is stored.
    pub fn come_back(&mut self) {
        for request in &mut self.requests {
            request.is_awaited &= !self.records[request.id as usize].is_done;
        }
        self.set_condition(Unloaded, false);
        self.set_condition(Hidden, false);
        self.read_storage();
    }

    /// Another page follows the one that was unloaded, with an empty queue.
    pub fn open_next_page(&mut self, settings: Settings) {
        for id in std::mem::take(&mut self.pending) {
            let is_in_flight = self.requests.iter().any(|request| request.id == id && request.is_awaited);
            let is_safe = is_in_flight || self.storage.contains(&id) || self.record(id).collected > 0;
            assert!(
                is_safe || self.refused_by_storage.contains(&id),
                "hit {id} was lost with its page: {:?}",
                self.queue.find(id)
            );
            self.record(id).is_excused |= !is_safe;
        }
        for request in &mut self.requests {
            request.is_awaited = false;
        }
        self.queue = Queue::new();
        self.settings = settings;
        self.timer_at = None;
        self.claims.clear();
        self.last_sent_at = 0;
        self.navigating_since = 0;
        self.is_warm = false;
        let is_offline = self.is(Offline);
        self.conditions = 0;
        self.set_condition(Offline, is_offline);
        self.read_storage();
    }

    pub fn read_storage(&mut self) {
        for id in self.storage.clone() {
            if !self.pending.contains(&id) {
                self.pending.push(id);
                let record = self.record(id);
                record.is_done = false;
                let (size, transport) = (record.size, record.transport.unwrap_or(Transport::Image));
                self.handle(Event::Called { id, size, transport, is_stored: true });
            }
        }
    }

    /// Another page finds some of the stored hits and sends them.
    pub fn send_from_another_page(&mut self) {
        for id in self.storage.clone() {
            if self.chance(30) {
                self.storage.remove(&id);
                self.record(id).collected += 1;
            }
        }
    }
}
