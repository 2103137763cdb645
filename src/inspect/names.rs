//! The names of variables by parameter, from the table in `hit::variables`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::hit::text::{Text, text};
use crate::hit::variables::{FAMILIES, is_cleared, limit, rows, slot_of};

/// A variable that a request can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Name {
    /// Its name on `s`.
    pub name: String,
    /// Its name in the request.
    pub parameter: String,
    /// The documented limit in bytes, 0 if there is none.
    pub limit: usize,
    /// Whether `clearVars` clears it.
    pub cleared: bool,
}

impl Name {
    fn new(slot: usize, name: String, parameter: String) -> Self {
        let cleared = is_cleared(slot);
        Self { name, parameter, limit: limit(slot), cleared }
    }
}

/// Every variable that a request can hold, in the order of a request. Numbered variables start at 1, as documented.
pub fn names() -> Vec<Name> {
    let mut names = Vec::new();
    for row in rows().filter(is_sent) {
        names.push(Name::new(row.slot, string(row.name()), string(row.parameter())));
    }
    for family in &FAMILIES {
        for number in 1..=family.last {
            let name = alloc::format!("{}{number}", family.name);
            let parameter = alloc::format!("{}{number}", char::from(family.parameter));
            names.push(Name::new(family.first_slot + number, name, parameter));
        }
    }
    names
}

/// The unnumbered variable with this parameter.
pub fn single(parameter: &str) -> Option<Name> {
    let row = rows().filter(is_sent).find(|row| row.parameter() == parameter)?;
    Some(Name::new(row.slot, string(row.name()), String::from(parameter)))
}

/// The numbered variable with this parameter; number 0 counts too.
pub fn numbered(parameter: &str) -> Option<Name> {
    let family = FAMILIES.iter().find(|family| parameter.as_bytes().first() == Some(&family.parameter))?;
    let name = alloc::format!("{}{}", family.name, parameter.get(1..)?);
    let slot = slot_of(text(&name))?;
    Some(Name::new(slot, name, String::from(parameter)))
}

/// Whether the variable is sent as a parameter. Settings are not sent, and context data is a level, not a parameter.
fn is_sent(row: &crate::hit::variables::Row) -> bool {
    row.parameter() != "-" && !matches!(row.kind(), b's' | b'r')
}

fn string(text: Text<'_>) -> String {
    String::from_utf8_lossy(text.bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn name(name: Option<Name>) -> Option<String> {
        name.map(|found| found.name)
    }

    #[test]
    fn unnumbered_parameters_have_names() {
        assert_eq!(name(single("ch")).as_deref(), Some("channel"));
        assert_eq!(name(single("pageName")).as_deref(), Some("pageName"));
        assert_eq!(name(single("v0")).as_deref(), Some("campaign"));
        assert_eq!(name(single("c")).as_deref(), Some("colorDepth"));
        assert_eq!(name(single("-g")).as_deref(), Some("pageURLRest"));
        for parameter in ["account", "-", "", "linkTrackVars", "channel", "events2"] {
            assert_eq!(single(parameter), None, "{parameter}");
        }
    }

    #[test]
    fn only_the_numbers_of_the_table_have_names() {
        assert_eq!(name(numbered("v0")).as_deref(), Some("eVar0"));
        assert_eq!(name(numbered("c75")).as_deref(), Some("prop75"));
        assert_eq!(name(numbered("h5")).as_deref(), Some("hier5"));
        assert_eq!(name(numbered("l3")).as_deref(), Some("list3"));
        for parameter in ["c76", "v251", "h6", "l4", "v01", "v", "v1x", "x1", "", "å1"] {
            assert_eq!(numbered(parameter), None, "{parameter}");
        }
    }

    #[test]
    fn the_list_and_the_lookups_agree() {
        let all = names();
        let parameters: BTreeSet<_> = all.iter().map(|name| &name.parameter).collect();
        assert_eq!(parameters.len(), all.len(), "every parameter belongs to one variable");
        for known in &all {
            let found = single(&known.parameter).or_else(|| numbered(&known.parameter));
            assert_eq!(found.as_ref(), Some(known));
        }
        let prop = all.iter().find(|name| name.name == "prop1").expect("prop1");
        assert_eq!((prop.limit, prop.cleared), (100, true));
        let page_name = all.iter().find(|name| name.name == "pageName").expect("pageName");
        assert_eq!((page_name.limit, page_name.cleared), (100, false));
    }
}
