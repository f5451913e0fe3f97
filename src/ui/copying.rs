//! Copying while personal data is masked: the first click copies masked text, the second the original.

/// The last copied thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyState<W> {
    pub what: W,
    /// Personal data was masked.
    pub masked: bool,
    /// The number of copies right before this one, of anything. It distinguishes copies that look the same.
    pub nth: usize,
}

/// Whether something is the last copied thing, and how it was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    No,
    Plain,
    Masked,
}

impl Copied {
    /// Whether `target` is the last copied thing.
    pub fn of<W: PartialEq>(target: &W, last: Option<&CopyState<W>>) -> Self {
        match last.filter(|last| last.what == *target) {
            None => Self::No,
            Some(CopyState { masked: false, .. }) => Self::Plain,
            Some(CopyState { masked: true, .. }) => Self::Masked,
        }
    }
}

impl<W: PartialEq> CopyState<W> {
    /// The state after a click on the button of `what`, with masking on or off.
    pub fn next(last: Option<&Self>, what: W, masked: bool) -> Self {
        let again = Copied::of(&what, last) == Copied::Masked;
        Self { what, masked: masked && !again, nth: last.map_or(0, |last| last.nth + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_copy_differs_from_the_last() {
        let first = CopyState::next(None, 1, false);
        assert_ne!(CopyState::next(Some(&first), 1, false), first);
    }

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
