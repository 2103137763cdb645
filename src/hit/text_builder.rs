//! Where text is written: request URLs, cookies, console lines, and every text that lives as long as a call.
//!
//! What is written goes to one draft, at its end. `mark`, some writing and `since` make a text of what has been written in
//! between, and take it off the draft again: so texts may be made while another is being written. They live as long as
//! the builder, and their memory goes with it: nothing else in the tracker frees texts.

use super::text::{Arena, Text};

const HEX: &[u8; 16] = b"0123456789ABCDEF";
/// What is not escaped, a bit each: letters, digits and `-_.`.
const PLAIN: [u32; 8] = [0, 0x03FF_6000, 0x87FF_FFFE, 0x07FF_FFFE, 0, 0, 0, 0];

/// A draft that grows, and the texts made of it.
#[derive(Default)]
pub struct TextBuilder(Arena);

impl TextBuilder {
    /// An empty one.
    pub const fn new() -> Self {
        Self(Arena::new())
    }

    /// Where the draft ends now.
    pub fn mark(&self) -> usize {
        self.0.end()
    }

    /// What has been written since a mark, as a text of its own.
    pub fn take_from(&self, mark: usize) -> Text<'_> {
        self.0.split_off(mark)
    }

    /// The text that somebody writes: into as much room as there is, at least so many bytes, and again with enough where it
    /// says that it takes more.
    pub fn write_with(&self, least: usize, write: impl FnMut(&mut [u8]) -> usize) -> Text<'_> {
        let mark = self.mark();
        self.0.fill(least, write);
        self.take_from(mark)
    }

    /// A text with another behind it.
    pub fn join(&self, one: Text<'_>, other: Text<'_>) -> Text<'_> {
        let mark = self.mark();
        self.put(one);
        self.put(other);
        self.take_from(mark)
    }

    /// All that has been written.
    pub fn text(&self) -> Text<'_> {
        self.take_from(0)
    }

    /// A byte.
    pub fn byte(&self, byte: u8) {
        self.0.push(byte);
    }

    /// A text as it is.
    pub fn put(&self, text: Text<'_>) {
        self.0.extend(text);
    }

    /// A literal.
    #[inline(never)]
    pub fn str(&self, literal: &str) {
        self.put(Text::new(literal.as_bytes()));
    }

    /// A number in decimal digits.
    pub fn number(&self, number: u32) {
        if number > 9 {
            self.number(number / 10);
        }
        self.byte(b'0' + (number % 10) as u8);
    }

    /// A number in eight upper-case hexadecimal digits.
    #[inline(never)]
    pub fn hex(&self, number: u32) {
        let mut shift = 32;
        while shift > 0 {
            shift -= 4;
            self.byte(hex_digit(number >> shift));
        }
    }

    /// A value as it stands in a URL or a cookie: everything but letters, digits and `-_.` is escaped.
    ///
    /// A value comes from the hands with NUL written as `\x01` `0` and `\x01` as `\x01` `1`.
    #[inline(never)]
    pub fn encoded(&self, value: Text<'_>) {
        self.0.fill(value.len() * 3, |room| {
            let size = room.len();
            let mut places = room.iter_mut();
            let mut write = |byte| {
                if let Some(place) = places.next() {
                    *place = byte;
                }
            };
            let mut bytes = value.bytes().iter();
            while let Some(&byte) = bytes.next() {
                if is_plain(byte) {
                    write(byte);
                    continue;
                }
                let byte = if byte == 1 { bytes.next().map_or(0, |digit| digit & 1) } else { byte };
                write(b'%');
                write(hex_digit(u32::from(byte >> 4)));
                write(hex_digit(u32::from(byte)));
            }
            size - places.len()
        });
    }

    /// A text with its percent escapes undone.
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

    /// A name and a value, as hands take them: each followed by NUL.
    #[inline(never)]
    pub fn pair(&self, name: Text<'_>, value: Text<'_>) {
        self.put(name);
        self.byte(0);
        self.put(value);
        self.byte(0);
    }

    /// `&name=value`, the value escaped.
    #[inline(never)]
    pub fn parameter(&self, name: Text<'_>, value: Text<'_>) {
        self.byte(b'&');
        self.put(name);
        self.byte(b'=');
        self.encoded(value);
    }
}

fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte >> 5)).is_some_and(|bits| bits >> (byte & 31) & 1 > 0)
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
    fn everything_but_letters_digits_and_three_signs_is_escaped() {
        assert_eq!(encoded("aZ09-_."), "aZ09-_.");
        assert_eq!(encoded("~!*()' å"), "%7E%21%2A%28%29%27%20%C3%A5");
        assert_eq!(encoded("nul\u{1}0 one\u{1}1"), "nul%00%20one%01");
    }

    #[test]
    fn numbers() {
        let out = TextBuilder::new();
        out.number(0);
        out.number(1_234_567);
        out.hex(0x0AB);
        assert_eq!(out.text().as_str(), "01234567000000AB");
    }
}
