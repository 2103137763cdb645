//! Lengths in UTF-16 units, which is what AppMeasurement counts and cuts by.

use super::text::Text;
use super::text_builder::TextBuilder;

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
pub fn cut(text: Text<'_>, limit: usize) -> Cut<'_> {
    let place = place(text, limit);
    let head = text.to(place);
    let torn = place < text.len() && count(head) < limit;
    Cut { head, tail: text.from(if torn { place + bytes_at(text, place) } else { place }), torn }
}

/// What stands before the cut.
pub fn head(text: Text<'_>, limit: usize) -> Text<'_> {
    text.to(place(text, limit))
}

/// How many UTF-16 units a text has.
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

/// Behind how many bytes so many units end, or fewer where the last one is but half a character.
#[inline(never)]
fn place(text: Text<'_>, limit: usize) -> usize {
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

/// The bytes of the character at `index`, or of an escape of the hands.
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

/// The UTF-16 units of a character of so many bytes.
fn width(bytes: usize) -> usize {
    if bytes > 3 { 2 } else { 1 }
}

/// Half a surrogate pair, as UTF-8 can say it.
pub const HALF: &str = "\u{FFFD}";

/// Writes the part of a text before the cut, half a pair as U+FFFD.
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
