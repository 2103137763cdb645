//! A browser with several tabs of a site, each of which stores, finds and claims hits.

use std::collections::{BTreeMap, BTreeSet};

use super::storage::LocalStorage;
use super::*;
use crate::hit::text_builder::TextBuilder;

/// The keys of two lists: trackers of different report suites.
pub const LISTS: [&str; 2] = ["requests-one", "requests-two"];

/// What the world knows of a hit.
#[derive(Default)]
pub struct Story {
    pub list: usize,
    /// How often it was stored …
    pub stored: u32,
    /// … and claimed.
    pub claimed: u32,
    /// The tab that has it, in memory or under way.
    pub owner: Option<usize>,
    /// Its only copy went with a tab.
    pub excused: bool,
}

/// One page after another in one tab.
#[derive(Default, Clone)]
pub struct Tab {
    pub is_alive: bool,
    /// Its page: claims of an earlier one are void.
    pub page: u32,
    pub session: BTreeMap<usize, String>,
    /// The hits that its page has found in storage or put there, and where.
    pub known: BTreeMap<usize, bool>,
    pub claiming: BTreeSet<usize>,
}

/// A claim under way.
#[derive(Clone)]
pub struct Claim {
    pub tab: usize,
    pub page: u32,
    pub hit: usize,
    pub in_session: bool,
    pub name: String,
    pub since: u64,
}

pub enum Signal {
    HitBusy,
    HitLocked,
    Locked,
    Tick,
    /// A lock is released.
    Release(String),
}

pub struct Lock {
    pub name: String,
    pub claim: usize,
}

pub struct World {
    pub seed: u64,
    pub random: u64,
    pub now: u64,
    /// The time of day is that much later.
    pub clock: u64,
    pub has_locks: bool,
    pub local: LocalStorage,
    pub tabs: Vec<Tab>,
    pub stories: Vec<Story>,
    pub claims: Vec<Claim>,
    pub held: Vec<Lock>,
    /// Claims that wait for the lock on a list.
    pub queued: Vec<Lock>,
    pub signals: Vec<(u64, usize, Signal)>,
    /// Until then, a late timer may hold claims up.
    pub late_until: u64,
    /// How often each thing occurred.
    pub seen: BTreeMap<&'static str, u32>,
    pub longest_ms: u64,
}

impl World {
    pub fn new(seed: u64, has_locks: bool) -> Self {
        // Half of the time is that until the browser has received a write, half that until a tab sees it.
        let most_ms = u64::from(if has_locks { VISIBLE_MS } else { LEASE_CHECK_MS / 2 });
        Self {
            seed,
            random: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            now: 1_000_000,
            clock: 1_800_000_000_000,
            has_locks,
            local: LocalStorage::new(most_ms),
            tabs: Vec::new(),
            stories: Vec::new(),
            claims: Vec::new(),
            held: Vec::new(),
            queued: Vec::new(),
            signals: Vec::new(),
            late_until: 0,
            seen: BTreeMap::new(),
            longest_ms: 0,
        }
    }

    /// A number below `limit`.
    pub fn any(&mut self, limit: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 33) % limit
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.any(100) < percent
    }

    pub fn count(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    /// A living tab.
    pub fn any_tab(&mut self) -> Option<usize> {
        let alive: Vec<usize> = (0..self.tabs.len()).filter(|tab| self.tabs[*tab].is_alive).collect();
        let index = self.any(alive.len().max(1) as u64) as usize;
        alive.get(index).copied()
    }

    // Storage, as the host functions of the tracker read and write it.

    pub fn read(&self, tab: usize, key: &str) -> String {
        self.local.read(tab, key, self.now)
    }

    pub fn write(&mut self, tab: usize, key: &str, text: String) {
        let delay_ms = self.any(self.local.most_ms / 2 + 1);
        self.local.write(tab, key, text, self.now, delay_ms);
    }

    pub fn list(&self, tab: usize, list: usize, in_session: bool) -> String {
        if in_session {
            self.tabs[tab].session.get(&list).cloned().unwrap_or_default()
        } else {
            self.read(tab, LISTS[list])
        }
    }

    pub fn change(list: &str, removed: &str, added: &str) -> String {
        let builder = TextBuilder::new();
        let pair = changed(&builder, text("key"), text(list), text(removed), text(added));
        pair.after(0).as_str().to_owned()
    }

    /// Lets time pass; what is due happens in its order.
    pub fn pass(&mut self, ms: u64) {
        let end = self.now + ms;
        while let Some(index) = (0..self.signals.len()).min_by_key(|index| self.signals[*index].0) {
            if self.signals[index].0 > end {
                break;
            }
            let (due, claim, signal) = self.signals.remove(index);
            self.now = due;
            self.local.pass(self.now);
            self.advance(claim, signal);
        }
        self.now = end;
        self.local.pass(end);
    }

    /// Whether a tab can still claim a hit.
    pub fn is_stored(&self, hit: usize) -> bool {
        let url = url_of(hit);
        let has = |list: &str| text(list).contains_item(text(&url), 0);
        let list = self.stories[hit].list;
        let is_taken = text(&self.local.end(TAKEN_KEY)).contains_item(hit_id(text(&url)), 0);
        let in_session = |tab: &Tab| tab.session.get(&list).is_some_and(|items| has(items));
        has(&self.local.end(LISTS[list])) || !is_taken && self.tabs.iter().any(in_session)
    }

    /// Every hit that was not claimed is still in storage.
    pub fn check_none_lost(&self) {
        for hit in self.unclaimed() {
            assert!(self.is_stored(hit), "seed {}: hit {hit} is lost", self.seed);
        }
    }

    /// The hits that tabs can still claim.
    pub fn unclaimed(&self) -> impl Iterator<Item = usize> {
        let stories = self.stories.iter().enumerate();
        stories.filter(|(_, story)| story.claimed < story.stored && !story.excused).map(|(hit, _)| hit)
    }
}

pub fn url_of(hit: usize) -> String {
    format!("https://collector/b/ss/suite/1/JS/s{hit}?AQB=1")
}

pub fn hit_of(url: Text<'_>) -> usize {
    hit_id(url).after(b's').as_str().rsplit('s').next().unwrap().parse().unwrap()
}
