//! The expectations that a person has saved: a list that is stored and exported as one file.
//!
//! Each one is stored as in its file, so that it stays unchanged.

use super::file::{Expectation, MAX_EXPECTATIONS, SCHEMA};
use super::limited::{MAX_NAME, Name};
use super::read::{self, Format, MAX_FILE, NotExpectations};
use super::text_pattern::{MAX_PATTERNS, with_patterns};
use crate::json_read;
use crate::json_text::{object, pretty};
use crate::named_list::{self, ListChange, ListChangeError, Named};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// An expectation, and its JSON. Only reading creates it, so both agree.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredExpectation {
    expectation: Arc<Expectation>,
    json: Value,
}

impl StoredExpectation {
    pub fn expectation(&self) -> &Expectation {
        &self.expectation
    }

    /// The expectation as text, to edit.
    pub fn text(&self) -> String {
        pretty(&self.json)
    }

    fn new(json: Value) -> Option<Self> {
        let expectation = Arc::new(Expectation::deserialize(&json).ok()?);
        Some(Self { expectation, json })
    }
}

impl Named for StoredExpectation {
    const MAX_NAME: usize = MAX_NAME;

    fn name(&self) -> &str {
        &self.expectation.name
    }

    fn named(&self, name: &str) -> Self {
        let name: String = name.chars().take(MAX_NAME).collect();
        let mut out = self.clone();
        if let Ok(valid) = Name::try_from(name.clone()) {
            Arc::make_mut(&mut out.expectation).name = valid;
            out.json["name"] = name.into();
        }
        out
    }
}

/// Reads all expectations of a file, or none.
///
/// # Errors
/// The first error.
pub fn read_file(text: &str, format: Format) -> Result<Vec<StoredExpectation>, NotExpectations> {
    let expectations = read::read(text, format)?;
    let file: Value = match format {
        Format::Json => json_read::read(text.trim_start_matches('\u{feff}')).unwrap_or_default(),
        Format::Toml => toml::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default(),
    };
    let entries = file["expectations"].as_array().into_iter().flatten();
    let stored = |(expectation, json): (&Expectation, &Value)| StoredExpectation {
        expectation: Arc::new(expectation.clone()),
        json: json.clone(),
    };
    Ok(expectations.into_iter().zip(entries).map(stored).collect())
}

/// Reads the JSON of one expectation.
///
/// # Errors
/// The first error.
pub fn read_one(text: &str) -> Result<StoredExpectation, NotExpectations> {
    let expectation = Arc::new(read::read_expectation(text)?);
    Ok(StoredExpectation { expectation, json: json_read::read(text).unwrap_or_default() })
}

/// Returns all expectations as one text, for a file and for storage.
pub fn write(expectations: &[StoredExpectation]) -> String {
    let expectations = expectations.iter().map(|stored| stored.json.clone()).collect();
    pretty(&object([("schema", SCHEMA.into()), ("expectations", expectations)])) + "\n"
}

/// Reads the stored text, which may have no expectations. `None` if any part can't be read, so that it is not
/// overwritten.
pub fn read_stored(text: &str) -> Option<Vec<StoredExpectation>> {
    let file = json_read::read(text).ok().filter(|file| file["schema"] == SCHEMA)?;
    let entries = file.get("expectations")?.as_array().filter(|entries| entries.len() <= MAX_EXPECTATIONS)?;
    with_patterns(|| entries.iter().cloned().map(StoredExpectation::new).collect())
}

