//! Cookies: reading `document.cookie`, the text that sets a cookie, lifetimes, and the fallback visitor id.

use super::text::{Text, text};
use super::text_builder::TextBuilder;

/// The lifetime of the fallback visitor id, in seconds.
pub const TWO_YEARS_S: u32 = 63_072_000;

/// The longest lifetime that a date can ask for, about 63 years.
const MAX_EXPIRES_SECONDS: f64 = 2e9;

/// The argument `expires` of `Util.cookieWrite`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum ExpiresKind {
    /// Nothing, or what counts as that in JavaScript.
    None = 0,
    /// The number 1: two years.
    TwoYears = 1,
    /// Anything else, taken for a date as `new Date(…)` does: a number is milliseconds since 1970.
    Date = 2,
}

/// The stored value of a cookie, if there is one. `name` is escaped.
#[inline(never)]
pub fn find<'a>(cookies: Text<'a>, name: Text<'_>) -> Option<Text<'a>> {
    for cookie in cookies.split(b';') {
        let cookie = if cookie.at(0) == b' ' { cookie.from(1) } else { cookie };
        if cookie.at(name.len()) == b'=' && cookie.starts_with(name) {
            return Some(cookie.from(name.len() + 1));
        }
    }
    None
}

/// How long a cookie lives, in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lifetime(u32);

impl Lifetime {
    /// The cookie lives until the browser is closed.
    pub const SESSION: Self = Self(u32::MAX);
    /// The cookie is not written.
    pub const NEVER: Self = Self(u32::MAX - 1);
    /// The cookie is deleted.
    pub const DELETE: Self = Self(0);

    /// A number of seconds, limited to what does not mean one of the lifetimes above.
    pub const fn seconds(seconds: u32) -> Self {
        if seconds < Self::NEVER.0 { Self(seconds) } else { Self(Self::NEVER.0 - 1) }
    }

    /// The lifetime that `Util.cookieWrite` asks for with `expires`: its [`ExpiresKind`] as a number, and for a date
    /// the seconds from now, NaN for an invalid one, which browsers ignore. An empty value deletes the cookie; else the
    /// setting `cookieLifetime` counts rather than the date.
    pub fn of_expires(kind: u32, seconds_left: f64, is_empty: bool, setting: Text<'_>) -> Self {
        let configured = setting.number();
        if kind == ExpiresKind::None as u32 {
            Self::SESSION
        } else if is_empty {
            Self::DELETE
        } else if configured > 0 {
            Self::seconds(configured)
        } else if kind == ExpiresKind::TwoYears as u32 {
            Self(TWO_YEARS_S)
        } else if seconds_left.is_nan() {
            Self::SESSION
        } else if seconds_left < 1.0 {
            Self::DELETE
        } else if seconds_left < MAX_EXPIRES_SECONDS {
            Self(seconds_left as u32)
        } else {
            Self(MAX_EXPIRES_SECONDS as u32)
        }
    }
}

/// The lifetime of a cookie that asks for `wanted`, given the setting `cookieLifetime` ("cookieLifetime" in Adobe's
/// documentation).
pub fn lifetime(setting: Text<'_>, wanted: Lifetime) -> Lifetime {
    if setting.eq_ignore_case(text("none")) {
        return Lifetime::NEVER;
    }
    if setting.eq_ignore_case(text("session")) {
        return Lifetime::SESSION;
    }
    let seconds = setting.number();
    let is_fixed = wanted == Lifetime::SESSION || wanted == Lifetime::DELETE;
    if is_fixed || seconds == 0 { wanted } else { Lifetime::seconds(seconds) }
}

/// Writes the text to assign to `document.cookie`. Name and value are escaped.
pub fn assignment(
    out: &TextBuilder,
    name: Text<'_>,
    value: Text<'_>,
    domain: Text<'_>,
    lifetime: Lifetime,
    is_secure: bool,
) {
    out.put(name);
    out.byte(b'=');
    out.put(value);
    out.str(";path=/");
    if lifetime != Lifetime::SESSION {
        out.str(";max-age=");
        out.number(lifetime.0);
    }
    if !domain.is_empty() {
        out.str(";domain=");
        out.put(domain);
    }
    if is_secure {
        out.str(";secure");
    }
}

