//! A truth that may be unknown.

use super::verdict::Reason;

/// Whether a statement is true. It is unknown if it depends on something that was cut, masked or not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    Unknown(Reason),
}

impl Truth {
    /// Logical AND: no takes precedence over unknown, and unknown over yes.
    pub fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Yes => other(),
            Self::Unknown(_) => {
                if other() == Self::No {
                    Self::No
                } else {
                    self
                }
            }
        }
    }

    /// Logical OR: yes takes precedence over unknown, and unknown over no.
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        self.not().and(|| other().not()).not()
    }

    pub fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            unknown => unknown,
        }
    }

    /// Whether it is true for all items.
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::Yes, |so_far, truth| so_far.and(|| truth))
    }

    /// Whether it is true for at least one item.
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::No, |so_far, truth| so_far.or(|| truth))
    }
}

impl From<bool> for Truth {
    fn from(is_so: bool) -> Self {
        if is_so { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::*;
    use super::*;

    #[test]
    fn what_decides_is_known() {
        let unknown = Unknown(Reason::Unread);
        for (one, other, both, either) in [
            (Yes, Yes, Yes, Yes),
            (Yes, No, No, Yes),
            (Yes, unknown, unknown, Yes),
            (No, unknown, No, unknown),
            (unknown, unknown, unknown, unknown),
        ] {
            assert_eq!((one.and(|| other), other.and(|| one)), (both, both), "{one:?} and {other:?}");
            assert_eq!((one.or(|| other), other.or(|| one)), (either, either), "{one:?} or {other:?}");
        }
        assert_eq!((Truth::all([]), Truth::any([])), (Yes, No));
    }
}
