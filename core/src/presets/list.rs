//! The list of presets and its changes.

use super::file::{self, MAX_FILE};
use super::{MAX_NAME, MAX_PRESETS, Preset};
use crate::named_list::{self, ListChange, ListChangeError, Named};

/// A change of the list.
pub type PresetChange = ListChange<Preset>;

impl Named for Preset {
    const MAX_NAME: usize = MAX_NAME;

    fn name(&self) -> &str {
        self.name()
    }

    fn named(&self, name: &str) -> Self {
        self.named(name)
    }
}

/// Returns the list after a change.
///
/// # Errors
/// If a name is taken or a limit is exceeded.
pub fn changed(presets: Vec<Preset>, change: PresetChange) -> Result<Vec<Preset>, ListChangeError> {
    let fits = |presets: &[Preset]| presets.len() <= MAX_PRESETS && file::write(presets).len() <= MAX_FILE;
    named_list::changed(presets, change, fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::named_list::free_name;
    use serde_json::json;

    fn preset(name: &str) -> Preset {
        Preset::new(name, &[], json!({"uniqueId": name})).unwrap()
    }

    fn names(presets: &[Preset]) -> Vec<&str> {
        presets.iter().map(Preset::name).collect()
    }

    fn abc() -> Vec<Preset> {
        ["a", "b", "c"].map(preset).into()
    }

    fn after(change: PresetChange) -> Vec<String> {
        names(&changed(abc(), change).unwrap()).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn names_are_unique() {
        let taken = Err(ListChangeError::NameTaken("b".into()));
        assert_eq!(changed(abc(), PresetChange::Add(preset("b"))), taken);
        assert_eq!(changed(abc(), PresetChange::Replace { of: "a".into(), with: preset("b") }), taken);
        assert_eq!(after(PresetChange::Replace { of: "b".into(), with: preset("b") }), ["a", "b", "c"]);
        assert_eq!(after(PresetChange::Replace { of: "b".into(), with: preset("d") }), ["a", "d", "c"]);
        assert_eq!(after(PresetChange::Replace { of: "gone".into(), with: preset("d") }), ["a", "b", "c", "d"]);
    }

    #[test]
    fn an_import_replaces_nothing() {
        assert_eq!(
            after(PresetChange::Import(vec![preset("b"), preset("b"), preset("d")])),
            ["a", "b", "c", "b 2", "b 3", "d"]
        );
        let long = "x".repeat(super::super::MAX_NAME);
        let name = free_name(&[preset(&long)], &long);
        assert!(name.ends_with("x 2") && name.chars().count() == super::super::MAX_NAME);
    }

    #[test]
    fn moves_and_removals_can_be_undone() {
        assert_eq!(after(PresetChange::Move { name: "a".into(), up: true }), ["a", "b", "c"]);
        assert_eq!(after(PresetChange::Move { name: "a".into(), up: false }), ["b", "a", "c"]);
        assert_eq!(after(PresetChange::Move { name: "c".into(), up: false }), ["a", "b", "c"]);
        assert_eq!(after(PresetChange::Remove("b".into())), ["a", "c"]);
        assert_eq!(after(PresetChange::PutBack { at: 1, item: preset("x") }), ["a", "x", "b", "c"]);
        assert_eq!(after(PresetChange::PutBack { at: 9, item: preset("a") }), ["a", "b", "c", "a 2"]);
    }

    #[test]
    fn the_number_of_presets_is_limited() {
        let many: Vec<_> = (0..MAX_PRESETS).map(|n| preset(&n.to_string())).collect();
        assert_eq!(changed(many, PresetChange::Add(preset("a"))), Err(ListChangeError::Full));
        let large = |n: usize| Preset::new(&n.to_string(), &[], json!({"uniqueId": "x".repeat(16_000)})).unwrap();
        assert_eq!(changed((0..62).map(large).collect(), PresetChange::Add(large(99))), Err(ListChangeError::Full));
    }
}
