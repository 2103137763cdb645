//! The parameter `events`: all events of a hit, or those that a link may send ("events", "linkTrackEvents" in Adobe's
//! documentation).

use super::text::Text;
use super::text_builder::TextBuilder;
use super::variables::{Slot, Variables};

/// Writes `events` and `events2`, joined by a comma. With a filter only events whose names it lists are written.
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

/// The events one by one. Without a filter the text is not split, so that it is sent as the page wrote it.
fn list<'a>(events: Text<'a>, filter: Text<'_>) -> super::text::Split<'a> {
    events.split(if filter.is_empty() { 0 } else { b',' })
}

/// The name of an event, without its value (`=`) and serial number (`:`).
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
    fn a_filter_matches_the_name_without_value_and_serial_number() {
        assert_eq!(
            written("events\0event1,event2=5,event12:7,event1=2\0", "event1,event12"),
            "event1,event12:7,event1=2"
        );
        assert_eq!(written("events\0event1\0", "event"), "");
    }
}
