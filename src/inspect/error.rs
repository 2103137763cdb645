//! Why a request cannot be read.

use alloc::string::String;
use core::fmt;

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The URL has no `/b/ss/` with suites behind it.
    NotACollectionRequest,
    /// There is no `AQB`, which begins every request.
    NoBeginning,
    /// A `%` is not followed by two hexadecimal digits.
    BrokenEscape,
    /// The bytes that are escaped are not UTF-8.
    NotUtf8,
    /// The names of the levels around a parameter are absurdly long.
    NameTooLong,
}

impl Problem {
    /// The problem in words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NotACollectionRequest => "not a collection request: its path is not /b/ss/SUITES/…",
            Self::NoBeginning => "not a whole request: the parameter AQB, which begins every request, is missing",
            Self::BrokenEscape => "broken percent-encoding: a % without two hexadecimal digits",
            Self::NotUtf8 => "broken percent-encoding: the bytes are not UTF-8",
            Self::NameTooLong => "the names of the levels around a parameter are too long",
        }
    }
}

/// Why a request cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub problem: Problem,
    /// The parameter as the request has it, its levels in front; empty where the problem is in no parameter.
    pub parameter: String,
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problem, parameter: String::new() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.problem.text())?;
        if self.parameter.is_empty() {
            return Ok(());
        }
        write!(to, " (in {})", self.parameter)
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_where() {
        let error = Error { problem: Problem::BrokenEscape, parameter: String::from("c.100%") };
        assert_eq!(error.to_string(), "broken percent-encoding: a % without two hexadecimal digits (in c.100%)");
        assert_eq!(Error::from(Problem::NoBeginning).to_string(), Problem::NoBeginning.text());
    }
}
