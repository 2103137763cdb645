//! What `debugTracking` writes to the console ("debugTracking" in the documentation).

use super::text::Text;
use super::text_builder::TextBuilder;

/// Writes the URL of a hit and below it one decoded line for each parameter.
pub fn write(out: &TextBuilder, url: Text<'_>) {
    out.str("AppMeasurement Debug: ");
    for (index, part) in url.split(b'&').enumerate() {
        if index > 0 {
            out.byte(b'&');
        }
        // The names of context data levels stand there as text.
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
    fn one_decoded_line_for_each_parameter() {
        let out = TextBuilder::new();
        write(&out, text("https://h/b/ss/r/1/JS-1/s1?AQB=1&c.&niv%C3%A5.&k=a%20b&.c"));
        assert_eq!(
            out.text().as_str(),
            "AppMeasurement Debug: https://h/b/ss/r/1/JS-1/s1?AQB=1&c.&nivå.&k=a%20b&.c\n\thttps://h/b/ss/r/1/JS-1/s1?AQB=1\n\tc.\n\tnivå.\n\tk=a b\n\t.c"
        );
    }
}
