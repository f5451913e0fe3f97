//! Presets: named visitor info that can be applied again. Its texts may contain placeholders.

pub mod file;
pub mod list;
pub mod placeholder;
pub mod search;
mod take;

pub use take::{CapturedPreset, capture_draft, capture_visitor};

use crate::edit::change::Change;
use crate::edit::draft::{Draft, Editor, FieldError};
use crate::edit::metadata::{MetadataEditor, Row};
use crate::edit::patch::VisitorPatch;
use crate::json_text::compact;
use crate::match_pattern;
use crate::visitor::{Field, Visitor};
use placeholder::{fill, has_placeholder};
use serde_json::Value;

/// Maximum number of presets.
pub const MAX_PRESETS: usize = 200;
/// Maximum length of a name, in characters.
pub const MAX_NAME: usize = 80;
/// Maximum number of a preset's sites, and maximum length of each pattern in characters.
pub const MAX_SITES: usize = 20;
pub const MAX_SITE: usize = 200;
/// Maximum size of a preset's values as JSON in bytes, and maximum depth.
pub const MAX_VALUES: usize = 16_384;
pub const MAX_DEPTH: usize = 8;

/// Named visitor info. Only [`Preset::new`] creates it, so a draft accepts all its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    name: String,
    sites: Vec<String>,
    values: Value,
}

/// A problem that prevents a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresetProblem {
    NoName,
    NameTooLong,
    /// Not a pattern of sites.
    Site(String),
    TooManySites,
    /// No values, an unknown key, or one that is not of its field's documented type.
    Values,
    TooLarge,
    TooDeep,
    /// A value that can't be sent, and its text if it is one of several.
    Field(FieldError),
}

