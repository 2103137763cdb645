//! A browser, a network, a storage and other pages, as unkind as real ones; and what must hold whatever they do.

use std::collections::BTreeSet;

use super::*;
use Condition::{Hidden, Offline, Unloaded};

/// A connection takes so many ms; what is sent on an open one leaves at once.
const HANDSHAKE: u64 = 150;

/// What the world knows of a hit.
#[derive(Default)]
pub struct Story {
    pub transport: Option<Transport>,
    pub size: u32,
    pub collected: u32,
    pub failures: u32,
    /// It was cancelled after it had left, so that it may arrive twice.
    pub doubled: bool,
    /// The network lost it when the page could not know any more, or neither the browser nor storage took it.
    pub excused: bool,
    /// The page was told that it is given up.
    pub given_up: bool,
    /// The page was told of its outcome.
    pub over: bool,
}

/// A request under way.
pub struct Request {
    pub id: u32,
    pub transport: Transport,
    pub sent: u64,
    due: u64,
    fails: bool,
    /// The page that waits for its answer is still there.
    pub is_heard: bool,
}

/// One tracker on one page after another.
pub struct World {
    random: u64,
    pub now: u64,
    pub queue: Queue,
    pub settings: Settings,
    conditions: u8,
    pub stories: Vec<Story>,
    /// The hits of this page that are not over, in call order.
    pub called: Vec<u32>,
    pub requests: Vec<Request>,
    alarm: Option<u64>,
    /// When storage answers, and for which hit.
    claims: Vec<(u64, u32)>,
    pub storage: BTreeSet<u32>,
    unkept: BTreeSet<u32>,
    is_warm: bool,
    pub last_sent: u64,
    /// When another page was asked for, if this one is not known to stay.
    pub leaving: u64,
    /// Of a hundred requests so many fail.
    pub trouble: u32,
}

impl World {
    pub fn new(seed: u64) -> Self {
        Self {
            random: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            // The clock runs over on the way.
            now: u64::from(u32::MAX) - 1_000_000,
            queue: Queue::new(),
            settings: Settings { concurrent: 1, keeps: false, limit: 10, throttle: 0, keepalive: true },
            conditions: 0,
            stories: Vec::new(),
            called: Vec::new(),
            requests: Vec::new(),
            alarm: None,
            claims: Vec::new(),
            storage: BTreeSet::new(),
            unkept: BTreeSet::new(),
            is_warm: false,
            last_sent: 0,
            leaving: 0,
            trouble: 0,
        }
    }

    /// A number below `limit`.
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

    pub fn story(&mut self, id: u32) -> &mut Story {
        &mut self.stories[id as usize]
    }

    pub fn call(&mut self) {
        let id = self.stories.len() as u32;
        let transport = [Transport::Beacon, Transport::Post, Transport::Keepalive]
            .get(self.any(10) as usize)
            .copied()
            .unwrap_or(Transport::Image);
        let size = if self.chance(5) { 20_000 } else { 100 + self.any(2000) };
        self.stories.push(Story { transport: Some(transport), size, ..Story::default() });
        self.called.push(id);
        self.tell(Event::Called { id, size, transport, kept: false });
    }

    pub fn turn(&mut self, condition: Condition, begins: bool) {
        self.unkept.clear();
        if begins {
            self.conditions |= condition as u8;
            self.tell(Event::Begins(condition));
        } else {
            self.conditions &= !(condition as u8);
            self.tell(Event::Ends(condition));
        }
    }

    /// Tells the queue, and does what it says; what that leads to is told in turn.
    pub fn tell(&mut self, event: Event) {
        self.queue.on_event(event, self.now as u32);
        while let Some(command) = self.queue.poll(self.now as u32, &self.settings) {
            self.perform(command);
        }
        self.check_bounds();
    }

