//! The moment of a hit: what time it is, and what the page has then.

use super::text::Text;
use super::text_builder::TextBuilder;

/// The facts, as the hands `moment` and `momentAndCookies` join them with NUL.
#[derive(Clone, Copy)]
pub struct HitFacts<'a>(pub Text<'a>);

impl<'a> HitFacts<'a> {
    /// Seconds since 1970.
    pub fn seconds(self) -> Text<'a> {
        self.0.field(0)
    }

    /// The local time as the wire format has it: `D/M/YYYY h:m:s W O`, months from 0, days of the week from Sunday on, and the
    /// offset in minutes.
    pub fn time(self, out: &TextBuilder) {
        let mut parts = self.0.split(0);
        parts.next();
        for &separator in b"// ::  " {
            out.put(parts.next().unwrap_or(self.0));
            out.byte(separator);
        }
        out.put(self.0.field(8));
    }

    /// Digits that change with every hit.
    pub fn random(self) -> Text<'a> {
        self.0.field(9)
    }

    /// The cookies.
    pub fn cookies(self) -> Text<'a> {
        self.0.field(10)
    }

    /// `contextData`: names and values.
    pub fn context(self) -> Text<'a> {
        self.0.skip_fields(11)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn the_time_is_unpadded_and_ends_with_weekday_and_offset() {
        let moment =
            HitFacts(text("1767258424\x001\x000\x002026\x0010\x007\x004\x004\x00-60\x0012345\0s_cc=true\0a\x001\0"));
        let out = TextBuilder::new();
        moment.time(&out);
        assert_eq!(out.text().as_str(), "1/0/2026 10:7:4 4 -60");
        assert_eq!(moment.seconds(), "1767258424");
        assert_eq!(moment.random(), "12345");
        assert_eq!(moment.cookies(), "s_cc=true");
        assert_eq!(moment.context(), "a\x001\0");
    }
}
