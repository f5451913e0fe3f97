//! Presets as JSON: the exported and imported file, and the stored text. The schema is documented in `docs/presets.md`.
//! A file is untrusted: reading it is limited and never fails.

use super::{MAX_NAME, MAX_PRESETS, MAX_SITES, Preset, PresetProblem};
use crate::json_read;
use crate::json_text::{object, pretty};
use serde_json::Value;

/// The schema's name and version. The number changes when an older reader would misread the new format.
pub const SCHEMA: &str = "upscope-inspector/presets@1";

/// Maximum size of the JSON of all presets in bytes, as a file and stored.
pub const MAX_FILE: usize = 1_000_000;

/// The keys of a preset.
pub const NAME: &str = "name";
pub const SITES: &str = "sites";
pub const VALUES: &str = "values";

/// Why a text is not a file of presets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresetFileError {
    TooLarge,
    NotJson {
        line: usize,
        column: usize,
    },
    /// Another schema or a later version of this one, with its name if it has one.
    OtherSchema(String),
    /// Of this schema, without a list of presets.
    NoList,
    /// More than [`MAX_PRESETS`], with the number.
    TooMany(usize),
}

/// An entry of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetFileEntry {
    /// The name; empty if it has none.
    pub name: String,
    pub preset: Result<Preset, Vec<PresetProblem>>,
}

/// Returns all presets as one text, for a file and for storage.
pub fn write(presets: &[Preset]) -> String {
    let presets = presets.iter().map(to_json).collect();
    pretty(&object([("schema", SCHEMA.into()), ("presets", presets)])) + "\n"
}

fn to_json(preset: &Preset) -> Value {
    object([(NAME, preset.name().into()), (SITES, preset.sites().to_vec().into()), (VALUES, preset.values().clone())])
}

/// Reads all entries of a file, with their problems.
pub fn read(text: &str) -> Result<Vec<PresetFileEntry>, PresetFileError> {
    if text.len() > MAX_FILE {
        return Err(PresetFileError::TooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = json_read::read(text).map_err(|at| PresetFileError::NotJson { line: at.line, column: at.column })?;
    let schema = file.get("schema").and_then(Value::as_str).unwrap_or_default();
    if schema != SCHEMA {
        return Err(PresetFileError::OtherSchema(schema.chars().take(100).collect()));
    }
    let entries = file.get("presets").and_then(Value::as_array).ok_or(PresetFileError::NoList)?;
    if entries.len() > MAX_PRESETS {
        return Err(PresetFileError::TooMany(entries.len()));
    }
    Ok(entries.iter().map(read_entry).collect())
}

/// Reads the stored text. `None` if any part can't be read, so that it is not overwritten.
pub fn read_stored(text: &str) -> Option<Vec<Preset>> {
    read(text).ok()?.into_iter().map(|entry| entry.preset.ok()).collect()
}

/// The valid presets of such a list, as an organization may set it.
pub fn valid_presets(entries: &[Value]) -> Vec<Preset> {
    entries.iter().take(MAX_PRESETS).filter_map(|entry| read_entry(entry).preset.ok()).collect()
}

/// Whether this is a preset that breaks no rule.
pub fn is_valid(entry: &Value) -> bool {
    read_entry(entry).preset.is_ok()
}

fn read_entry(entry: &Value) -> PresetFileEntry {
    let name = entry.get(NAME).and_then(Value::as_str).unwrap_or_default();
    let values = entry.get(VALUES).cloned().unwrap_or_default();
    let preset = match sites(entry.get(SITES)) {
        Ok(sites) => Preset::new(name, &sites, values),
        Err(problem) => Err(vec![problem]),
    };
    PresetFileEntry { name: name.trim().chars().take(MAX_NAME).collect(), preset }
}

/// The texts of a list; an absent list is empty.
fn sites(sites: Option<&Value>) -> Result<Vec<String>, PresetProblem> {
    let Some(sites) = sites else { return Ok(vec![]) };
    let text = |site: &Value| site.as_str().map(str::to_owned);
    let texts: Option<Vec<_>> =
        sites.as_array().map(Vec::as_slice).and_then(|all| all.iter().take(MAX_SITES + 1).map(text).collect());
    // Ignoring a pattern that is not a text would extend the preset to every site.
    texts.ok_or(PresetProblem::Site(String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_json(file: Value) -> Result<Vec<PresetFileEntry>, PresetFileError> {
        read(&file.to_string())
    }

    #[test]
    fn a_written_file_is_read_unchanged() {
        let sites = ["acme.com".to_owned(), "https://*.acme.com/*".to_owned()];
        let presets = [
            Preset::new("Ada", &sites, json!({"uniqueId": null, "metadata": {"n": 1.50, "a": "{{x:y}}"}})).unwrap(),
            Preset::new("מיכל 🙂", &[], json!({"identities": ["\\{{a}}"]})).unwrap(),
        ];
        assert_eq!(read_stored(&write(&presets)).unwrap(), presets);
    }

    #[test]
    fn other_files_are_rejected() {
        assert_eq!(read("{"), Err(PresetFileError::NotJson { line: 1, column: 1 }));
        assert_eq!(read(&" ".repeat(MAX_FILE + 1)), Err(PresetFileError::TooLarge));
        assert_eq!(read_json(json!([])), Err(PresetFileError::OtherSchema(String::new())));
        let later = "upscope-inspector/presets@2";
        assert_eq!(read_json(json!({"schema": later, "presets": []})), Err(PresetFileError::OtherSchema(later.into())));
        assert_eq!(read_json(json!({"schema": SCHEMA})), Err(PresetFileError::NoList));
        let many = vec![json!({}); MAX_PRESETS + 1];
        assert_eq!(
            read_json(json!({"schema": SCHEMA, "presets": many})),
            Err(PresetFileError::TooMany(MAX_PRESETS + 1))
        );
    }

    #[test]
    fn each_entry_has_its_problems() {
        let entries = read_json(json!({"schema": SCHEMA, "presets": [
            {"name": "Good", "values": {"uniqueId": "a"}},
            {"name": "Bad", "values": {"identities": 1}},
            {"name": "Anywhere", "sites": [7], "values": {"uniqueId": "a"}},
            7,
        ]}));
        let found: Vec<_> = entries.unwrap().into_iter().map(|entry| (entry.name, entry.preset.err())).collect();
        let expected = [
            ("Good".to_owned(), None),
            ("Bad".to_owned(), Some(vec![PresetProblem::Values])),
            ("Anywhere".to_owned(), Some(vec![PresetProblem::Site(String::new())])),
            (String::new(), Some(vec![PresetProblem::NoName, PresetProblem::Values])),
        ];
        assert_eq!(found, expected);
    }
}
