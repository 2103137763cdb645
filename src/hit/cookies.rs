//! Cookies: reading `document.cookie`, the text that sets a cookie, lifetimes, and the fallback visitor id.

use super::text::{Text, text};
use super::text_builder::TextBuilder;

/// The lifetime of the fallback visitor id, in seconds.
pub const TWO_YEARS_S: u32 = 63_072_000;

/// The longest lifetime that a date can ask for, about 63 years. An `expires` that is no date asks for it too.
const MAX_EXPIRES_SECONDS: f64 = 2e9;

/// The argument `expires` of `Util.cookieWrite`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum ExpiresKind {
    /// Nothing.
    None = 0,
    /// A `Date`.
    Date = 1,
    /// Anything else.
    Other = 2,
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
    /// the seconds from now, NaN for an invalid one.
    pub fn of_expires(kind: u32, seconds_left: f64) -> Self {
        let is_date = kind == ExpiresKind::Date as u32;
        if kind == ExpiresKind::None as u32 || is_date && seconds_left.is_nan() {
            Self::SESSION
        } else if is_date && seconds_left < 1.0 {
            Self::DELETE
        } else {
            let is_capped = !is_date || seconds_left > MAX_EXPIRES_SECONDS;
            Self((if is_capped { MAX_EXPIRES_SECONDS } else { seconds_left }) as u32)
        }
    }
}

/// The lifetime of a cookie that asks for `wanted`, given the setting `cookieLifetime` ("cookieLifetime" in Adobe's
/// documentation).
pub fn lifetime(setting: Text<'_>, wanted: Lifetime) -> Lifetime {
    if setting.eq_ignore_case(text("none")) {
        return Lifetime::NEVER;
    }
    if setting.eq_ignore_case(text("session")) && wanted != Lifetime::DELETE {
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
    }

    #[test]
    fn a_cookie_without_expires_lives_for_the_session() {
        assert_eq!(Lifetime::of_expires(ExpiresKind::None as u32, 0.0), Lifetime::SESSION);
        assert_eq!(Lifetime::of_expires(ExpiresKind::Date as u32, f64::NAN), Lifetime::SESSION);
    }

    #[test]
    fn a_date_in_the_past_deletes_a_cookie() {
        let until = |seconds_left| Lifetime::of_expires(ExpiresKind::Date as u32, seconds_left);
        for seconds_left in [0.99, 0.0, -5.0, f64::NEG_INFINITY] {
            assert_eq!(until(seconds_left), Lifetime::DELETE);
        }
        assert_eq!(until(1.9), Lifetime::seconds(1));
        assert_eq!(until(3600.0), Lifetime::seconds(3600));
    }

    #[test]
    fn a_distant_date_or_anything_else_means_63_years() {
        let longest = Lifetime::seconds(2_000_000_000);
        assert_eq!(Lifetime::of_expires(ExpiresKind::Date as u32, 1e12), longest);
        assert_eq!(Lifetime::of_expires(ExpiresKind::Other as u32, f64::NAN), longest);
    }

    #[test]
    fn a_visitor_id_has_two_halves() {
        let out = TextBuilder::new();
        visitor_id(&out, [u32::MAX, 1, u32::MAX, 2]);
        assert_eq!(out.text().as_str(), "7FFFFFFF00000001-3FFFFFFF00000002");
    }
}
