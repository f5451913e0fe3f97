//! The languages of the extension.

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The language tag of a folder: `pt-BR` for `pt_BR`.
pub fn tag(folder: &str) -> String {
    folder.replace('_', "-")
}

/// Finds the folder of a language tag: `pt_BR` for `pt-BR`.
pub fn named(tag: &str) -> Option<&'static str> {
    LANGUAGES.iter().copied().find(|language| language.eq_ignore_ascii_case(&tag.replace('-', "_")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_mapped_to_a_folder() {
        assert!(LANGUAGES.contains(&"en") && LANGUAGES.is_sorted());
        assert_eq!([named("pt-BR"), named("PT_br"), named("de")], [Some("pt_BR"), Some("pt_BR"), Some("de")]);
        assert_eq!([named("pt"), named("de-AT"), named("")], [None; 3]);
    }
}
