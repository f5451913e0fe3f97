//! Copying while personal values are masked: with masks first, and as they are when the person presses again.

/// What was copied last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied<W> {
    pub what: W,
    /// With masks in the place of personal values.
    pub masked: bool,
}

impl<W: PartialEq> Copied<W> {
    /// How `what` was copied, if it was what was copied last: whether with masks.
    pub fn how(last: Option<&Self>, what: &W) -> Option<bool> {
        last.filter(|last| last.what == *what).map(|last| last.masked)
    }

    /// What pressing the button of `what` copies; `wish`: masks are wished for.
    pub fn next(last: Option<&Self>, what: W, wish: bool) -> Self {
        let again = Self::how(last, &what) == Some(true);
        Self { what, masked: wish && !again }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_taken_off_by_pressing_again() {
        let first = Copied::next(None, 1, true);
        assert!(first.masked);
        let second = Copied::next(Some(&first), 1, true);
        assert!(!second.masked);
        assert!(Copied::next(Some(&second), 1, true).masked);
        assert!(Copied::next(Some(&first), 2, true).masked);
        assert!(!Copied::next(None, 1, false).masked);
    }
}
