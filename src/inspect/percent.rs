//! Strict percent-decoding to UTF-8. A `+` stays a plus sign: the wire format writes a space as `%20`.

use alloc::string::String;
use alloc::vec::Vec;

use super::Problem;

/// Decodes `raw`.
///
/// # Errors
///
/// If a `%` has no two hexadecimal digits after it, or if the decoded bytes are not UTF-8.
pub fn decode(raw: &str) -> Result<String, Problem> {
    String::from_utf8(bytes(raw)?).map_err(|_| Problem::NotUtf8)
}

/// Decodes text that was truncated: an incomplete escape or character at its end is left out.
///
/// # Errors
///
/// Those of [`decode`], for everything before the end.
pub fn decode_truncated(raw: &str) -> Result<String, Problem> {
    let complete = match raw.rfind('%') {
        Some(start) if raw.len() - start < 3 => raw.get(..start).unwrap_or(raw),
        _ => raw,
    };
    let mut bytes = bytes(complete)?;
    if let Err(error) = core::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    String::from_utf8(bytes).map_err(|_| Problem::NotUtf8)
}

fn bytes(raw: &str) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    loop {
        rest = match rest {
            [] => return Ok(bytes),
            [b'%', high, low, rest @ ..] => {
                bytes.push(hex_digit(*high)? << 4 | hex_digit(*low)?);
                rest
            }
            [b'%', ..] => return Err(Problem::BrokenEscape),
            [byte, rest @ ..] => {
                bytes.push(*byte);
                rest
            }
        };
    }
}

fn hex_digit(byte: u8) -> Result<u8, Problem> {
    char::from(byte).to_digit(16).map(|digit| digit as u8).ok_or(Problem::BrokenEscape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_bytes_of_utf8() {
        assert_eq!(decode("a%20b%C3%a5%F0%9F%91%8D+~").as_deref(), Ok("a bå👍+~"));
        assert_eq!(decode("unescaped å").as_deref(), Ok("unescaped å"));
        assert_eq!(decode("%00%25zz").as_deref(), Ok("\0%zz"));
    }

    #[test]
    fn broken_escapes_and_invalid_utf8_are_errors() {
        for raw in ["%", "a%2", "%zz", "100%&", "%+1"] {
            assert_eq!(decode(raw), Err(Problem::BrokenEscape), "{raw}");
        }
        for raw in ["%C3", "%E5b", "%ED%A0%80", "%C0%80", "%FF"] {
            assert_eq!(decode(raw), Err(Problem::NotUtf8), "{raw}");
        }
    }

    #[test]
    fn truncated_text_is_decoded_as_far_as_it_goes() {
        for raw in ["a", "a%", "a%C", "a%C3", "a%F0%9F%91", "a%F0%9F%91%8"] {
            assert_eq!(decode_truncated(raw).as_deref(), Ok("a"), "{raw}");
        }
        assert_eq!(decode_truncated("a%C3%A5").as_deref(), Ok("aå"));
        assert_eq!(decode_truncated("%zzabc"), Err(Problem::BrokenEscape));
        assert_eq!(decode_truncated("%C3a%"), Err(Problem::NotUtf8));
    }
}
