//! Whether the connection to a collector is open, beyond what this page has seen: what is known goes from page to page of the session.

use super::state::trackers;
use super::{delivery, host, storage};
use crate::hit::connection::{KEY, is_open};
use crate::hit::text::text;
use crate::hit::text_builder::TextBuilder;

/// The page is being left: tells the next one when collectors have answered, and takes over what is known of the others.
pub fn share(builder: &TextBuilder) {
    for tracker in trackers() {
        let (_, collector) = storage::key_and_collector(builder, tracker);
        let key = builder.join(text(KEY), collector);
        if let Some(idle_ms) = delivery::idle_ms(tracker) {
            let answered = host::time_in(builder, idle_ms.wrapping_neg());
            host::set_stored_text(1, builder.join(key, builder.join(text("\0"), answered)));
        } else if is_open(host::stored_text(builder, true, key), host::time_in(builder, 0)) {
            delivery::assume_connected(tracker);
        }
    }
}
