//! Lines of text out of pieces of bytes, as a stream hands over a file.

use alloc::string::String;
use alloc::vec::Vec;

/// A file without line ends is no file of hits: what is longer is cut, and then no hit can be read from it.
const LONGEST: usize = 1 << 20;

/// A line that has begun.
#[derive(Default)]
pub struct Lines(Vec<u8>);

impl Lines {
    /// The lines that end in this piece.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, piece) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                lines.push(self.end());
            }
            let room = LONGEST.saturating_sub(self.0.len());
            self.0.extend(piece.iter().take(room));
        }
        lines
    }

    /// The line in hand, which ends here.
    pub fn end(&mut self) -> String {
        let line = core::mem::take(&mut self.0);
        let text = String::from_utf8_lossy(&line);
        String::from(text.trim_start_matches('\u{FEFF}').trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_come_in_pieces() {
        let mut lines = Lines::default();
        assert!(lines.feed("\u{FEFF}{\"å".as_bytes().split_at(6).0).is_empty());
        assert_eq!(lines.feed(b"\xA5\"}\r\n\nlast"), ["{\"å\"}", ""]);
        assert_eq!(lines.end(), "last");
        assert_eq!(lines.end(), "");
    }

    #[test]
    fn a_line_without_end_is_bounded() {
        let mut lines = Lines::default();
        for _ in 0..3 {
            assert!(lines.feed(&vec![b'x'; LONGEST]).is_empty());
        }
        assert_eq!(lines.end().len(), LONGEST);
    }
}
