//! Builds text: request URLs, cookies, console lines, and every other text that lives as long as a tracking call.
//!
//! Everything is appended to one text. [`TextBuilder::take_from`] removes what was appended since a
//! [`TextBuilder::mark`] and returns it, so a text can be built while another one is unfinished. The texts live as long
//! as the builder, and dropping it is the only way in which the tracker frees texts.

use super::text::{Arena, Text};

const HEX: &[u8; 16] = b"0123456789ABCDEF";
/// A bit for each byte that is not escaped: letters, digits and `-_.`.
const UNESCAPED: [u32; 8] = [0, 0x03FF_6000, 0x87FF_FFFE, 0x07FF_FFFE, 0, 0, 0, 0];

/// Appends to a text and splits finished texts off it.
#[derive(Default)]
pub struct TextBuilder(Arena);

impl TextBuilder {
    /// An empty builder.
    pub const fn new() -> Self {
        Self(Arena::new())
    }

    /// The current end, for [`Self::take_from`].
    pub fn mark(&self) -> usize {
        self.0.end()
    }

    /// Removes what was appended since a mark and returns it.
    pub fn take_from(&self, mark: usize) -> Text<'_> {
        self.0.split_off(mark)
    }

    /// The text that `write` writes into a slice of at least `min_bytes`. It returns how many bytes it needs; if that
    /// is more than the slice has, it is called again with enough.
    pub fn write_with(&self, min_bytes: usize, write: impl FnMut(&mut [u8]) -> usize) -> Text<'_> {
        let mark = self.mark();
        self.0.fill(min_bytes, write);
        self.take_from(mark)
    }

    /// Two texts joined.
    pub fn join(&self, one: Text<'_>, other: Text<'_>) -> Text<'_> {
        let mark = self.mark();
        self.put(one);
        self.put(other);
        self.take_from(mark)
    }

    /// Removes everything that was appended and returns it.
    pub fn text(&self) -> Text<'_> {
        self.take_from(0)
    }

    /// Appends a byte.
    pub fn byte(&self, byte: u8) {
        self.0.push(byte);
    }

    /// Appends a text as it is.
    pub fn put(&self, text: Text<'_>) {
        self.0.extend(text);
    }

    /// Appends a literal.
    #[inline(never)]
    pub fn str(&self, literal: &str) {
        self.put(Text::new(literal.as_bytes()));
    }

    /// Appends a number in decimal digits.
    pub fn number(&self, number: u32) {
        if number > 9 {
            self.number(number / 10);
        }
        self.byte(b'0' + (number % 10) as u8);
    }

    /// Appends a number in eight upper-case hexadecimal digits.
    #[inline(never)]
    pub fn hex(&self, number: u32) {
        let mut shift = 32;
        while shift > 0 {
            shift -= 4;
            self.byte(hex_digit(number >> shift));
        }
    }

    /// Appends a value with percent escapes for a URL or a cookie: for everything except letters, digits and `-_.`.
    ///
    /// Values come from JavaScript with NUL as `\x01` `0` and `\x01` as `\x01` `1`.
    #[inline(never)]
    pub fn encoded(&self, value: Text<'_>) {
        self.0.fill(value.len() * 3, |room| {
            let size = room.len();
            let mut free = room.iter_mut();
            let mut write = |byte| {
                if let Some(next) = free.next() {
                    *next = byte;
                }
            };
            let mut bytes = value.bytes().iter();
            while let Some(&byte) = bytes.next() {
                if is_unescaped(byte) {
                    write(byte);
                    continue;
                }
                let byte = if byte == 1 { bytes.next().map_or(0, |digit| digit & 1) } else { byte };
                write(b'%');
                write(hex_digit(u32::from(byte >> 4)));
                write(hex_digit(u32::from(byte)));
            }
            size - free.len()
        });
    }

    /// Appends a text without its percent escapes.
    pub fn decoded(&self, text: Text<'_>) {
        let mut index = 0;
        while index < text.len() {
            let (high, low) = (hex_value(text.at(index + 1)), hex_value(text.at(index + 2)));
            if text.at(index) == b'%' && high < 16 && low < 16 {
                self.byte(high * 16 + low);
                index += 3;
            } else {
                self.byte(text.at(index));
                index += 1;
            }
        }
    }

    /// Appends a name and a value, each followed by NUL, as host functions take them.
    #[inline(never)]
    pub fn pair(&self, name: Text<'_>, value: Text<'_>) {
        self.put(name);
        self.byte(0);
        self.put(value);
        self.byte(0);
    }

    /// Appends `&name=value`, the value escaped.
    #[inline(never)]
    pub fn parameter(&self, name: Text<'_>, value: Text<'_>) {
        self.byte(b'&');
        self.put(name);
        self.byte(b'=');
        self.encoded(value);
    }
}

fn is_unescaped(byte: u8) -> bool {
    UNESCAPED.get(usize::from(byte >> 5)).is_some_and(|bits| bits >> (byte & 31) & 1 > 0)
}

/// The last hexadecimal digit of a number.
fn hex_digit(number: u32) -> u8 {
    HEX.get(number as usize & 15).copied().unwrap_or(0)
}

/// The value of a hexadecimal digit, 16 for any other byte.
fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'A'..=b'F' => digit - b'A' + 10,
        b'a'..=b'f' => digit - b'a' + 10,
        _ => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    fn encoded(value: &str) -> String {
        let out = TextBuilder::new();
        out.encoded(text(value));
        out.text().as_str().to_owned()
    }

    #[test]
    fn everything_except_letters_digits_and_three_signs_is_escaped() {
        assert_eq!(encoded("aZ09-_."), "aZ09-_.");
        assert_eq!(encoded("~!*()' å"), "%7E%21%2A%28%29%27%20%C3%A5");
        assert_eq!(encoded("nul\u{1}0 one\u{1}1"), "nul%00%20one%01");
    }

    #[test]
    fn numbers_are_written_in_decimal_or_hexadecimal() {
        let out = TextBuilder::new();
        out.number(0);
        out.number(1_234_567);
        out.hex(0x0AB);
        assert_eq!(out.text().as_str(), "01234567000000AB");
    }
}
