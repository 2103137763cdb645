//! The page's variables as they are now.

use super::host;
use super::state::Tracker;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// Reads the variables of a tracker off `s`: the most expensive thing that a hit does.
pub fn read<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Variables<'b> {
    Variables::read(host::variables(builder, tracker))
}

/// Sets variables, names and values, on `s` and in what has been read off it; an empty value unsets.
pub fn assign<'b>(tracker: &Tracker, variables: &mut Variables<'b>, pairs: Text<'b>) {
    if !pairs.is_empty() {
        host::assign(tracker, pairs);
        variables.add(pairs);
    }
}

/// Sets variables to an empty text on `s`, where plug-ins may compare them with it. `json`: an object that does so.
pub fn blank(tracker: &Tracker, variables: &mut Variables<'_>, json: &str, slots: &[Slot]) {
    host::assign_json(tracker, text(json));
    for &slot in slots {
        variables.replace(slot, Text::empty());
    }
}
