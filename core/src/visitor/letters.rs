//! The letters of a text. They exclude most searches in it quickly.

/// The ASCII characters that a text has.
#[derive(Clone, Copy)]
pub struct Letters(u128);

impl Letters {
    pub fn of(text: &str) -> Self {
        let letters = text.bytes().filter(u8::is_ascii);
        Self(letters.fold(0, |known, letter| known | (1 << letter)))
    }

    /// Whether the text may contain `part`: it has all of its ASCII characters.
    pub fn may_contain(self, part: &str) -> bool {
        Self::of(part).0 & !self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_contain_what_it_has_the_letters_of() {
        let letters = Letters::of("{né}\u{7f}");
        for (part, may) in
            [("{", true), ("}n{", true), ("né", true), ("", true), ("{{", true), ("$", false), ("nb", false)]
        {
            assert_eq!(letters.may_contain(part), may, "{part}");
        }
    }
}
