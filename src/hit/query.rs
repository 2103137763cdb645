//! Query parameters of a URL ("getQueryParam" in Adobe's documentation).

use super::text::{Text, text};

/// The value of a query parameter, still escaped; empty if there is none. Without a `delimiter` parameters are separated by `&`.
pub fn parameter<'a>(url: Text<'a>, name: Text<'_>, delimiter: Text<'_>) -> Text<'a> {
    find(url, name, delimiter.or(text("&"))).unwrap_or(Text::empty())
}

/// The value of the first parameter with this name, still escaped.
pub fn find<'a>(url: Text<'a>, name: Text<'_>, delimiter: Text<'_>) -> Option<Text<'a>> {
    let mut rest = url.after(b'?').before(b'#');
    while !rest.is_empty() && !name.is_empty() {
        let end = rest.find_text(delimiter).unwrap_or(rest.len());
        let pair = rest.to(end);
        if pair.before(b'=') == name {
            return Some(pair.after(b'='));
        }
        rest = rest.from(end + delimiter.len());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(name: &str, url: &'a str, delimiter: &str) -> Option<Text<'a>> {
        find(text(url), text(name), text(delimiter))
    }

    #[test]
    fn the_first_parameter_before_the_fragment_counts() {
        assert_eq!(found("q", "https://e.com/?q=a&q=b#q=c", "&"), Some(text("a")));
        assert_eq!(found("a", "https://e.com/?a=1?q=2", "&"), Some(text("1?q=2")));
        assert_eq!(found("q", "https://e.com/#?q=x", "&"), Some(text("x")));
        assert_eq!(found("q", "q=x", "&"), None);
        assert_eq!(found("flag", "?flag&x=1", "&"), Some(text("")));
        assert_eq!(found("", "?=1", "&"), None);
    }

    #[test]
    fn a_missing_parameter_is_empty_and_the_default_delimiter_is_an_ampersand() {
        let value = |url: &str, delimiter: &str| parameter(text(url), text("q"), text(delimiter)).as_str().to_owned();
        assert_eq!([value("?x&q=1", ""), value("?x;q=1", ";"), value("?x", "")], ["1", "1", ""]);
    }

    #[test]
    fn the_delimiter_may_be_any_text() {
        assert_eq!(found("q", "x?a=1||q=2", "||"), Some(text("2")));
        assert_eq!(found("b", "x?a=1;b=2&c=3", ";"), Some(text("2&c=3")));
    }
}
