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
            self.signal_soon(lock.claim, Signal::Locked);
            self.held.push(lock);
        }
    }

    pub fn advance(&mut self, id: usize, signal: Signal) {
        let claim = self.claims[id].clone();
        if claim.page != self.tabs[claim.tab].page {
            return;
        }
        let lease = self.read(claim.tab, LEASE_KEY);
        let end_ms = self.now + self.clock + u64::from(LEASE_MS);
        let end_text = end_ms.to_string();
        let event = match signal {
            Signal::HitBusy => Event::HitBusy,
            Signal::HitLocked => {
                self.queued.push(Lock { name: LISTS_LOCK.to_owned(), claim: id });
                return self.grant(LISTS_LOCK);
            }
            Signal::Locked => Event::Locked,
            Signal::Tick => {
                let ends_at: u64 = lease.split(' ').nth(1).map_or(0, |time| time.parse().unwrap());
                if ends_at > end_ms {
                    self.count("a lease was in the future");
                }
                Event::Tick { lease: text(&lease), name: text(&claim.name), end_ms: text(&end_text) }
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
            Command::Take => {
                self.count("Take");
                self.take(id, true);
                self.signal_by_timer(id, Signal::Release(LISTS_LOCK.to_owned()), VISIBLE_MS);
                self.signal_by_timer(id, Signal::Release(url_of(claim.hit)), VISIBLE_MS + HIT_LOCK_MS);
            }
            Command::TakeAndEnd => {
                self.count("TakeAndEnd");
                self.take(id, false);
                self.write(claim.tab, LEASE_KEY, String::new());
            }
            Command::WriteLease => {
                self.count(if lease.is_empty() { "WriteLease" } else { "a lease was taken over" });
                let builder = TextBuilder::new();
                let mine = super::lease(&builder, text(&claim.name), text(&end_text)).after(0).as_str().to_owned();
                self.write(claim.tab, LEASE_KEY, mine);
                self.signal_by_timer(id, Signal::Tick, LEASE_CHECK_MS);
            }
            Command::Wait => {
                self.count("Wait");
                self.signal_by_timer(id, Signal::Tick, LEASE_CHECK_MS);
            }
        }
    }

    /// Takes the hit of a claim, and with locks what else the tab knows in the same list.
    fn take(&mut self, id: usize, has_locks: bool) {
        let Claim { tab, hit, in_session, .. } = self.claims[id];
        let list = self.stories[hit].list;
        let mut hits = vec![hit];
        for (&other, &is_in_session) in &self.tabs[tab].known {
            if has_locks && other != hit && is_in_session == in_session && self.stories[other].list == list {
                hits.push(other);
            }
        }
        let urls: Vec<String> = hits.iter().map(|&hit| format!("{id} {}", url_of(hit))).collect();
        let builder = TextBuilder::new();
        let items = self.list(tab, list, in_session);
        let ids = self.read(tab, TAKEN_KEY);
        let batch = urls.join("\0");
        let taken = super::take(&builder, text("key"), text(&items), in_session.then(|| text(&ids)), text(&batch));
        let found = taken.found.as_str().to_owned();
        let [rest, ids] = [taken.list, taken.ids].map(|pair| pair.after(0).as_str().to_owned());
        if in_session {
            self.tabs[tab].session.insert(list, rest);
        } else {
            self.write(tab, LISTS[list], rest);
        }
        if !taken.ids.is_empty() {
            self.write(tab, TAKEN_KEY, ids);
        }
        for other in hits {
            let is_found = text(&found).contains_item(text(&url_of(other)), 0);
            let was_stored = text(&items).contains_item(text(&url_of(other)), 0);
            if was_stored && !is_found {
                self.count("a duplicated tab had claimed the hit");
            }
            if other == hit {
                self.answer(id, is_found);
            } else if is_found {
                self.count("claimed with another");
                self.settle(tab, other, true);
            }
        }
    }

    /// The claim has ended: the tab gets the hit, or somebody else has it.
    fn answer(&mut self, id: usize, found: bool) {
        let claim = self.claims[id].clone();
        // The hit may have been taken with another one meanwhile.
        if found || self.tabs[claim.tab].known.contains_key(&claim.hit) {
            self.settle(claim.tab, claim.hit, found);
        }
        if claim.since >= self.late_until {
            self.longest_ms = self.longest_ms.max(self.now - claim.since);
        }
    }

    fn settle(&mut self, tab: usize, hit: usize, found: bool) {
        self.tabs[tab].known.remove(&hit);
        self.tabs[tab].claiming.remove(&hit);
        self.count(if found { "found" } else { "not found" });
        if !found {
            return;
        }
        let seed = self.seed;
        let story = &mut self.stories[hit];
        assert_eq!(story.owner, None, "seed {seed}: two tabs have hit {hit}");
        story.owner = Some(tab);
        story.claimed += 1;
        assert!(story.claimed <= story.stored, "seed {seed}: hit {hit} was claimed twice");
    }
}
