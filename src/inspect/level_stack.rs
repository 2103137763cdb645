//! The levels that are open around a parameter: `a.` opens level `a`, `.a` closes it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Problem;

/// Bounds the memory that a malicious request can take; real names are far shorter.
const MAX_BYTES: usize = 1024;

/// The open levels, outermost first.
#[derive(Default)]
pub struct LevelStack(Vec<String>);

impl LevelStack {
    /// Opens a level inside the others.
    ///
    /// # Errors
    ///
    /// [`Problem::NameTooLong`] if the names of the open levels together exceed 1024 bytes.
    pub fn open(&mut self, name: String) -> Result<(), Problem> {
        self.0.push(name);
        let length: usize = self.0.iter().map(|name| name.len() + 1).sum();
        if length > MAX_BYTES { Err(Problem::NameTooLong) } else { Ok(()) }
    }

    /// Closes the innermost level with this name and every level inside it. Returns false if there is none.
    pub fn close(&mut self, name: &str) -> bool {
        let index = self.0.iter().rposition(|open| open == name);
        if let Some(index) = index {
            self.0.truncate(index);
        }
        index.is_some()
    }

    /// The outermost level, which decides what the names inside it mean.
    pub fn outermost(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// `name` prefixed with all open levels, joined with dots.
    pub fn full_name(&self, name: &str) -> String {
        dotted(&self.0, name)
    }

    /// `name` prefixed with all open levels but the outermost, joined with dots.
    pub fn inner_name(&self, name: &str) -> String {
        dotted(self.0.get(1..).unwrap_or(&[]), name)
    }
}

fn dotted(levels: &[String], name: &str) -> String {
    let mut full = String::new();
    for level in levels {
        full.push_str(level);
        full.push('.');
    }
    full.push_str(name);
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(names: &[&str]) -> LevelStack {
        let mut levels = LevelStack::default();
        for name in names {
            levels.open(String::from(*name)).expect("short names");
        }
        levels
    }

    #[test]
    fn names_are_prefixed_with_their_levels() {
        let levels = levels(&["c", "a", "b"]);
        assert_eq!(levels.outermost(), Some("c"));
        assert_eq!((levels.full_name("x"), levels.inner_name("x")), (String::from("c.a.b.x"), String::from("a.b.x")));
        assert_eq!(LevelStack::default().full_name("x"), "x");
    }

    #[test]
    fn closing_a_level_closes_those_inside() {
        let mut levels = levels(&["c", "a", "b"]);
        assert!(!levels.close("x"));
        assert!(levels.close("a"));
        assert_eq!(levels.full_name(""), "c.");
        assert!(!levels.close("b"));
        assert!(levels.close("c"));
        assert_eq!(levels.outermost(), None);
    }

    #[test]
    fn too_long_names_are_rejected() {
        let mut levels = levels(&["c"]);
        assert_eq!(levels.open("x".repeat(2000)), Err(Problem::NameTooLong));
        let mut deep = LevelStack::default();
        assert!((0..2000).any(|_| deep.open(String::from("x")).is_err()));
    }
}
