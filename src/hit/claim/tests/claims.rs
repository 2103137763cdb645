//! Claims in the simulated browser: what `src/tracker/storage.rs` does for the real one.

use super::world::{Claim, LISTS, Lock, Signal, World, url_of};
use super::*;
use crate::hit::text_builder::TextBuilder;

impl World {
    pub fn claim(&mut self, tab: usize) {
        let state = &self.tabs[tab];
        let waiting: Vec<usize> = state.known.keys().filter(|hit| !state.claiming.contains(hit)).copied().collect();
        if waiting.is_empty() || state.claiming.len() > 2 {
            return;
        }
        let hit = waiting[self.any(waiting.len() as u64) as usize];
        let name = self.any(1 << 30).to_string();
        let state = &mut self.tabs[tab];
        state.claiming.insert(hit);
        let (in_session, page) = (state.known[&hit], state.page);
        let id = self.claims.len();
        self.claims.push(Claim { tab, page, hit, in_session, name, since: self.now });
        if !self.has_locks {
            return self.advance(id, Signal::Tick);
        }
        let lock = Lock { name: url_of(hit), claim: id };
        let is_busy = self.held.iter().any(|held| held.name == lock.name);
        if !is_busy {
            self.held.push(lock);
        }
        self.signal_soon(id, if is_busy { Signal::HitBusy } else { Signal::HitLocked });
    }

    fn signal(&mut self, claim: usize, signal: Signal, after_ms: u64) {
        self.signals.push((self.now + after_ms, claim, signal));
    }

    fn signal_soon(&mut self, claim: usize, signal: Signal) {
        let after_ms = self.any(5);
        self.signal(claim, signal, after_ms);
    }

    /// A timer is late at times, most of all in a tab that is not visible.
    fn signal_by_timer(&mut self, claim: usize, signal: Signal, after_ms: u32) {
        let late_ms = match self.any(100) {
            0 => self.any(60_000),
            1..5 => self.any(1000),
            _ => self.any(5),
        };
        if late_ms > 5 {
            self.late_until = self.late_until.max(self.now + u64::from(after_ms) + late_ms);
            self.count("a timer was late");
        }
        self.signal(claim, signal, u64::from(after_ms) + late_ms);
    }

    /// Gives a free lock to the claim that has waited longest.
    pub fn grant(&mut self, name: &str) {
        if self.held.iter().any(|held| held.name == name) {
            return;
        }
        if let Some(index) = self.queued.iter().position(|lock| lock.name == name) {
            let lock = self.queued.remove(index);
            self.signal_soon(lock.claim, Signal::ListLocked);
            self.held.push(lock);
        }
    }

    pub fn advance(&mut self, id: usize, signal: Signal) {
        let claim = self.claims[id].clone();
        if claim.page != self.tabs[claim.tab].page {
            return;
        }
        let lease = self.read(claim.tab, LEASE_KEY);
        let clock = self.now + self.clock;
        let event = match signal {
            Signal::HitBusy => Event::HitBusy,
            Signal::HitLocked => Event::HitLocked,
            Signal::ListLocked => Event::ListLocked,
            Signal::Tick => {
                let ends_at: u64 = lease.split(' ').nth(1).map_or(0, |time| time.parse().unwrap());
                if ends_at > clock + u64::from(LEASE_MS) {
                    self.count("a lease was in the future");
                }
                Event::Tick { lease: text(&lease), name: text(&claim.name), now_ms: clock as u32 }
            }
            Signal::Release(name) => {
                self.held.retain(|held| held.name != name);
                return self.grant(&name);
            }
        };
        match next(event) {
            Command::GiveUp => {
                self.count("GiveUp");
                self.answer(id, false);
            }
            Command::LockList => {
                self.count("LockList");
                let name = self.lock_of(&claim).to_owned();
                self.queued.push(Lock { name: name.clone(), claim: id });
                self.grant(&name);
            }
            Command::Take => {
                self.count("Take");
                self.take(id);
                self.signal_by_timer(id, Signal::Release(self.lock_of(&claim).to_owned()), VISIBLE_MS);
                self.signal_by_timer(id, Signal::Release(url_of(claim.hit)), VISIBLE_MS + HIT_LOCK_MS);
            }
            Command::TakeAndEnd => {
                self.count("TakeAndEnd");
                self.take(id);
                self.write(claim.tab, LEASE_KEY, String::new());
            }
            Command::WriteLease => {
                self.count(if lease.is_empty() { "WriteLease" } else { "a lease was taken over" });
                let builder = TextBuilder::new();
                let until_ms = (clock + u64::from(LEASE_MS)).to_string();
                let mine = super::lease(&builder, text(&claim.name), text(&until_ms)).as_str().to_owned();
                self.write(claim.tab, LEASE_KEY, mine);
                self.signal_by_timer(id, Signal::Tick, LEASE_CHECK_MS);
            }
            Command::Wait => {
                self.count("Wait");
                self.signal_by_timer(id, Signal::Tick, LEASE_CHECK_MS);
            }
        }
    }

    fn lock_of(&self, claim: &Claim) -> &'static str {
        if claim.in_session { TAKEN_KEY } else { LISTS[self.stories[claim.hit].list] }
    }

    fn take(&mut self, id: usize) {
        let Claim { tab, hit, in_session, .. } = self.claims[id];
        let list = self.stories[hit].list;
        let url = url_of(hit);
        let items = self.list(tab, list, in_session);
        let mut found = text(&items).contains_item(text(&url), 0);
        let rest = Self::change(&items, &url, "");
        if in_session {
            self.tabs[tab].session.insert(list, rest);
            let taken = self.read(tab, TAKEN_KEY);
            let hit_id = hit_id(text(&url)).as_str().to_owned();
            if found && text(&taken).contains_item(text(&hit_id), 0) {
                self.count("a duplicated tab had claimed the hit");
                found = false;
            }
            let latest = latest_taken(text(&taken)).as_str();
            self.write(tab, TAKEN_KEY, Self::change(latest, &hit_id, &hit_id));
        } else {
            self.write(tab, LISTS[list], rest);
        }
        self.answer(id, found);
    }

    /// The claim has ended: the tab gets the hit, or somebody else has it.
    fn answer(&mut self, id: usize, found: bool) {
        let claim = self.claims[id].clone();
        let hit = claim.hit;
        self.tabs[claim.tab].known.remove(&hit);
        self.tabs[claim.tab].claiming.remove(&hit);
        let story = &mut self.stories[hit];
        if found {
            assert_eq!(story.owner, None, "seed {}: two tabs have hit {hit}", self.seed);
            story.owner = Some(claim.tab);
            story.claimed += 1;
            assert!(story.claimed <= story.stored, "seed {}: hit {hit} was claimed twice", self.seed);
            self.count("found");
        } else {
            self.count("not found");
        }
        if claim.since >= self.late_until {
            self.longest_ms = self.longest_ms.max(self.now - claim.since);
        }
    }
}
