//! The moment of a hit: what time it is.

use super::pad::Pad;
use super::text::Text;

/// The facts, as the hand `moment` joins them with NUL.
#[derive(Clone, Copy)]
pub struct Moment<'a>(pub Text<'a>);

impl<'a> Moment<'a> {
    /// Seconds since 1970.
    pub fn seconds(self) -> Text<'a> {
        self.0.part(0)
    }

    /// The local time as the wire format has it: `D/M/YYYY h:m:s W O`.
    pub fn time(self, out: &Pad) {
        for (index, &separator) in b"// ::  ".iter().enumerate() {
            out.put(self.0.part(1 + index));
            out.byte(separator);
        }
        out.put(self.0.part(8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn the_time_is_unpadded_and_ends_with_weekday_and_offset() {
        let moment = Moment(text("1700000000\x001\x000\x002026\x009\x008\x007\x004\x00-60"));
        let out = Pad::new();
        moment.time(&out);
        assert_eq!(out.text().as_str(), "1/0/2026 9:8:7 4 -60");
        assert_eq!(moment.seconds(), "1700000000");
    }
}
