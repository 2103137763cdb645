//! The facts that JavaScript collects for a hit: the time, random digits, cookies, context data; and once a page, what
//! the browser is.

use super::text::{Text, text};
use super::text_builder::TextBuilder;

/// The argument of the host function: a property of the tracker, and the methods of `Date` whose results
/// [`HitFacts::time`] reads.
pub const HIT_FACTS: &str =
    "contextData\0getDate,getMonth,getFullYear,getHours,getMinutes,getSeconds,getDay,getTimezoneOffset";

/// The properties of `window` that [`write_browser_variables`] reads.
pub const BROWSER_FACTS: &str =
    "screen.width,screen.height,screen.colorDepth,innerWidth,innerHeight,navigator.javaEnabled";

/// Writes the variables that say what the browser is, as names and values.
pub fn write_browser_variables(out: &TextBuilder, facts: Text<'_>) {
    out.str("resolution\0");
    out.put(facts.field(0));
    out.byte(b'x');
    out.put(facts.field(1));
    out.byte(0);
    out.pair(text("colorDepth"), facts.field(2));
    out.pair(text("browserWidth"), facts.field(3));
    out.pair(text("browserHeight"), facts.field(4));
    out.pair(text("javaEnabled"), text(if facts.field(5) == "true" { "Y" } else { "N" }));
    out.pair(text("javascriptVersion"), text("1.6"));
}

/// The facts of a hit, separated by NUL.
#[derive(Clone, Copy)]
pub struct HitFacts<'a>(pub Text<'a>);

impl<'a> HitFacts<'a> {
    /// Seconds since 1970.
    pub fn seconds(self) -> Text<'a> {
        self.0.field(0)
    }

    /// Writes the local time in the wire format: `D/M/YYYY h:m:s W O`. Months and weekdays count from 0, weekdays from
    /// Sunday; `O` is the offset in minutes.
    pub fn time(self, out: &TextBuilder) {
        let mut parts = self.0.split(0);
        parts.next();
        for &separator in b"// ::  " {
            out.put(parts.next().unwrap_or(self.0));
            out.byte(separator);
        }
        out.put(self.0.field(8));
    }

    /// Random digits, different for every hit.
    pub fn random(self) -> Text<'a> {
        self.0.field(9)
    }

    /// `document.cookie`; empty if the cookies were not asked for.
    pub fn cookies(self) -> Text<'a> {
        self.0.field(10)
    }

    /// `contextData` as names and values.
    pub fn context(self) -> Text<'a> {
        self.0.skip_fields(11)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::variables::{Slot, Variables};

    #[test]
    fn the_browser_is_described_by_six_variables() {
        let out = TextBuilder::new();
        write_browser_variables(&out, text("1280\x00720\x0024\x001200\x00700\0false"));
        let variables = Variables::named(out.text());
        let values = [Slot::resolution, Slot::colorDepth, Slot::browserWidth, Slot::browserHeight, Slot::javaEnabled];
        assert_eq!(values.map(|slot| variables.get(slot).as_str()), ["1280x720", "24", "1200", "700", "N"]);
        assert_eq!(variables.get(Slot::javascriptVersion), "1.6");
    }

    #[test]
    fn the_time_is_unpadded_and_ends_with_weekday_and_offset() {
        let facts =
            HitFacts(text("1767258424\x001\x000\x002026\x0010\x007\x004\x004\x00-60\x0012345\0s_cc=true\0a\x001\0"));
        let out = TextBuilder::new();
        facts.time(&out);
        assert_eq!(out.text().as_str(), "1/0/2026 10:7:4 4 -60");
        assert_eq!(facts.seconds(), "1767258424");
        assert_eq!(facts.random(), "12345");
        assert_eq!(facts.cookies(), "s_cc=true");
        assert_eq!(facts.context(), "a\x001\0");
    }
}