    /// Another page is asked for, or this one stays.
    pub fn ask_for_another(&mut self, so: bool) {
        self.leaving = if so { self.now } else { 0 };
        self.tell(Event::of(Condition::Navigating, so));
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::Send { id, transport } => self.send(id, transport),
            Command::Cancel { id } => self.cancel(id),
            Command::Keep { id } => {
                if self.chance(3) {
                    self.unkept.insert(id);
                    self.tell(Event::Refused { id });
                } else {
                    assert!(self.storage.insert(id), "kept twice: {id}");
                }
            }
            Command::Claim { id } => {
                self.check_turn(id);
                if self.chance(50) {
                    self.claimed(id);
                } else {
                    let wait = if self.chance(5) { 20_000 } else { 50 };
                    let due = self.now + 1 + u64::from(self.any(wait));
                    self.claims.push((due, id));
                }
            }
            Command::Delivered { id, .. } => {
                assert!(self.story(id).collected > 0, "told too early: {id}");
                self.end(id);
                if self.chance(3) {
                    self.call();
                }
            }
            Command::HandedOver { id } => self.end(id),
            Command::Buffered { id } => {
                let is_safe = self.storage.contains(&id) || self.story(id).collected > 0;
                assert!(self.is(Unloaded) && is_safe, "not in storage: {id}");
                self.end(id);
            }
            Command::Failed { id } => {
                assert!(self.story(id).failures > 0 && !self.settings.keeps, "given up too early: {id}");
                self.give_up(id);
            }
            Command::Dropped { id } => self.give_up(id),
            Command::Wake { after } => self.alarm = Some(self.now + u64::from(after)),
        }
    }

    fn end(&mut self, id: u32) {
        assert!(!std::mem::replace(&mut self.story(id).over, true), "over twice: {id}");
        self.called.retain(|called| *called != id);
    }

    fn give_up(&mut self, id: u32) {
        self.end(id);
        self.storage.remove(&id);
        self.story(id).given_up = true;
    }

    fn send(&mut self, id: u32, transport: Transport) {
        self.check_send(id, transport);
        self.last_sent = self.now;
        match transport {
            Transport::Beacon if self.chance(20) => self.tell(Event::Refused { id }),
            Transport::Beacon => {
                self.story(id).collected += 1;
                self.tell(Event::Answered { id });
            }
            Transport::Keepalive if self.chance(3) => self.tell(Event::Refused { id }),
            _ => {
                let fails = self.chance(self.trouble);
                let wait = [30_000, 200_000].get(self.any(20) as usize).copied().unwrap_or(500);
                let due = self.now + HANDSHAKE + u64::from(self.any(wait));
                self.requests.push(Request { id, transport, sent: self.now, due, fails, is_heard: true });
                self.check_load();
            }
        }
    }

    /// An image that waits for its connection never leaves; whether one has left already, the page cannot know.
    fn cancel(&mut self, id: u32) {
        assert!(self.is(Unloaded) && !self.is_warm, "cancelled: {id}");
        let now = self.now;
        self.requests.retain(|request| request.id != id || now - request.sent >= HANDSHAKE);
        for request in self.requests.iter_mut().filter(|request| request.id == id) {
            request.is_heard = false;
            self.stories[id as usize].doubled = true;
        }
    }

    fn claimed(&mut self, id: u32) {
        let ok = self.storage.remove(&id);
        self.tell(Event::Claimed { id, ok });
    }

    /// Lets time pass; what is due happens in its order.
    pub fn pass(&mut self, ms: u64) {
        let end = self.now + ms;
        loop {
            let request = self.requests.iter().map(|request| request.due).min().unwrap_or(u64::MAX);
            let claim = self.claims.iter().min().copied().unwrap_or((u64::MAX, 0));
            let alarm = self.alarm.unwrap_or(u64::MAX);
            let due = request.min(claim.0).min(alarm);
            if due > end {
                break;
            }
            self.now = self.now.max(due);
            if alarm == due {
                self.alarm = None;
                self.tell(Event::Tick);
            } else if claim.0 == due {
                self.claims.retain(|other| *other != claim);
                self.claimed(claim.1);
            } else if let Some(index) = self.requests.iter().position(|request| request.due == due) {
                self.arrive(index);
            }
        }
        self.now = end;
    }

    fn arrive(&mut self, index: usize) {
        let Request { id, fails, is_heard, .. } = self.requests.swap_remove(index);
        // What is under way when the line is cut fails.
        let fails = fails || self.is(Offline);
        let story = &mut self.stories[id as usize];
        let knows = is_heard && !story.over;
        if fails {
            story.failures += 1;
            story.excused |= !knows;
        } else {
            story.collected += 1;
            self.is_warm |= knows;
        }
        if is_heard {
            let random = self.any(u32::MAX);
            self.tell(if fails { Event::Failed { id, random } } else { Event::Answered { id } });
        }
    }

    /// The page is left, and may still call while it is.
    pub fn leave(&mut self) {
        if self.chance(50) {
            self.turn(Hidden, true);
        }
        self.turn(Unloaded, true);
        if self.chance(20) {
            self.call();
        }
        for request in self.requests.iter().filter(|request| request.is_heard && !self.is_warm) {
            let dies = self.now - request.sent < HANDSHAKE && request.transport != Transport::Keepalive;
            assert!(!dies, "died with its page: {}", request.id);
        }
    }

    /// The page that was left comes back; meanwhile others may have sent what is stored.
    pub fn come_back(&mut self) {
        for request in &mut self.requests {
            request.is_heard &= !self.stories[request.id as usize].over;
        }
        self.turn(Unloaded, false);
        self.turn(Hidden, false);
        self.read_storage();
    }

    /// Another page follows the one that was left; what that one knew is gone.
    pub fn open_another(&mut self, settings: Settings) {
        for id in std::mem::take(&mut self.called) {
            let is_open = self.requests.iter().any(|request| request.id == id && request.is_heard);
            let is_safe = is_open || self.storage.contains(&id) || self.story(id).collected > 0;
            assert!(is_safe || self.unkept.contains(&id), "lost with its page: {id} {:?}", self.queue.find(id));
            self.story(id).excused |= !is_safe;
        }
        for request in &mut self.requests {
            request.is_heard = false;
        }
        self.queue = Queue::new();
        self.settings = settings;
        self.alarm = None;
        self.claims.clear();
        self.last_sent = 0;
        self.leaving = 0;
        self.is_warm = false;
        let is_offline = self.is(Offline);
        self.conditions = 0;
        self.turn(Offline, is_offline);
        self.read_storage();
    }

    pub fn read_storage(&mut self) {
        for id in self.storage.clone() {
            if !self.called.contains(&id) {
                self.called.push(id);
                let story = self.story(id);
                story.over = false;
                let event = Event::Called {
                    id,
                    size: story.size,
                    transport: story.transport.unwrap_or(Transport::Image),
                    kept: true,
                };
                self.tell(event);
            }
        }
    }

    /// Another page takes from storage what it finds, and sends it.
    pub fn be_another_page(&mut self) {
        for id in self.storage.clone() {
            if self.chance(30) {
                self.storage.remove(&id);
                self.story(id).collected += 1;
            }
        }
    }
}
