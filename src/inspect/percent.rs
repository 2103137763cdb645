//! Percent-encoding, read back as UTF-8. A `+` is a plus sign: the wire format writes a blank as `%20`.

use alloc::string::String;
use alloc::vec::Vec;

use super::Problem;

/// The text that is escaped in `raw`.
pub fn decode(raw: &str) -> Result<String, Problem> {
    String::from_utf8(bytes(raw)?).map_err(|_| Problem::NotUtf8)
}

/// The same for what was cut off somewhere: an escape or a character that is not whole at its end is left out.
pub fn decode_cut(raw: &str) -> Result<String, Problem> {
    let whole = match raw.rfind('%') {
        Some(start) if raw.len() - start < 3 => raw.get(..start).unwrap_or(raw),
        _ => raw,
    };
    let mut bytes = bytes(whole)?;
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
                bytes.push(digit(*high)? << 4 | digit(*low)?);
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

fn digit(byte: u8) -> Result<u8, Problem> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        b'A'..=b'F' => Ok(byte - b'A' + 10),
        _ => Err(Problem::BrokenEscape),
    }
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
    fn what_is_broken_is_said() {
        for raw in ["%", "a%2", "%zz", "100%&", "%+1"] {
            assert_eq!(decode(raw), Err(Problem::BrokenEscape), "{raw}");
        }
        for raw in ["%C3", "%E5b", "%ED%A0%80", "%C0%80", "%FF"] {
            assert_eq!(decode(raw), Err(Problem::NotUtf8), "{raw}");
        }
    }

    #[test]
    fn what_is_cut_is_read_as_far_as_it_goes() {
        for raw in ["a", "a%", "a%C", "a%C3", "a%F0%9F%91", "a%F0%9F%91%8"] {
            assert_eq!(decode_cut(raw).as_deref(), Ok("a"), "{raw}");
        }
        assert_eq!(decode_cut("a%C3%A5").as_deref(), Ok("aå"));
        assert_eq!(decode_cut("%zzabc"), Err(Problem::BrokenEscape));
        assert_eq!(decode_cut("%C3a%"), Err(Problem::NotUtf8));
    }
}
