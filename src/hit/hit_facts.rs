//! The facts that JavaScript collects for a hit: the time, random digits, cookies, context data; and once a page, what
//! the browser is.

use super::text::Text;

/// The argument of the host function: two properties of the tracker, and a template of the time that is filled by methods of
/// `Date`: the wire format `D/M/YYYY h:m:s W O`. Months and weekdays count from 0, weekdays from Sunday; `O` is the offset in
/// minutes.
pub const HIT_FACTS: &str = "clientHints\0contextData\0{getDate}/{getMonth}/{getFullYear} \
    {getHours}:{getMinutes}:{getSeconds} {getDay} {getTimezoneOffset}";

/// The variables that say what the browser is, names and values: a template that is filled by properties of `window`, the
/// first of several that is not 0. A frame of no size has no width.
pub const BROWSER_VARIABLES: &str = "resolution\0{screen.width}x{screen.height}\0\
    colorDepth\0{screen.pixelDepth|screen.colorDepth}\0browserWidth\0{innerWidth|document.documentElement.offsetWidth|}\0\
    browserHeight\0{innerHeight|document.documentElement.offsetHeight|}\0javascriptVersion\x001.6\0";
/// Those that are numbers on `s`.
pub const BROWSER_NUMBERS: &str = "colorDepth,browserWidth,browserHeight";
/// What browsers no longer tell, as JSON.
pub const UNKNOWN_OF_BROWSER: &str = r#"{"connectionType":"","homepage":""}"#;
/// Filled in, it is "true" if the browser has Java.
pub const HAS_JAVA: &str = "{navigator.javaEnabled}";

/// The facts of a hit, separated by NUL.
#[derive(Clone, Copy)]
pub struct HitFacts<'a>(pub Text<'a>);

impl<'a> HitFacts<'a> {
    /// Seconds since 1970.
    pub fn seconds(self) -> Text<'a> {
        self.0.field(0)
    }

    /// The local time as it is sent.
    pub fn time(self) -> Text<'a> {
        self.0.field(1)
    }

    /// Random digits, different for every hit.
    pub fn random(self) -> Text<'a> {
        self.0.field(2)
    }

    /// `document.cookie`; empty if the cookies were not asked for.
    pub fn cookies(self) -> Text<'a> {
        self.0.field(3)
    }

    /// `clientHints` as names and values.
    pub fn client_hints(self) -> Text<'a> {
        let both = self.0.skip_fields(5);
        both.to(both.len() - self.context().len())
    }

    /// `contextData` as names and values.
    pub fn context(self) -> Text<'a> {
        self.0.skip_fields(5 + self.0.field(4).number() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;
    use crate::hit::variables::{Pairs, slot_of};

    #[test]
    fn facts_are_read_by_position() {
        let facts = HitFacts(text("1767258424\x001/0/2026 10:7:4 4 -60\x0012345\0s_cc=true\x002\0model\0M\0a\x001\0"));
        assert_eq!(facts.seconds(), "1767258424");
        assert_eq!(facts.time(), "1/0/2026 10:7:4 4 -60");
        assert_eq!(facts.random(), "12345");
        assert_eq!(facts.cookies(), "s_cc=true");
        assert_eq!(facts.client_hints(), "model\0M\0");
        assert_eq!(facts.context(), "a\x001\0");
    }

    #[test]
    fn the_browser_is_described_by_variables() {
        for pair in Pairs(text(BROWSER_VARIABLES)) {
            assert!(slot_of(pair.name()).is_some(), "{:?}", pair.name());
        }
    }
}
