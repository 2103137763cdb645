//! Local storage as several processes see it.

use std::collections::BTreeMap;

/// A write, in the order in which the browser has received it.
struct Write {
    key: String,
    text: String,
    tab: usize,
    received_at: u64,
}

/// A write reaches the browser's storage after a while, and each other tab another while later. A tab sees its own writes at
/// once, and nothing of others under a key until its own write there is stored.
#[derive(Default)]
pub struct LocalStorage {
    /// What every tab sees unless there is a later write.
    settled: BTreeMap<String, String>,
    writes: Vec<Write>,
    /// How long it takes at most until a write is received, and until a tab sees what was received.
    pub most_ms: u64,
    /// How long it takes until a tab sees what was received.
    pub lag_ms: Vec<u64>,
}

impl LocalStorage {
    pub fn new(most_ms: u64) -> Self {
        Self { most_ms, ..Self::default() }
    }

    pub fn read(&self, tab: usize, key: &str, now: u64) -> String {
        let seen = now.saturating_sub(self.lag_ms[tab]);
        let of_key = || self.writes.iter().rev().filter(|write| write.key == key);
        let pending = of_key().find(|write| write.tab == tab && write.received_at > seen);
        let write = pending.or_else(|| of_key().find(|write| write.received_at <= seen));
        write.map_or_else(|| self.settled.get(key).cloned().unwrap_or_default(), |write| write.text.clone())
    }

    /// Writes a text that the browser receives after `delay_ms`, but after what the tab wrote before.
    pub fn write(&mut self, tab: usize, key: &str, text: String, now: u64, delay_ms: u64) {
        let earlier = self.writes.iter().filter(|write| write.tab == tab).map(|write| write.received_at).max();
        let received_at = (now + delay_ms).max(earlier.unwrap_or(0));
        let index = self.writes.partition_point(|write| write.received_at <= received_at);
        self.writes.insert(index, Write { key: key.to_owned(), text, tab, received_at });
    }

    /// Writes a text that every tab sees at once.
    pub fn settle(&mut self, key: &str, text: String) {
        assert!(self.is_quiet(key));
        self.settled.insert(key.to_owned(), text);
    }

    /// Whether all tabs see the same under a key.
    pub fn is_quiet(&self, key: &str) -> bool {
        self.writes.iter().all(|write| write.key != key)
    }

    /// Whether the other tabs see all that a tab has written.
    pub fn is_settled(&self, tab: usize) -> bool {
        self.writes.iter().all(|write| write.tab != tab)
    }

    /// What all tabs will see under a key when nothing more is written.
    pub fn end(&self, key: &str) -> String {
        let last = self.writes.iter().rev().find(|write| write.key == key).map(|write| &write.text);
        last.or_else(|| self.settled.get(key)).cloned().unwrap_or_default()
    }

    /// Merges the writes that every tab sees.
    pub fn pass(&mut self, now: u64) {
        let seen = now.saturating_sub(self.most_ms);
        let count = self.writes.partition_point(|write| write.received_at < seen);
        for write in self.writes.drain(..count) {
            self.settled.insert(write.key, write.text);
        }
    }
}
