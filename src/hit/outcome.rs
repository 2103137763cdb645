//! The outcomes of tracking calls, as `s.outcome()` reports them.

use super::text::{Text, text};

/// How a tracking call ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The collector has answered.
    Delivered,
    /// The browser has accepted the request, or another page sends it; whether it arrives cannot be known.
    Queued,
    /// The hit is in storage and will be sent by the next page.
    Buffered,
    /// `s.abort` was set.
    Aborted,
    /// Every attempt has failed.
    AttemptsUsedUp,
    /// The queue was full and this hit was the oldest.
    Dropped,
    /// Making it ended in an error: the page's code had used up the stack or the memory.
    Broken,
    /// The hit is larger than [`super::queue::limits::MAX_HIT_BYTES`].
    TooLarge,
    /// More calls than `maxHitsPer10Seconds` allows.
    TooManyCalls,
    /// The visitor service says that the visitor has opted out.
    OptedOut,
    /// `visitorSampling` leaves the visitor out.
    NotInSample,
    /// `doPlugins` threw an error.
    PluginsThrew,
    /// `s.account` is not set.
    NoReportSuite,
    /// The call is a click on something that is not tracked. It is not a call of the page's, so nobody is told.
    UntrackedClick,
}

impl Outcome {
    /// Status and reason, separated by NUL.
    pub fn as_text(self) -> Text<'static> {
        text(match self {
            Self::Delivered => "delivered\0",
            Self::Queued => "queued\0",
            Self::Buffered => "buffered\0",
            Self::Aborted => "aborted\0s.abort was set",
            Self::AttemptsUsedUp => "failed\0no try was answered with an image",
            Self::Dropped => "failed\0too many hits were waiting",
            Self::Broken => "failed\0an error on the way",
            Self::TooLarge => "failed\0the hit is too large",
            Self::TooManyCalls => "ignored\0too many tracking calls",
            Self::OptedOut => "ignored\0the visitor has opted out",
            Self::NotInSample => "ignored\0the visitor is not in the sample",
            Self::PluginsThrew => "ignored\0doPlugins threw an error",
            Self::NoReportSuite => "ignored\0there is no report suite",
            Self::UntrackedClick => "ignored\0a click that is not tracked",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_a_status_and_a_reason() {
        assert_eq!(Outcome::Delivered.as_text(), "delivered\0");
        assert_eq!(Outcome::Dropped.as_text(), "failed\0too many hits were waiting");
    }
}
