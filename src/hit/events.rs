//! The events of a hit, and which of them a link sends ("events", "linkTrackEvents" in the documentation).

use super::text::Text;
use super::text_builder::TextBuilder;
use super::variables::{Slot, Variables};

/// Writes `events` and `events2`, joined by a comma; with a filter only those whose names it lists.
pub fn write(out: &TextBuilder, variables: &Variables<'_>, filter: Text<'_>) {
    let start = out.mark();
    for slot in [Slot::events, Slot::events2] {
        for event in list(variables.get(slot), filter) {
            if filter.is_empty() || filter.contains_item(name(event), b',') {
                if out.mark() > start {
                    out.byte(b',');
                }
                out.put(event);
            }
        }
    }
}

/// Without a filter the text stays as the page wrote it, blanks and empty places included.
fn list<'a>(events: Text<'a>, filter: Text<'_>) -> super::text::Split<'a> {
    events.split(if filter.is_empty() { 0 } else { b',' })
}

/// The name of an event: what is before its value and its serial number.
fn name(event: Text<'_>) -> Text<'_> {
    event.before(b'=').before(b':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    fn written(pairs: &str, filter: &str) -> String {
        let out = TextBuilder::new();
        write(&out, &Variables::named(text(pairs)), text(filter));
        out.text().as_str().to_owned()
    }

    #[test]
    fn events2_is_appended() {
        assert_eq!(written("events\0a,b\0events2\0c=2\0", ""), "a,b,c=2");
        assert_eq!(written("events2\0c=2\0", ""), "c=2");
        assert_eq!(written("events\0 a ,, b,\0", ""), " a ,, b,");
    }

    #[test]
    fn a_filter_goes_by_the_name_alone() {
        assert_eq!(
            written("events\0event1,event2=5,event12:7,event1=2\0", "event1,event12"),
            "event1,event12:7,event1=2"
        );
        assert_eq!(written("events\0event1\0", "event"), "");
    }
}
