//! The lease in local storage that stands in for a lock where there are no Web Locks: the name of a claim, a space, and the
//! time until which it is valid, in milliseconds since 1970.
//!
//! Times are compared modulo 2³², which is 49 days. So a lease that a tab has left behind is believed again 49 days later, for
//! [`LEASE_MS`] at most.

use super::LEASE_MS;
use crate::hit::text::Text;
use crate::hit::text_builder::TextBuilder;

/// The text of a lease.
pub fn lease<'b>(builder: &'b TextBuilder, name: Text<'_>, until_ms: Text<'_>) -> Text<'b> {
    let start = builder.mark();
    builder.put(name);
    builder.byte(b' ');
    builder.put(until_ms);
    builder.take_from(start)
}

/// Whether a lease was written under this name, however long ago.
pub fn is_of(lease: Text<'_>, name: Text<'_>) -> bool {
    lease.before(b' ') == name
}

/// Whether a lease is missing or not valid.
pub fn is_free(lease: Text<'_>, now_ms: u32) -> bool {
    let left_ms = lease.after(b' ').number().wrapping_sub(now_ms);
    left_ms == 0 || left_ms > LEASE_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    const NOW: u64 = 1_800_000_000_000;

    fn is_free_until(until_ms: u64) -> bool {
        let builder = TextBuilder::new();
        is_free(lease(&builder, text("1"), text(&until_ms.to_string())), NOW as u32)
    }

    #[test]
    fn a_lease_is_held_until_it_ends() {
        assert!(!is_free_until(NOW + u64::from(LEASE_MS)));
        assert!(!is_free_until(NOW + 1));
        assert!(is_free_until(NOW));
        assert!(is_free_until(NOW - 3_600_000));
    }

    #[test]
    fn a_lease_that_ends_later_than_a_lease_can_is_free() {
        assert!(is_free_until(NOW + u64::from(LEASE_MS) + 1));
        assert!(is_free_until(NOW + 3_600_000));
    }

    #[test]
    fn a_missing_or_broken_lease_is_free() {
        for broken in ["", "name", "name then", " "] {
            assert!(is_free(text(broken), NOW as u32), "{broken}");
        }
    }

    #[test]
    fn a_lease_is_that_of_its_whole_name() {
        assert!(is_of(text("12 99"), text("12")));
        assert!(!is_of(text("12 99"), text("1")));
        assert!(!is_of(text("1 99"), text("12")));
        assert!(!is_of(text(""), text("1")));
    }
}
