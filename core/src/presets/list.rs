//! The list of presets and its changes. Each change names its presets, so that it has the same effect on a list that
//! another page has changed.

use super::file::{self, MAX_FILE};
use super::{MAX_PRESETS, Preset};

/// A change of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum PresetChange {
    /// Appends a preset.
    Add(Preset),
    /// Replaces the preset named `of`, or appends if it no longer exists.
    Replace {
        of: String,
        with: Preset,
    },
    Remove(String),
    /// Restores a removed preset at its index.
    PutBack {
        at: usize,
        preset: Preset,
    },
    /// Swaps a preset with the previous or next one.
    Move {
        name: String,
        up: bool,
    },
    /// Appends several presets. Duplicate names get a number.
    Import(Vec<Preset>),
}

/// Why a change failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresetChangeError {
    /// The name exists.
    NameTaken(String),
    /// The limit of number or size is exceeded.
    Full,
}

/// Returns the list after a change.
pub fn changed(mut presets: Vec<Preset>, change: PresetChange) -> Result<Vec<Preset>, PresetChangeError> {
    let at = |presets: &[Preset], name: &str| presets.iter().position(|preset| preset.name() == name);
    let free = |presets: &[Preset], preset: &Preset, except: Option<usize>| match at(presets, preset.name()) {
        Some(place) if Some(place) != except => Err(PresetChangeError::NameTaken(preset.name().to_owned())),
        _ => Ok(()),
    };
    match change {
        PresetChange::Add(preset) => {
            free(&presets, &preset, None)?;
            presets.push(preset);
        }
        PresetChange::Replace { of, with } => {
            let place = at(&presets, &of);
            free(&presets, &with, place)?;
            match place {
                Some(place) => presets[place] = with,
                None => presets.push(with),
            }
        }
        PresetChange::Remove(name) => presets.retain(|preset| preset.name() != name),
        PresetChange::PutBack { at, preset } => {
            let preset = preset.named(&free_name(&presets, preset.name()));
            presets.insert(at.min(presets.len()), preset);
        }
        PresetChange::Move { name, up } => {
            let place = at(&presets, &name);
            let with = place.and_then(|place| if up { place.checked_sub(1) } else { Some(place + 1) });
            if let (Some(place), Some(with)) = (place, with.filter(|with| *with < presets.len())) {
                presets.swap(place, with);
            }
        }
        PresetChange::Import(more) => {
            for preset in more {
                let name = free_name(&presets, preset.name());
                presets.push(preset.named(&name));
            }
        }
    }
    let fits = presets.len() <= MAX_PRESETS && file::write(&presets).len() <= MAX_FILE;
    if fits { Ok(presets) } else { Err(PresetChangeError::Full) }
}

/// The name, with a number if it is taken.
pub fn free_name(presets: &[Preset], name: &str) -> String {
    let is_free = |name: &String| presets.iter().all(|preset| preset.name() != name);
    let numbered = (2..).map(|number| {
        let number = format!(" {number}");
        let kept: String = name.chars().take(super::MAX_NAME - number.len()).collect();
        kept.trim_end().to_owned() + &number
    });
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let taken = Err(PresetChangeError::NameTaken("b".into()));
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
        assert_eq!(after(PresetChange::PutBack { at: 1, preset: preset("x") }), ["a", "x", "b", "c"]);
        assert_eq!(after(PresetChange::PutBack { at: 9, preset: preset("a") }), ["a", "b", "c", "a 2"]);
    }

    #[test]
    fn the_number_of_presets_is_limited() {
        let many: Vec<_> = (0..MAX_PRESETS).map(|n| preset(&n.to_string())).collect();
        assert_eq!(changed(many, PresetChange::Add(preset("a"))), Err(PresetChangeError::Full));
        let large = |n: usize| Preset::new(&n.to_string(), &[], json!({"uniqueId": "x".repeat(16_000)})).unwrap();
        assert_eq!(changed((0..62).map(large).collect(), PresetChange::Add(large(99))), Err(PresetChangeError::Full));
    }
}
