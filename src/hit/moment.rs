//! The facts of the moment of a hit: where the page is, where it came from, what time it is.

use super::pad::Pad;
use super::text::Text;

/// The facts, as the hand `moment` joins them with NUL.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The page's address.
    pub href: Text<'a>,
    /// The page's host.
    pub host: Text<'a>,
    /// The outermost page's referrer.
    pub referrer: Text<'a>,
    /// Seconds since 1970.
    pub seconds: Text<'a>,
    clock: Text<'a>,
}

impl<'a> Moment<'a> {
    /// The facts in a joined text.
    pub fn read(facts: Text<'a>) -> Self {
        let (href, rest) = facts.split_once(0);
        let (host, rest) = rest.split_once(0);
        let (referrer, rest) = rest.split_once(0);
        let (seconds, clock) = rest.split_once(0);
        Self { href, host, referrer, seconds, clock }
    }

    /// The local time as the wire format has it: `D/M/YYYY h:m:s W O`.
    pub fn time(&self, out: &Pad) {
        let mut rest = self.clock;
        for &separator in b"// ::  " {
            let (part, behind) = rest.split_once(0);
            out.put(part);
            out.byte(separator);
            rest = behind;
        }
        out.put(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn the_time_is_unpadded_and_ends_with_weekday_and_offset() {
        let moment = Moment::read(text("https://a/\0a\0\x001700000000\x001\x000\x002026\x009\x008\x007\x004\x00-60"));
        let out = Pad::new();
        moment.time(&out);
        assert_eq!(out.text().as_str(), "1/0/2026 9:8:7 4 -60");
        assert_eq!(moment.seconds, "1700000000");
    }
}
