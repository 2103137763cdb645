//! Why a request cannot be decoded.

use alloc::string::String;
use core::fmt;

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The path of the URL is not `/b/ss/SUITES/…`.
    NotACollectionRequest,
    /// The parameter `AQB`, which starts every request, is missing.
    NoBeginning,
    /// A `%` is not followed by two hexadecimal digits.
    BrokenEscape,
    /// The percent-encoded bytes are not UTF-8.
    NotUtf8,
    /// The names of the levels around a parameter are together longer than 1024 bytes.
    NameTooLong,
}

impl Problem {
    /// A description for people.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NotACollectionRequest => "not a collection request: its path is not /b/ss/SUITES/…",
            Self::NoBeginning => "incomplete request: the parameter AQB, which starts every request, is missing",
            Self::BrokenEscape => "broken percent-encoding: a % without two hexadecimal digits",
            Self::NotUtf8 => "broken percent-encoding: the bytes are not UTF-8",
            Self::NameTooLong => "the names of the levels around a parameter are too long",
        }
    }
}

/// Why a request cannot be decoded, and where the problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub problem: Problem,
    /// The parameter as written in the request, prefixed with its levels, or the part of the path; empty if the problem is
    /// in neither.
    pub parameter: String,
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problem, parameter: String::new() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.problem.text())?;
        if self.parameter.is_empty() {
            return Ok(());
        }
        write!(formatter, " (in {})", self.parameter)
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_where() {
        let error = Error { problem: Problem::BrokenEscape, parameter: String::from("c.100%") };
        assert_eq!(error.to_string(), "broken percent-encoding: a % without two hexadecimal digits (in c.100%)");
        assert_eq!(Error::from(Problem::NoBeginning).to_string(), Problem::NoBeginning.text());
    }
}
