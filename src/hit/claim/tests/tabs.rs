//! What the visitor does with tabs, and the page in one of them with hits.

use super::world::{LISTS, Lock, Story, Tab, World, hit_of, url_of};
use super::*;

impl World {
    pub fn open_tab(&mut self) {
        let lag_ms = self.any(self.local.most_ms / 2 + 1);
        self.local.lag_ms.push(lag_ms);
        self.tabs.push(Tab { is_alive: true, ..Tab::default() });
        self.load(self.tabs.len() - 1);
    }

    pub fn duplicate(&mut self, tab: usize) {
        self.open_tab();
        let copy = self.tabs.len() - 1;
        self.tabs[copy].session = self.tabs[tab].session.clone();
        if !self.tabs[tab].session.is_empty() {
            self.count("a tab with stored hits was duplicated");
        }
        self.load(copy);
    }

    /// The tab's page finds the hits that are stored.
    pub fn load(&mut self, tab: usize) {
        for list in 0..LISTS.len() {
            for in_session in [true, false] {
                let found = self.list(tab, list, in_session);
                for url in text(&found).split(0) {
                    let hit = hit_of(url);
                    let owned = self.stories[hit].owner == Some(tab);
                    if !owned {
                        self.tabs[tab].known.entry(hit).or_insert(in_session);
                    }
                }
            }
        }
    }

    /// Whether the assumption about pages that end allows this one to end now.
    pub fn may_end(&self, tab: usize) -> bool {
        !self.has_locks || self.local.is_settled(tab)
    }

    /// The page of a tab is left: its locks are released, and what it had sent is the browser's.
    fn end_page(&mut self, tab: usize) {
        self.tabs[tab].page += 1;
        self.tabs[tab].known.clear();
        self.tabs[tab].claiming.clear();
        self.queued.retain(|lock| self.claims[lock.claim].tab != tab);
        let (freed, held): (Vec<Lock>, Vec<Lock>) =
            std::mem::take(&mut self.held).into_iter().partition(|lock| self.claims[lock.claim].tab == tab);
        self.held = held;
        for Lock { name, .. } in freed {
            self.count("a page was left while it held a lock");
            self.grant(&name);
        }
    }

    /// Another page in the same tab.
    pub fn navigate(&mut self, tab: usize) {
        self.end_page(tab);
        for story in &mut self.stories {
            if story.owner == Some(tab) {
                story.owner = None;
            }
        }
        self.load(tab);
    }

    pub fn die(&mut self, tab: usize) {
        let lease = self.read(tab, LEASE_KEY);
        let name = text(&lease).before(b' ').as_str().to_owned();
        if self.claims.iter().any(|claim| claim.tab == tab && claim.page == self.tabs[tab].page && claim.name == name) {
            self.count("a tab died with the lease");
        }
        self.end_page(tab);
        self.tabs[tab].is_alive = false;
        self.tabs[tab].session.clear();
        for hit in 0..self.stories.len() {
            if self.stories[hit].owner == Some(tab) {
                self.stories[hit].owner = None;
            }
            let story = &self.stories[hit];
            if story.claimed < story.stored && !self.is_stored(hit) {
                self.stories[hit].excused = true;
            }
        }
    }

    /// Stores a new hit, or one that the tab has claimed and could not send.
    pub fn store(&mut self, tab: usize, in_session: bool) {
        let again = (0..self.stories.len()).find(|hit| self.stories[*hit].owner == Some(tab));
        let hit = again.filter(|_| self.chance(50)).unwrap_or_else(|| {
            let list = self.any(LISTS.len() as u64) as usize;
            self.stories.push(Story { list, ..Story::default() });
            self.stories.len() - 1
        });
        let list = self.stories[hit].list;
        let url = url_of(hit);
        // The assumption: nobody else changes what is changed here without a lock.
        let shared = if in_session { TAKEN_KEY } else { LISTS[list] };
        if !self.local.is_quiet(shared) {
            return;
        }
        if self.stories[hit].stored > 0 {
            self.count("a claimed hit was stored again");
        }
        let items = Self::change(&self.list(tab, list, in_session), "", &url);
        if in_session {
            self.tabs[tab].session.insert(list, items);
            let taken = self.read(tab, TAKEN_KEY);
            self.local.settle(TAKEN_KEY, Self::change(&taken, hit_id(text(&url)).as_str(), ""));
        } else {
            self.local.settle(LISTS[list], items);
        }
        let story = &mut self.stories[hit];
        story.stored += 1;
        story.owner = None;
        self.tabs[tab].known.insert(hit, in_session);
    }
}
