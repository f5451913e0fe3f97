//! Copying while personal data is masked: the first click copies masked text, the second the original.

/// The last copied thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyState<W> {
    pub what: W,
    /// Personal data was masked.
    pub masked: bool,
}

impl<W: PartialEq> CopyState<W> {
    /// Whether `what` was copied masked; `None` if it isn't the last copied thing.
    pub fn masking(last: Option<&Self>, what: &W) -> Option<bool> {
        last.filter(|last| last.what == *what).map(|last| last.masked)
    }

    /// The state after a click on the button of `what`, with masking on or off.
    pub fn next(last: Option<&Self>, what: W, masked: bool) -> Self {
        let again = Self::masking(last, &what) == Some(true);
        Self { what, masked: masked && !again }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_click_copies_unmasked() {
        let first = CopyState::next(None, 1, true);
        assert!(first.masked);
        let second = CopyState::next(Some(&first), 1, true);
        assert!(!second.masked);
        assert!(CopyState::next(Some(&second), 1, true).masked);
        assert!(CopyState::next(Some(&first), 2, true).masked);
        assert!(!CopyState::next(None, 1, false).masked);
    }
}
