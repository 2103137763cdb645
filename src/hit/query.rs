//! Parameters in the query of an address ("getQueryParam" in the documentation).

use super::text::{Text, text};

/// The value of a parameter in the first of these addresses that is not empty; parameters are separated by `&` unless a delimiter
/// is given.
pub fn parameter<'a>(addresses: [Text<'a>; 3], name: Text<'_>, delimiter: Text<'_>) -> Text<'a> {
    let mut address = Text::empty();
    for candidate in addresses {
        if address.is_empty() {
            address = candidate;
        }
    }
    let delimiter = if delimiter.is_empty() { text("&") } else { delimiter };
    find(address, name, delimiter).unwrap_or(Text::empty())
}

/// The value of the first parameter of this name, as it stands there.
pub fn find<'a>(address: Text<'a>, name: Text<'_>, delimiter: Text<'_>) -> Option<Text<'a>> {
    let mut rest = address.after(b'?').before(b'#');
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

    fn found<'a>(name: &str, address: &'a str, delimiter: &str) -> Option<Text<'a>> {
        find(text(address), text(name), text(delimiter))
    }

    #[test]
    fn the_first_one_before_the_fragment_counts() {
        assert_eq!(found("q", "https://e.com/?q=a&q=b#q=c", "&"), Some(text("a")));
        assert_eq!(found("a", "https://e.com/?a=1?q=2", "&"), Some(text("1?q=2")));
        assert_eq!(found("q", "https://e.com/#?q=x", "&"), Some(text("x")));
        assert_eq!(found("q", "q=x", "&"), None);
        assert_eq!(found("flag", "?flag&x=1", "&"), Some(text("")));
        assert_eq!(found("", "?=1", "&"), None);
    }

    #[test]
    fn the_first_address_that_is_given_counts() {
        let of = |given: &str, page_url: &str| {
            parameter([text(given), text(page_url), text("https://e.com/?q=3")], text("q"), Text::empty()).as_str().to_owned()
        };
        assert_eq!([of("?q=1", "?q=2"), of("", "?q=2"), of("", ""), of("?x", "")], ["1", "2", "3", ""]);
    }

    #[test]
    fn any_delimiter_may_be_given() {
        assert_eq!(found("q", "x?a=1||q=2", "||"), Some(text("2")));
        assert_eq!(found("b", "x?a=1;b=2&c=3", ";"), Some(text("2&c=3")));
    }
}
