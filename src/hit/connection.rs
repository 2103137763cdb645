//! What a page tells the next one of the session about the connection to its collector: an image of a page that is left has gone out
//! by an open connection, and is not sent again.

use super::text::Text;

/// The key in session storage, in front of the collector, of the time of its latest answer (ms since 1970).
pub const KEY: &str = "afterhit.open";
/// Servers keep a connection open for at least this long (ms) after an answer: it is the shortest default of common ones.
const OPEN_MS: u32 = 5000;

/// Whether a connection is open `now` that was open when its host `answered`. Times are compared modulo 2^32.
pub fn is_open(answered: Text<'_>, now: Text<'_>) -> bool {
    now.number().wrapping_sub(answered.number()) < OPEN_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn a_connection_is_open_for_a_few_seconds_after_an_answer() {
        let now = text("1800000005000");
        for answered in ["1800000000001.5", "1800000004000", "1800000005000"] {
            assert!(is_open(text(answered), now), "{answered}");
        }
        for answered in ["", "soon", "1800000000000", "1700000000000", "1800000005001"] {
            assert!(!is_open(text(answered), now), "{answered}");
        }
    }
}
