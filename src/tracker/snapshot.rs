//! The page's variables as they are now.

use super::host;
use super::state::Tracker;
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::Variables;

/// Reads the variables of a tracker off `s`.
pub fn read<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Variables<'b> {
    Variables::read(host::variables(builder, tracker))
}