/// Returns the list after a change.
///
/// # Errors
/// If a name is taken or a limit is exceeded.
pub fn changed(
    expectations: Vec<StoredExpectation>,
    change: ListChange<StoredExpectation>,
) -> Result<Vec<StoredExpectation>, ListChangeError> {
    let patterns = |all: &[StoredExpectation]| all.iter().map(|one| one.expectation.patterns_size()).sum::<usize>();
    let fits = |all: &[StoredExpectation]| {
        all.len() <= MAX_EXPECTATIONS && write(all).len() <= MAX_FILE && patterns(all) <= MAX_PATTERNS
    };
    named_list::changed(expectations, change, fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FILE: &str = r##"{"schema": "upscope-inspector/expectations@1", "expectations": [
        {"name": "a", "pages": ["https://acme.test/*"], "expect": {"tags": {"includes": ["#VIP"]}}},
        {"name": "b", "pages": ["https://acme.test/*"], "when": {"within": 2.50}, "expect": {"connected": true}}]}"##;

    fn names(stored: &[StoredExpectation]) -> Vec<&str> {
        stored.iter().map(Named::name).collect()
    }

    #[test]
    fn a_written_list_is_read_unchanged() {
        let read = read_file(FILE, Format::Json).unwrap();
        assert_eq!(names(&read), ["a", "b"]);
        let text = write(&read);
        assert!(text.contains("2.50"), "the digits of the file stay: {text}");
        assert_eq!(read_stored(&text).unwrap(), read);
        assert_eq!(read_file(&text, Format::Json).unwrap(), read);
        assert_eq!(read_stored(&write(&[])).unwrap(), []);
    }

    #[test]
    fn toml_becomes_the_same_json() {
        let text = r##"
            schema = "upscope-inspector/expectations@1"
            [[expectations]]
            name = "a"
            pages = ["https://acme.test/*"]
            expect.tags.includes = ["#VIP"]"##;
        assert_eq!(read_file(text, Format::Toml).unwrap(), read_file(FILE, Format::Json).unwrap()[..1]);
    }

    #[test]
    fn what_another_version_stored_is_not_read() {
        for text in [
            "",
            "[]",
            r#"{"schema": "upscope-inspector/expectations@2", "expectations": []}"#,
            r#"{"schema": "upscope-inspector/expectations@1"}"#,
            r#"{"schema": "upscope-inspector/expectations@1", "expectations": [{"name": "a"}]}"#,
        ] {
            assert_eq!(read_stored(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_with_an_error_is_read_not_at_all() {
        let wrong = read_file(&FILE.replace("connected\": true", "connected\": 1"), Format::Json).unwrap_err();
        assert_eq!(wrong.line, 3);
        let wrong = read_one("{\n\"name\": \"a\",\n\"page\": []}").unwrap_err();
        assert_eq!((wrong.line, wrong.message.contains("page")), (3, true));
    }

    #[test]
    fn an_import_replaces_nothing_and_limits_hold() {
        let read = read_file(FILE, Format::Json).unwrap();
        let twice = changed(read.clone(), ListChange::Import(read.clone())).unwrap();
        assert_eq!(names(&twice), ["a", "b", "a 2", "b 2"]);
        assert_eq!(read_one(&twice[2].text()).unwrap(), twice[2], "the name in the JSON changes too");
        let many: Vec<_> = (0..=MAX_EXPECTATIONS).map(|n| read[0].named(&n.to_string())).collect();
        assert_eq!(changed(vec![], ListChange::Import(many)), Err(ListChangeError::Full));
        let large = json!({"name": "c", "pages": ["https://acme.test/*"], "expect": {"tags": {"equals": "x".repeat(MAX_FILE)}}});
        let large = read_one(&large.to_string()).unwrap();
        assert_eq!(changed(read.clone(), ListChange::Add(large)), Err(ListChangeError::Full));
        let pattern = |name: &str| {
            let matches = "a{5000}";
            let expect = json!({"metadata": {"keys": {"a": {"matches": matches}, "b": {"matches": matches}}}});
            read_one(&json!({"name": name, "pages": ["https://acme.test/*"], "expect": expect}).to_string()).unwrap()
        };
        let mut all = read;
        let refused = (0..MAX_EXPECTATIONS).map(|n| pattern(&format!("p{n}"))).find_map(|one| {
            match changed(all.clone(), ListChange::Add(one)) {
                Ok(more) => {
                    all = more;
                    None
                }
                Err(why) => Some(why),
            }
        });
        assert_eq!(refused, Some(ListChangeError::Full), "{} patterns", 2 * all.len());
        assert_eq!(read_stored(&write(&all)), Some(all), "what fits can be read again");
    }
}