/// Whether a cookie holds a visitor id: that has a hyphen.
pub fn is_visitor_id(value: Text<'_>) -> bool {
    value.find(b'-').is_some()
}

/// Writes a new visitor id from four random numbers. The collector expects small leading digits in both halves.
pub fn visitor_id(out: &TextBuilder, random: [u32; 4]) {
    let [a, b, c, d] = random;
    out.hex(a & 0x7FFF_FFFF);
    out.hex(b);
    out.byte(b'-');
    out.hex(c & 0x3FFF_FFFF);
    out.hex(d);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let jar = text("as_fid=no; s_fid=A-B; s_fid2=x; empty=; s_cc=true");
        assert_eq!(find(jar, text("s_fid")), Some(text("A-B")));
        assert_eq!(find(jar, text("empty")), Some(text("")));
        assert_eq!(find(jar, text("fid")), None);
    }

    #[test]
    fn cookie_lifetime_overrides_the_lifetime_of_a_cookie() {
        assert!(lifetime(text("NONE"), Lifetime::SESSION) == Lifetime::NEVER);
        assert!(lifetime(text("session"), Lifetime::seconds(9)) == Lifetime::SESSION);
        assert!(lifetime(text("60"), Lifetime::seconds(9)) == Lifetime::seconds(60));
        assert!(lifetime(text("60"), Lifetime::SESSION) == Lifetime::SESSION);
        assert!(lifetime(text(""), Lifetime::seconds(9)) == Lifetime::seconds(9));
        assert!(lifetime(text("-60"), Lifetime::seconds(9)) == Lifetime::seconds(9));
    }

    fn of_expires(kind: ExpiresKind, seconds_left: f64, value: &str, setting: &str) -> Lifetime {
        Lifetime::of_expires(kind as u32, seconds_left, value.is_empty(), text(setting))
    }

    #[test]
    fn a_cookie_without_expires_lives_for_the_session() {
        assert_eq!(of_expires(ExpiresKind::None, f64::NAN, "v", ""), Lifetime::SESSION);
        assert_eq!(of_expires(ExpiresKind::None, f64::NAN, "", "60"), Lifetime::SESSION);
        assert_eq!(of_expires(ExpiresKind::Date, f64::NAN, "v", ""), Lifetime::SESSION);
    }

    #[test]
    fn the_number_1_means_two_years() {
        assert_eq!(of_expires(ExpiresKind::TwoYears, -1e9, "v", ""), Lifetime::seconds(TWO_YEARS_S));
    }

    #[test]
    fn an_empty_value_deletes_a_cookie_that_would_expire() {
        assert_eq!(of_expires(ExpiresKind::Date, 3600.0, "", "60"), Lifetime::DELETE);
        assert_eq!(of_expires(ExpiresKind::TwoYears, -1e9, "", ""), Lifetime::DELETE);
    }

    #[test]
    fn cookie_lifetime_overrides_any_date() {
        for seconds_left in [3600.0, -3600.0, f64::NAN] {
            assert_eq!(of_expires(ExpiresKind::Date, seconds_left, "v", "60"), Lifetime::seconds(60));
        }
        assert_eq!(lifetime(text("SESSION"), Lifetime::DELETE), Lifetime::SESSION);
    }

    #[test]
    fn a_date_in_the_past_deletes_a_cookie() {
        let until = |seconds_left| of_expires(ExpiresKind::Date, seconds_left, "v", "");
        for seconds_left in [0.99, 0.0, -5.0, f64::NEG_INFINITY] {
            assert_eq!(until(seconds_left), Lifetime::DELETE);
        }
        assert_eq!(until(1.9), Lifetime::seconds(1));
        assert_eq!(until(3600.0), Lifetime::seconds(3600));
    }

    #[test]
    fn a_distant_date_means_63_years() {
        assert_eq!(of_expires(ExpiresKind::Date, 1e12, "v", ""), Lifetime::seconds(2_000_000_000));
    }

    #[test]
    fn a_visitor_id_has_two_halves() {
        let out = TextBuilder::new();
        visitor_id(&out, [u32::MAX, 1, u32::MAX, 2]);
        assert_eq!(out.text().as_str(), "7FFFFFFF00000001-3FFFFFFF00000002");
    }
}
