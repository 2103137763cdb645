//! Splits a stream of bytes into lines of text.

use alloc::string::String;
use alloc::vec::Vec;

/// Bounds the memory that a file without line breaks can take: longer lines are truncated, and are not valid hits then.
const MAX_LINE_BYTES: usize = 1 << 20;

/// The beginning of a line whose end has not arrived yet.
#[derive(Default)]
pub struct LineBuffer(Vec<u8>);

impl LineBuffer {
    /// Takes the next chunk and returns the lines that end in it, trimmed.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, piece) in chunk.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                lines.push(self.take_line());
            }
            let room = MAX_LINE_BYTES.saturating_sub(self.0.len());
            self.0.extend(piece.iter().take(room));
        }
        lines
    }

    /// Ends the current line and returns it, trimmed and without a byte order mark.
    pub fn take_line(&mut self) -> String {
        let line = core::mem::take(&mut self.0);
        let text = String::from_utf8_lossy(&line);
        String::from(text.trim_start_matches('\u{FEFF}').trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_arrive_in_pieces() {
        let mut lines = LineBuffer::default();
        assert!(lines.push("\u{FEFF}{\"å".as_bytes().split_at(6).0).is_empty());
        assert_eq!(lines.push(b"\xA5\"}\r\n\nlast"), ["{\"å\"}", ""]);
        assert_eq!(lines.take_line(), "last");
        assert_eq!(lines.take_line(), "");
    }

    #[test]
    fn a_line_without_end_is_bounded() {
        let mut lines = LineBuffer::default();
        for _ in 0..3 {
            assert!(lines.push(&vec![b'x'; MAX_LINE_BYTES]).is_empty());
        }
        assert_eq!(lines.take_line().len(), MAX_LINE_BYTES);
    }
}