impl Preset {
    /// Creates a preset, or returns all problems. `sites`: as typed, empty for all sites. `values`: the argument of an
    /// `updateConnection`, with placeholders.
    pub fn new(name: &str, sites: &[String], values: Value) -> Result<Self, Vec<PresetProblem>> {
        let name = name.trim();
        let mut problems = vec![];
        problems.extend(name.is_empty().then_some(PresetProblem::NoName));
        problems.extend((name.chars().count() > MAX_NAME).then_some(PresetProblem::NameTooLong));
        problems.extend((sites.len() > MAX_SITES).then_some(PresetProblem::TooManySites));
        let mut patterns: Vec<String> = vec![];
        for site in sites.iter().take(MAX_SITES) {
            match match_pattern::typed(site).filter(|pattern| pattern.chars().count() <= MAX_SITE) {
                Some(pattern) if patterns.contains(&pattern) => {}
                Some(pattern) => patterns.push(pattern),
                None => problems.push(PresetProblem::Site(site.chars().take(MAX_SITE).collect())),
            }
        }
        problems.extend(check_values(&values));
        if problems.is_empty() { Ok(Self { name: name.to_owned(), sites: patterns, values }) } else { Err(problems) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The patterns of its sites; empty for all sites.
    pub fn sites(&self) -> &[String] {
        &self.sites
    }

    /// The argument of an `updateConnection`, with placeholders.
    pub fn values(&self) -> &Value {
        &self.values
    }

    /// Returns the preset with another name, cut to the limit.
    pub fn named(&self, name: &str) -> Self {
        Self { name: name.chars().take(MAX_NAME).collect(), ..self.clone() }
    }

    /// Whether the preset is offered at this URL. An unknown URL is on no site.
    pub fn is_for(&self, address: Option<&str>) -> bool {
        let covers = |pattern: &String| address.is_some_and(|address| match_pattern::covers(pattern, address));
        self.sites.is_empty() || self.sites.iter().any(covers)
    }

    /// The changed fields.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(|field| self.values.get(field.key()).is_some())
    }

    /// The argument of an `updateConnection`, with the placeholders filled in.
    pub fn filled(&self, of: &dyn Fn(&str) -> Option<String>) -> Value {
        fill(&self.values, of)
    }
}

/// The problems of the values. A value with a placeholder is checked when it is filled in.
fn check_values(values: &Value) -> Vec<PresetProblem> {
    if depth(values) > MAX_DEPTH {
        return vec![PresetProblem::TooDeep];
    }
    if compact(values).len() > MAX_VALUES {
        return vec![PresetProblem::TooLarge];
    }
    let Some(patch) = VisitorPatch::from_argument(values) else { return vec![PresetProblem::Values] };
    let draft = draft_of(&patch);
    let errors = draft.finish(&Visitor::unknown()).err().unwrap_or_default();
    errors.into_iter().filter(|error| !is_open(&draft, error)).map(PresetProblem::Field).collect()
}

/// The draft of all values, unchanged, so that empty items are checked too.
fn draft_of(patch: &VisitorPatch) -> Draft {
    let mut draft = Draft::default();
    for field in patch.fields() {
        let change = match patch.change(field) {
            Change::Set(value) => Change::Set(editor_of(value)),
            Change::Remove => Change::Remove,
            Change::Keep => Change::Keep,
        };
        draft.set(field, change);
    }
    draft
}

fn editor_of(value: &Value) -> Editor {
    match value {
        Value::Object(map) => Editor::Metadata(MetadataEditor::from_map(map)),
        Value::Array(items) => Editor::List(items.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        other => Editor::Text(other.as_str().unwrap_or_default().to_owned()),
    }
}

/// Whether filled-in text may solve the error.
fn is_open(draft: &Draft, error: &FieldError) -> bool {
    text_at(draft, error.field, error.item).is_some_and(has_placeholder)
}

fn text_at(draft: &Draft, field: Field, item: Option<usize>) -> Option<&str> {
    match draft.change(field) {
        Change::Set(Editor::Text(text)) => Some(text),
        Change::Set(Editor::List(items)) => items.get(item?).map(String::as_str),
        Change::Set(Editor::Metadata(MetadataEditor::Table(rows))) => {
            rows.get(item?).map(|row: &Row| row.text.as_str())
        }
        _ => None,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::draft::ErrorKind;
    use serde_json::json;

    fn problems(name: &str, sites: &[&str], values: Value) -> Vec<PresetProblem> {
        let sites: Vec<_> = sites.iter().map(|site| (*site).to_owned()).collect();
        Preset::new(name, &sites, values).err().unwrap_or_default()
    }

    #[test]
    fn a_preset_has_a_name_patterns_and_values_of_their_types() {
        assert_eq!(problems("Ada", &["acme.com"], json!({"tags": ["#VIP"], "uniqueId": null})), []);
        let wrong = problems(" ", &["no site at all"], json!({"tags": "#VIP"}));
        assert_eq!(wrong, [PresetProblem::NoName, PresetProblem::Site("no site at all".into()), PresetProblem::Values]);
        assert_eq!(problems(&"x".repeat(MAX_NAME + 1), &[], json!({"uniqueId": "a"})), [PresetProblem::NameTooLong]);
        assert_eq!(problems("a", &["a.test"; MAX_SITES + 1], json!({"uniqueId": "a"})), [PresetProblem::TooManySites]);
        for values in [json!({}), json!([]), json!({"identities": {"0": "a"}}), json!({"other": "a"}), json!(null)] {
            assert_eq!(problems("a", &[], values.clone()), [PresetProblem::Values], "{values}");
        }
    }

    #[test]
    fn values_are_checked_like_a_draft() {
        let found = problems("a", &[], json!({"tags": ["#VIP", "#vip", ""], "uniqueId": "undefined"}));
        let kinds: Vec<_> = found
            .iter()
            .map(|problem| match problem {
                PresetProblem::Field(error) => (error.field, error.item, error.kind.clone()),
                other => panic!("{other:?}"),
            })
            .collect();
        let expected = [
            (Field::UniqueId, None, ErrorKind::DroppedBySdk),
            (Field::Tags, Some(1), ErrorKind::TagPattern),
            (Field::Tags, Some(2), ErrorKind::Empty),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn values_with_placeholders_are_checked_later() {
        assert_eq!(problems("a", &[], json!({"tags": ["#{{TEAM}}"], "integrationIds": ["{{id}}"]})), []);
        assert_eq!(problems("a", &[], json!({"tags": ["#{{TEAM}}", "#vip"]})).len(), 1);
    }

    #[test]
    fn size_and_depth_are_limited() {
        assert_eq!(problems("a", &[], json!({"uniqueId": "x".repeat(MAX_VALUES)})), [PresetProblem::TooLarge]);
        let nested = (0..MAX_DEPTH).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(problems("a", &[], json!({"metadata": {"a": nested}})), [PresetProblem::TooDeep]);
    }

    #[test]
    fn a_preset_is_offered_on_its_sites() {
        let of = |sites: &[&str]| {
            let sites: Vec<_> = sites.iter().map(|site| (*site).to_owned()).collect();
            Preset::new("a", &sites, json!({"uniqueId": "a"})).unwrap()
        };
        assert!(of(&[]).is_for(None));
        assert!(of(&["*.acme.com"]).is_for(Some("https://app.acme.com/x")));
        assert!(!of(&["*.acme.com"]).is_for(Some("https://acme.test/")));
        assert!(!of(&["acme.com"]).is_for(None));
    }
}
