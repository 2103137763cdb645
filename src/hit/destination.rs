//! Destinations in the response to a hit: URLs to be requested, with placeholders such as `{%timezone_offset%}`.

use super::text::{Text, text};
use super::text_builder::TextBuilder;

/// What the ids of destinations start with that are not audience management's own.
const PREFIX: &str = "aa.";

/// The URL of a destination with its placeholders filled; empty if it is audience management's own.
///
/// `now` is the local time as in ISO 8601, NUL, and the minutes that it is behind UTC.
pub fn filled<'b>(out: &'b TextBuilder, id: Text<'_>, url: Text<'_>, now: Text<'_>) -> Text<'b> {
    let start = out.mark();
    if id.starts_with(text(PREFIX)) {
        let mut rest = url;
        while let Some(open) = rest.find(b'{')
            && let Some(close) = rest.find_from(b'}', open)
        {
            out.put(rest.to(open));
            placeholder(out, rest.slice(open + 1, close), now);
            rest = rest.from(close + 1);
        }
        out.put(rest);
    }
    out.take_from(start)
}

/// Writes the value of a placeholder; nothing for one that is not known.
fn placeholder(out: &TextBuilder, name: Text<'_>, now: Text<'_>) {
    let name = if name.ends_with(text("%")) { name.to(name.len() - 1) } else { name };
    let (time, offset) = now.split_once(0);
    if name == "%timezone_offset" {
        out.put(offset);
    } else if name == "%timestampz" {
        let is_ahead = offset.at(0) == b'-';
        let minutes = offset.from(usize::from(is_ahead)).number();
        out.encoded(time);
        out.str(if is_ahead || minutes == 0 { "%2B" } else { "-" });
        two_digits(out, minutes / 60);
        out.str("%3A");
        two_digits(out, minutes % 60);
    }
}

fn two_digits(out: &TextBuilder, number: u32) {
    if number < 10 {
        out.byte(b'0');
    }
    out.number(number);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(id: &str, url: &str, offset: &str) -> String {
        let now = format!("2026-01-01T10:07:04\0{offset}");
        filled(&TextBuilder::new(), text(id), text(url), text(&now)).as_str().to_owned()
    }

    #[test]
    fn placeholders_are_filled_and_unknown_ones_removed() {
        let template = "https://d/?o={%timezone_offset%}&x={unknown}&y={%z%}&open={";
        assert_eq!(url("aa.1", template, "-60"), "https://d/?o=-60&x=&y=&open={");
        assert_eq!(url("aa.1", "https://d/?a=1", "0"), "https://d/?a=1");
    }

    #[test]
    fn a_time_has_its_offset() {
        let time = |offset| url("aa.1", "{%timestampz%}", offset);
        assert_eq!(time("0"), "2026-01-01T10%3A07%3A04%2B00%3A00");
        assert_eq!(time("-330"), "2026-01-01T10%3A07%3A04%2B05%3A30");
        assert_eq!(time("240"), "2026-01-01T10%3A07%3A04-04%3A00");
    }

    #[test]
    fn destinations_of_audience_management_are_left_alone() {
        for id in ["", "aa", "1", "xaa."] {
            assert_eq!(url(id, "https://d/", "0"), "", "{id}");
        }
    }
}
