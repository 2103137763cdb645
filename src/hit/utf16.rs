//! Lengths in UTF-16 code units, in which AppMeasurement counts and cuts.

use super::text::Text;
use super::text_builder::TextBuilder;

/// A text cut in two.
pub struct Cut<'a> {
    /// The part before the cut.
    pub head: Text<'a>,
    /// The part after it.
    pub tail: Text<'a>,
    /// The cut went through a surrogate pair, which is in neither part.
    pub torn: bool,
}

/// Cuts a text after `limit` units.
pub fn cut(text: Text<'_>, limit: usize) -> Cut<'_> {
    let index = index_after(text, limit);
    let head = text.to(index);
    let torn = index < text.len() && count(head) < limit;
    Cut { head, tail: text.from(if torn { index + bytes_at(text, index) } else { index }), torn }
}

/// The part before the cut, without the first half of a surrogate pair.
pub fn head(text: Text<'_>, limit: usize) -> Text<'_> {
    text.to(index_after(text, limit))
}

/// The length of a text in units.
#[inline(never)]
pub fn count(text: Text<'_>) -> usize {
    let (mut units, mut index) = (0, 0);
    while index < text.len() {
        let bytes = bytes_at(text, index);
        units += width(bytes);
        index += bytes;
    }
    units
}

/// The index after the last whole character within the first `limit` units.
#[inline(never)]
fn index_after(text: Text<'_>, limit: usize) -> usize {
    let (mut units, mut index) = (0, 0);
    while index < text.len() {
        let bytes = bytes_at(text, index);
        units += width(bytes);
        if units > limit {
            break;
        }
        index += bytes;
    }
    index
}

/// The length of the character at `index` in bytes. `\x01` starts an escape of two bytes: see [`TextBuilder::encoded`].
#[inline(never)]
fn bytes_at(text: Text<'_>, index: usize) -> usize {
    match text.at(index) {
        1 => 2,
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// The length in units of a character of this many bytes.
fn width(bytes: usize) -> usize {
    if bytes > 3 { 2 } else { 1 }
}

/// The replacement for half a surrogate pair, which UTF-8 cannot encode.
pub const HALF: &str = "\u{FFFD}";

/// Writes the part before the cut, with half a surrogate pair as U+FFFD.
pub fn put_head(out: &TextBuilder, cut: &Cut<'_>) {
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
