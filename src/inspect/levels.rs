//! The levels that are open around a parameter: `a.` opens one, `.a` closes it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Problem;

/// Names of levels that are longer together are an attack on the memory of who reads them, not a hit.
const LONGEST: usize = 1024;

/// The open levels, the outermost first.
#[derive(Default)]
pub struct Levels(Vec<String>);

impl Levels {
    /// Opens a level within the others.
    pub fn open(&mut self, name: String) -> Result<(), Problem> {
        self.0.push(name);
        let length: usize = self.0.iter().map(|name| name.len() + 1).sum();
        if length > LONGEST { Err(Problem::NameTooLong) } else { Ok(()) }
    }

    /// Closes the innermost level of this name and what is open within it; says whether there is one.
    pub fn close(&mut self, name: &str) -> bool {
        let place = self.0.iter().rposition(|open| open == name);
        if let Some(place) = place {
            self.0.truncate(place);
        }
        place.is_some()
    }

    /// The outermost level, which says what is meant by those within.
    pub fn outermost(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// A name with all levels in front.
    pub fn full(&self, name: &str) -> String {
        dotted(&self.0, name)
    }

    /// A name with the levels within the outermost in front.
    pub fn inner(&self, name: &str) -> String {
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

    fn levels(names: &[&str]) -> Levels {
        let mut levels = Levels::default();
        for name in names {
            levels.open(String::from(*name)).expect("short names");
        }
        levels
    }

    #[test]
    fn names_have_their_levels_in_front() {
        let levels = levels(&["c", "a", "b"]);
        assert_eq!(levels.outermost(), Some("c"));
        assert_eq!((levels.full("x"), levels.inner("x")), (String::from("c.a.b.x"), String::from("a.b.x")));
        assert_eq!(Levels::default().full("x"), "x");
    }

    #[test]
    fn closing_a_level_closes_what_is_within() {
        let mut levels = levels(&["c", "a", "b"]);
        assert!(!levels.close("x"));
        assert!(levels.close("a"));
        assert_eq!(levels.full(""), "c.");
        assert!(!levels.close("b"));
        assert!(levels.close("c"));
        assert_eq!(levels.outermost(), None);
    }

    #[test]
    fn absurd_names_are_refused() {
        let mut levels = levels(&["c"]);
        assert_eq!(levels.open("x".repeat(2000)), Err(Problem::NameTooLong));
        let mut deep = Levels::default();
        assert!((0..2000).any(|_| deep.open(String::from("x")).is_err()));
    }
}
