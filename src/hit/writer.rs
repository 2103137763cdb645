//! Where text is written to: request URLs, cookies, console lines.

use alloc::vec::Vec;

use super::text::Text;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// A text that grows.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// An empty one.
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// What has been written.
    pub fn text(&self) -> Text<'_> {
        Text::new(&self.0)
    }

    /// What has been written, as a `str`; nothing where it is no UTF-8.
    pub fn as_str(&self) -> &str {
        self.text().as_str()
    }

    /// A byte.
    #[inline(never)]
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// A text as it is.
    #[inline(never)]
    pub fn put(&mut self, text: Text<'_>) {
        self.0.extend_from_slice(text.bytes());
    }

    /// A literal.
    pub fn str(&mut self, literal: &str) {
        self.put(Text::new(literal.as_bytes()));
    }

    /// A number in decimal digits.
    pub fn number(&mut self, number: u32) {
        if number > 9 {
            self.number(number / 10);
        }
        self.byte(b'0' + (number % 10) as u8);
    }

    /// A number in eight upper-case hexadecimal digits.
    pub fn hex(&mut self, number: u32) {
        let mut shift = 32;
        while shift > 0 {
            shift -= 4;
            self.hex_digit(number >> shift);
        }
    }

    fn hex_digit(&mut self, digit: u32) {
        self.byte(HEX.get(digit as usize & 15).copied().unwrap_or(0));
    }

    /// A value as it stands in a URL or a cookie: everything but letters, digits and `-_.` is escaped.
    ///
    /// A value comes from the hands with NUL written as `\x01` `0` and `\x01` as `\x01` `1`.
    #[inline(never)]
    pub fn encoded(&mut self, value: Text<'_>) {
        let mut after_escape = false;
        for &byte in value.bytes() {
            if after_escape {
                self.escape(byte.wrapping_sub(b'0'));
                after_escape = false;
            } else if byte == 1 {
                after_escape = true;
            } else if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
                self.byte(byte);
            } else {
                self.escape(byte);
            }
        }
    }

    fn escape(&mut self, byte: u8) {
        self.byte(b'%');
        self.hex_digit(u32::from(byte >> 4));
        self.hex_digit(u32::from(byte));
    }

    /// A text with its percent escapes undone.
    pub fn decoded(&mut self, text: Text<'_>) {
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

    /// `&name=value`, the value escaped.
    #[inline(never)]
    pub fn parameter(&mut self, name: Text<'_>, value: Text<'_>) {
        self.byte(b'&');
        self.put(name);
        self.byte(b'=');
        self.encoded(value);
    }
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
        let mut out = Writer::new();
        out.encoded(text(value));
        out.as_str().to_owned()
    }

    #[test]
    fn everything_but_letters_digits_and_three_signs_is_escaped() {
        assert_eq!(encoded("aZ09-_."), "aZ09-_.");
        assert_eq!(encoded("~!*()' å"), "%7E%21%2A%28%29%27%20%C3%A5");
        assert_eq!(encoded("nul\u{1}0 one\u{1}1"), "nul%00%20one%01");
    }

    #[test]
    fn numbers() {
        let mut out = Writer::new();
        out.number(0);
        out.number(1_234_567);
        out.hex(0x0AB);
        assert_eq!(out.as_str(), "01234567000000AB");
    }
}
