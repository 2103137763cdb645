//! Context data and its like in a request: names with dots become levels, `a.b=v` is `a.` `b=v` `.a`.
//!
//! A level is opened where its first name stands and takes the later ones of the same level in ("contextData" in the
//! documentation; the odd dots as AppMeasurement writes them).

use super::text::Text;
use super::text_builder::TextBuilder;
use super::variables::Pairs;

/// Writes `pairs` between `&name.` and `&.name`; nothing where there are none.
pub fn write(out: &TextBuilder, name: &str, pairs: Text<'_>) {
    if pairs.is_empty() {
        return;
    }
    open(out, Text::new(name.as_bytes()));
    level(out, pairs, Text::empty());
    close(out, Text::new(name.as_bytes()));
}

fn open(out: &TextBuilder, name: Text<'_>) {
    out.byte(b'&');
    out.encoded(name);
    out.byte(b'.');
}

fn close(out: &TextBuilder, name: Text<'_>) {
    out.str("&.");
    out.encoded(name);
}

/// Writes what begins with `prefix`, which ends with a dot or is empty.
fn level(out: &TextBuilder, pairs: Text<'_>, prefix: Text<'_>) {
    let mut rest = Pairs(pairs);
    loop {
        let before = rest.0;
        let Some(pair) = rest.next() else { return };
        let full = pair.name();
        if !full.starts_with(prefix) {
            continue;
        }
        let name = full.from(prefix.len());
        match name.find(b'.') {
            Some(dot) if dot > 0 => {
                let inner = full.to(prefix.len() + dot + 1);
                if !is_opened_before(pairs, before, inner) {
                    open(out, name.to(dot));
                    level(out, pairs, inner);
                    close(out, name.to(dot));
                }
            }
            _ if name.is_empty() => {}
            _ => {
                out.byte(b'&');
                out.encoded(name);
                out.byte(b'=');
                out.encoded(pair.value());
            }
        }
    }
}

/// Whether a name before `here` belongs to the level `prefix` already.
fn is_opened_before(pairs: Text<'_>, here: Text<'_>, prefix: Text<'_>) -> bool {
    for pair in Pairs(pairs.to(pairs.len() - here.len())) {
        if pair.name().starts_with(prefix) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(names: &[&str]) -> String {
        let mut pairs = String::new();
        for (number, name) in names.iter().enumerate() {
            pairs.push_str(name);
            pairs.push('\0');
            pairs.push_str(&number.to_string());
            pairs.push('\0');
        }
        let out = TextBuilder::new();
        write(&out, "c", Text::new(pairs.as_bytes()));
        out.text().as_str().to_owned()
    }

    #[test]
    fn dots_make_levels() {
        assert_eq!(written(&["a", "p.x", "q", "p.y.z"]), "&c.&a=0&p.&x=1&y.&z=3&.y&.p&q=2&.c");
        assert_eq!(written(&[]), "");
    }

    #[test]
    fn odd_dots_as_they_come() {
        assert_eq!(written(&[".lead"]), "&c.&.lead=0&.c");
        assert_eq!(written(&["trail."]), "&c.&trail.&.trail&.c");
        assert_eq!(written(&["two..dots"]), "&c.&two.&.dots=0&.two&.c");
        assert_eq!(written(&[".", ".."]), "&c.&.=0&..=1&.c");
    }

    #[test]
    fn level_names_are_escaped() {
        assert_eq!(written(&["x&y.z"]), "&c.&x%26y.&z=0&.x%26y&.c");
    }
}
