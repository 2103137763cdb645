//! The cookies of the tracker: their text, their domain, and the visitor id kept in one of them.

use super::text::{Text, text};
use super::text_builder::TextBuilder;

/// Two years, the lifetime of a visitor id, in seconds.
pub const TWO_YEARS_S: u32 = 63_072_000;

/// The longest lifetime that a page can ask for with a date, about 63 years; also that of a cookie whose `expires` is no
/// date.
const MAX_EXPIRES_SECONDS: f64 = 2e9;

/// What `Util.cookieWrite` was given as `expires`.
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

/// The value of a cookie as it is stored, if there is one. `name` is escaped already.
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
    /// Until the browser is closed.
    pub const SESSION: Self = Self(u32::MAX);
    /// It is not written at all.
    pub const NEVER: Self = Self(u32::MAX - 1);
    /// It is deleted at once.
    pub const OVER: Self = Self(0);

    /// So many seconds, but no more than can be told from the lifetimes above.
    pub const fn seconds(seconds: u32) -> Self {
        if seconds < Self::NEVER.0 { Self(seconds) } else { Self(Self::NEVER.0 - 1) }
    }

    /// The lifetime that `Util.cookieWrite` asks for with `expires`: its [`ExpiresKind`] as a number, and for a date the
    /// seconds from now, NaN for an invalid one.
    pub fn of_expires(kind: u32, seconds_left: f64) -> Self {
        let is_date = kind == ExpiresKind::Date as u32;
        if kind == ExpiresKind::None as u32 || is_date && seconds_left.is_nan() {
            Self::SESSION
        } else if is_date && seconds_left < 1.0 {
            Self::OVER
        } else {
            let is_capped = !is_date || seconds_left > MAX_EXPIRES_SECONDS;
            Self((if is_capped { MAX_EXPIRES_SECONDS } else { seconds_left }) as u32)
        }
    }
}

/// What `cookieLifetime` makes of a lifetime ("cookieLifetime" in the documentation).
pub fn lifetime(setting: Text<'_>, asked: Lifetime) -> Lifetime {
    if setting.eq_ignore_case(text("none")) {
        return Lifetime::NEVER;
    }
    if setting.eq_ignore_case(text("session")) && asked != Lifetime::OVER {
        return Lifetime::SESSION;
    }
    let seconds = setting.number();
    let is_fixed = asked == Lifetime::SESSION || asked == Lifetime::OVER;
    if is_fixed || seconds == 0 { asked } else { Lifetime::seconds(seconds) }
}

/// Writes what is assigned to `document.cookie`. Name and value are escaped already.
pub fn assignment(
    out: &TextBuilder,
    name: Text<'_>,
    value: Text<'_>,
    domain: Text<'_>,
    lifetime: Lifetime,
    secure: bool,
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
    if secure {
        out.str(";secure");
    }
}

/// Whether a visitor id may be kept: it needs a hyphen.
pub fn is_visitor_id(value: Text<'_>) -> bool {
    value.find(b'-').is_some()
}

/// A new visitor id of four random numbers; its leading digits are small, as the collector expects.
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
    fn cookies_are_found_by_their_whole_name() {
        let jar = text("as_fid=no; s_fid=A-B; s_fid2=x; empty=; s_cc=true");
        assert_eq!(find(jar, text("s_fid")), Some(text("A-B")));
        assert_eq!(find(jar, text("empty")), Some(text("")));
        assert_eq!(find(jar, text("fid")), None);
    }

    #[test]
    fn lifetimes() {
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
            assert_eq!(until(seconds_left), Lifetime::OVER);
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
