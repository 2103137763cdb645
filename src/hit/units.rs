//! Lengths in UTF-16 units, which is what AppMeasurement counts and cuts by.

use super::pad::Pad;
use super::text::Text;

/// What a text is cut into: the part up to the limit, the rest, and whether the cut went through a surrogate pair.
pub struct Cut<'a> {
    /// What is before the cut.
    pub head: Text<'a>,
    /// What is behind it.
    pub tail: Text<'a>,
    /// Whether the character at the cut was two units long; it is in neither part.
    pub torn: bool,
}

/// Cuts a text behind `limit` UTF-16 units.
#[inline(never)]
pub fn cut(text: Text<'_>, limit: usize) -> Cut<'_> {
    let mut units = 0;
    let mut index = 0;
    while index < text.len() {
        let (bytes, width) = size(text, index);
        if units + width > limit {
            let torn = units < limit;
            return Cut { head: text.to(index), tail: text.from(if torn { index + bytes } else { index }), torn };
        }
        units += width;
        index += bytes;
    }
    Cut { head: text, tail: Text::empty(), torn: false }
}

/// How many UTF-16 units a text has.
#[inline(never)]
pub fn count(text: Text<'_>) -> usize {
    let (mut units, mut index) = (0, 0);
    while index < text.len() {
        let (bytes, width) = size(text, index);
        units += width;
        index += bytes;
    }
    units
}

/// The bytes and the UTF-16 units of the character at `index`; the escapes of the hands are one unit.
fn size(text: Text<'_>, index: usize) -> (usize, usize) {
    match text.at(index) {
        1 => (2, 1),
        0..0xC0 => (1, 1),
        0xC0..0xE0 => (2, 1),
        0xE0..0xF0 => (3, 1),
        _ => (4, 2),
    }
}

/// Half a surrogate pair, as UTF-8 can say it.
pub const HALF: &str = "\u{FFFD}";

/// Writes the part of a text before the cut, half a pair as U+FFFD.
pub fn put_head(out: &Pad, cut: &Cut<'_>) {
    out.put(cut.head);
    if cut.torn {
        out.str(HALF);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn characters_beyond_the_basic_plane_are_two_units() {
        assert_eq!(count(text("aé漢😀")), 5);
        let whole = cut(text("a😀b"), 3);
        assert_eq!((whole.head, whole.tail, whole.torn), (text("a😀"), text("b"), false));
        let torn = cut(text("a😀b"), 2);
        assert_eq!((torn.head, torn.tail, torn.torn), (text("a"), text("b"), true));
        let short = cut(text("ab"), 9);
        assert_eq!((short.head, short.tail, short.torn), (text("ab"), text(""), false));
    }
}
