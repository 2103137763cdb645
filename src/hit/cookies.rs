//! The cookies of the tracker: their text, their domain, and the visitor id kept in one of them.

use super::text::{Text, text};
use super::text_builder::TextBuilder;

/// Two years, the lifetime of a visitor id, in seconds.
pub const TWO_YEARS: u32 = 63_072_000;

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
#[derive(Clone, Copy, PartialEq, Eq)]
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

/// The last `labels` labels of a host; nothing where the host has no more than one or is an address.
pub fn domain(host: Text<'_>, labels: u32) -> Text<'_> {
    let mut left = labels;
    let mut index = host.len();
    if host.at(index.wrapping_sub(1)).is_ascii_digit() {
        return Text::empty();
    }
    while index > 0 {
        index -= 1;
        if host.at(index) == b'.' {
            left -= 1;
            if left == 0 {
                return host.from(index + 1);
            }
        }
    }
    if left == 1 && labels > 1 { host } else { Text::empty() }
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
    fn the_domain_is_the_end_of_the_host() {
        assert_eq!(domain(text("www.example.com"), 2), "example.com");
        assert_eq!(domain(text("www.example.co.uk"), 3), "example.co.uk");
        assert_eq!(domain(text("example.com"), 2), "example.com");
        assert_eq!(domain(text("localhost"), 2), "");
        assert_eq!(domain(text("192.0.2.10"), 2), "");
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
    fn a_visitor_id_has_two_halves() {
        let out = TextBuilder::new();
        visitor_id(&out, [u32::MAX, 1, u32::MAX, 2]);
        assert_eq!(out.text().as_str(), "7FFFFFFF00000001-3FFFFFFF00000002");
    }
}
