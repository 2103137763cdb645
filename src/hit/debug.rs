//! The text that `debugTracking` logs ("debugTracking" in Adobe's documentation).

use super::text::Text;
use super::text_builder::TextBuilder;

/// Writes the URL of a hit and below it a decoded line for each parameter.
pub fn write(out: &TextBuilder, url: Text<'_>) {
    out.str("AppMeasurement Debug: ");
    for (index, part) in url.split(b'&').enumerate() {
        if index > 0 {
            out.byte(b'&');
        }
        // In the URL too the names of context data levels are decoded.
        if part.find(b'=').is_some() {
            out.put(part);
        } else {
            out.decoded(part);
        }
    }
    for part in url.split(b'&') {
        out.str("\n\t");
        out.decoded(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn each_parameter_has_a_decoded_line() {
        let out = TextBuilder::new();
        write(&out, text("https://h/b/ss/r/1/JS-1/s1?AQB=1&c.&niv%C3%A5.&k=a%20b&.c"));
        assert_eq!(
            out.text().as_str(),
            "AppMeasurement Debug: https://h/b/ss/r/1/JS-1/s1?AQB=1&c.&nivå.&k=a%20b&.c\n\thttps://h/b/ss/r/1/JS-1/s1?AQB=1\n\tc.\n\tnivå.\n\tk=a b\n\t.c"
        );
    }
}
