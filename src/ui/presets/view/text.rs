//! Texts about presets, their problems, and the problems of a file.

use crate::ui::components::ItemError;
use crate::ui::i18n::*;
use crate::ui::stored_list::ListError;
use crate::ui::text::{field_text, input_text, list};
use inspector_core::named_list::ListChangeError;
use inspector_core::presets::file::{PresetFileError, SCHEMA};
use inspector_core::presets::{Preset, PresetProblem};

/// The sites of a preset.
pub fn sites(preset: &Preset) -> String {
    if preset.sites().is_empty() {
        return PRESET_EVERY_SITE.text();
    }
    list::joined(preset.sites().iter().map(|pattern| site(pattern)))
}

/// A pattern in the form in which it is typed.
pub fn site(pattern: &str) -> &str {
    let host = pattern.trim_end_matches("/*");
    host.strip_prefix("*://").unwrap_or(host)
}

pub fn problem(problem: &PresetProblem) -> String {
    match problem {
        PresetProblem::NoName => PRESET_ERROR_NO_NAME.text(),
        PresetProblem::NameTooLong => PRESET_ERROR_NAME_LONG.text(),
        PresetProblem::Site(text) => words::preset_error_site(text),
        PresetProblem::TooManySites => PRESET_ERROR_SITES.text(),
        PresetProblem::Values => PRESET_ERROR_VALUES.text(),
        PresetProblem::TooLarge => PRESET_ERROR_LARGE.text(),
        PresetProblem::TooDeep => PRESET_ERROR_DEEP.text(),
        PresetProblem::Field(error) => {
            let name = field_text::name(error.field).text();
            let place = error.item.map_or(name.clone(), |item| words::item_of(&name, &(item + 1).to_string()));
            format!("{place}: {}", input_text::error(&error.kind, error.item.is_some()))
        }
    }
}

/// A problem as the error of an input.
pub fn item_error(problem: &PresetProblem) -> ItemError {
    ItemError { kind: problem_key(problem), text: self::problem(problem), ..ItemError::default() }
}

/// The stable name of a problem, for `data-error`.
pub fn problem_key(problem: &PresetProblem) -> &'static str {
    match problem {
        PresetProblem::NoName => "no-name",
        PresetProblem::NameTooLong => "name-too-long",
        PresetProblem::Site(_) => "site",
        PresetProblem::TooManySites => "too-many-sites",
        PresetProblem::Values => "values",
        PresetProblem::TooLarge => "too-large",
        PresetProblem::TooDeep => "too-deep",
        PresetProblem::Field(error) => input_text::error_key(&error.kind),
    }
}

pub fn storage_error(why: &ListError) -> String {
    match why {
        ListError::Refused(ListChangeError::NameTaken(_)) => PRESET_ERROR_TAKEN.text(),
        ListError::Refused(ListChangeError::Full) => PRESET_ERROR_FULL.text(),
        ListError::OtherVersion => PRESET_ERROR_VERSION.text(),
        ListError::Browser(why) => words::error_not_stored(&why.to_string()),
    }
}

pub fn not_read(why: &PresetFileError) -> String {
    match why {
        PresetFileError::TooLarge => PRESETS_FILE_LARGE.text(),
        PresetFileError::NotJson { line, column } => words::error_not_json(&line.to_string(), &column.to_string()),
        PresetFileError::OtherSchema(_) | PresetFileError::NoList => words::presets_file_other(SCHEMA),
        PresetFileError::TooMany(count) => words::presets_file_many(&count.to_string()),
    }
}
