//! Query parameters of a URL ("getQueryParam" in Adobe's documentation).

use super::text::{Text, text};

/// The value of a parameter in the first URL that is not empty. Without a `delimiter` parameters are separated by `&`.
pub fn parameter<'a>(urls: [Text<'a>; 3], name: Text<'_>, delimiter: Text<'_>) -> Text<'a> {
    let mut url = Text::empty();
    for candidate in urls {
        if url.is_empty() {
            url = candidate;
        }
    }
    let delimiter = if delimiter.is_empty() { text("&") } else { delimiter };
    find(url, name, delimiter).unwrap_or(Text::empty())
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
    fn the_first_url_that_is_not_empty_counts() {
        let of = |given: &str, page_url: &str| {
            parameter([text(given), text(page_url), text("https://e.com/?q=3")], text("q"), Text::empty())
                .as_str()
                .to_owned()
        };
        assert_eq!([of("?q=1", "?q=2"), of("", "?q=2"), of("", ""), of("?x", "")], ["1", "2", "3", ""]);
    }

    #[test]
    fn the_delimiter_may_be_any_text() {
        assert_eq!(found("q", "x?a=1||q=2", "||"), Some(text("2")));
        assert_eq!(found("b", "x?a=1;b=2&c=3", ";"), Some(text("2&c=3")));
    }
}
