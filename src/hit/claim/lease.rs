//! The lease in local storage that stands in for a lock where there are no Web Locks: the name of a claim, a space, and the
//! time at which it ends, in milliseconds since 1970.
//!
//! Times are compared modulo 2³², which is 49 days. So a lease that a tab has left behind is believed again 49 days later, for
//! [`LEASE_MS`] at most.

use crate::hit::text::Text;
use crate::hit::text_builder::TextBuilder;

/// The key in local storage of the lease.
pub const LEASE_KEY: &str = "afterhit.lease";
/// A lease is valid for this long (ms). One that ends later than that was written before the clock was set back.
pub const LEASE_MS: u32 = 2000;

/// A lease with its key, to be stored.
pub fn lease<'b>(builder: &'b TextBuilder, name: Text<'_>, end_ms: Text<'_>) -> Text<'b> {
    let start = builder.mark();
    builder.str(LEASE_KEY);
    builder.byte(0);
    builder.put(name);
    builder.byte(b' ');
    builder.put(end_ms);
    builder.take_from(start)
}

/// Whether a lease was written under this name, however long ago.
pub fn is_of(lease: Text<'_>, name: Text<'_>) -> bool {
    lease.before(b' ') == name
}

/// Whether a lease is missing or not valid, at the time when a new one would end at `end_ms`.
pub fn is_free(lease: Text<'_>, end_ms: Text<'_>) -> bool {
    let age_ms = end_ms.number().wrapping_sub(lease.after(b' ').number());
    age_ms >= LEASE_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    const NOW: u64 = 1_800_000_000_000;

    fn end(now_ms: u64) -> String {
        (now_ms + u64::from(LEASE_MS)).to_string()
    }

    fn is_free_until(end_ms: u64) -> bool {
        let builder = TextBuilder::new();
        is_free(lease(&builder, text("1"), text(&end_ms.to_string())).after(0), text(&end(NOW)))
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
            assert!(is_free(text(broken), text(&end(NOW))), "{broken}");
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
