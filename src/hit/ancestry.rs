//! Which callbacks a tracking call descends from: a callback is not called for a hit that it has sent itself, directly
//! or through the callbacks of other hits.

use super::list::List;

/// No callback is running: registrations are numbered from 1.
pub const NO_CALLBACK: u32 = 0;

/// The callbacks that each open call descends from, as pairs of a call (upper half) and a callback (lower half).
pub struct Ancestry(List<u64>);

impl Ancestry {
    /// No calls.
    pub const fn new() -> Self {
        Self(List::new())
    }

    /// A call begins while `callback` of `parent_call` is running: it descends from that, and from all that the parent
    /// descends from.
    pub fn begin(&mut self, call: u32, parent_call: u32, callback: u32) {
        let mut inherited = List::new();
        for &other in &self.0 {
            if call_of(other) == parent_call {
                inherited.push(pair(call, other as u32));
            }
        }
        self.0.append(inherited);
        if callback != NO_CALLBACK {
            self.0.push(pair(call, callback));
        }
    }

    /// Whether a call descends from a callback.
    pub fn descends(&self, call: u32, callback: u32) -> bool {
        let wanted = pair(call, callback);
        self.0.iter().any(|other| *other == wanted)
    }

    /// A call has its outcome: no callback will be called for it.
    pub fn forget(&mut self, call: u32) {
        self.0.retain(|other| call_of(*other) != call);
    }
}

impl Default for Ancestry {
    fn default() -> Self {
        Self::new()
    }
}

fn pair(call: u32, callback: u32) -> u64 {
    u64::from(call) << 32 | u64::from(callback)
}

fn call_of(pair: u64) -> u32 {
    (pair >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_from_a_callback_descends_from_it() {
        let mut ancestry = Ancestry::new();
        ancestry.begin(1, 0, NO_CALLBACK);
        ancestry.begin(2, 1, 7);
        assert!(!ancestry.descends(1, 7));
        assert!(ancestry.descends(2, 7));
        assert!(!ancestry.descends(2, 8));
    }

    #[test]
    fn descent_is_inherited() {
        let mut ancestry = Ancestry::new();
        ancestry.begin(1, 0, NO_CALLBACK);
        ancestry.begin(2, 1, 7);
        ancestry.begin(3, 2, 8);
        ancestry.begin(4, 3, NO_CALLBACK);
        for callback in [7, 8] {
            assert!(ancestry.descends(3, callback) && ancestry.descends(4, callback));
        }
        assert!(!ancestry.descends(2, 8));
    }

    #[test]
    fn a_settled_call_is_forgotten_and_its_descendants_are_not() {
        let mut ancestry = Ancestry::new();
        ancestry.begin(2, 1, 7);
        ancestry.begin(3, 2, 8);
        ancestry.forget(2);
        assert!(!ancestry.descends(2, 7));
        assert!(ancestry.descends(3, 7) && ancestry.descends(3, 8));
    }
}
