//! The file of steps: what a visitor does before the pages are visited, such as logging in.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use inspector_core::expectations::{List, Name, PagePattern, Seconds};
use serde::Deserialize;

use crate::secrets::Secrets;

/// The schema's name and version.
pub const SCHEMA: &str = "upscope-inspector/steps@1";

/// A file of steps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The URL of a JSON Schema, for editors. Not used.
    #[serde(rename = "$schema", default)]
    _editor_schema: Option<String>,
    #[serde(rename = "schema")]
    _schema: SchemaName,
    pub steps: List<Step>,
}

/// The text [`SCHEMA`].
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct SchemaName;

impl TryFrom<String> for SchemaName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == SCHEMA { Ok(Self) } else { Err(format!("expected the schema `{SCHEMA}`")) }
    }
}

/// One step.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Step {
    /// Loads a URL, or a path of the site of the first URL.
    Goto(Name),
    /// Replaces the text of a field.
    Fill(Fill),
    /// Clicks the first element of a CSS selector.
    Click(Name),
    Wait(Wait),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// A CSS selector.
    pub field: Name,
    pub with: Name,
}

/// Waits until all of these conditions are true.
#[derive(Debug, Deserialize)]
#[serde(try_from = "WaitKeys")]
pub struct Wait {
    pub conditions: WaitKeys,
}

/// The keys of a wait.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitKeys {
    /// An element of this CSS selector is visible.
    #[serde(rename = "for", default)]
    pub element: Option<Name>,
    /// The SDK is connected.
    #[serde(default)]
    pub handshake: bool,
    /// The page shows a URL of this pattern.
    #[serde(default)]
    pub url: Option<PagePattern>,
    /// The time limit, if it differs from the command's.
    #[serde(default)]
    pub within: Option<Seconds>,
}

impl TryFrom<WaitKeys> for Wait {
    type Error = String;

    fn try_from(conditions: WaitKeys) -> Result<Self, String> {
        if conditions.element.is_none() && conditions.url.is_none() && !conditions.handshake {
            return Err(
                "expected `for`, `handshake` or `url`, because a time alone does not tell what is awaited".to_owned()
            );
        }
        Ok(Self { conditions })
    }
}

impl Step {
    /// The description of the step, with its placeholders.
    pub fn describe(&self) -> String {
        match self {
            Self::Goto(url) => format!("goto {}", &**url),
            Self::Fill(fill) => format!("fill {}", &*fill.field),
            Self::Click(selector) => format!("click {}", &**selector),
            Self::Wait(wait) => {
                let WaitKeys { element, handshake, url, .. } = &wait.conditions;
                let parts = [
                    element.as_ref().map(|selector| format!("for {}", &**selector)),
                    handshake.then(|| "for the handshake".to_owned()),
                    url.as_ref().map(|url| format!("for {}", url.as_str())),
                ];
                format!("wait {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The text that may contain placeholders, with them filled in.
    pub fn fill(&self, secrets: &mut Secrets) -> Result<String> {
        match self {
            Self::Goto(text) | Self::Fill(Fill { with: text, .. }) => secrets.resolve(text),
            Self::Click(_) | Self::Wait(_) => Ok(String::new()),
        }
    }
}

/// Reads a file of steps.
///
/// # Errors
/// The first error, with its line and column.
pub fn read(path: &Path) -> Result<Steps> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    read_text(&text).with_context(|| path.display().to_string())
}

fn read_text(text: &str) -> Result<Steps> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(steps: &str) -> Result<Steps> {
        read_text(&format!("{{\"schema\": \"{SCHEMA}\",\n\"steps\": [{steps}]}}"))
    }

    #[test]
    fn every_step_is_read() {
        let all = steps(
            r##"{"goto": "/login"}, {"fill": {"field": "#name", "with": "${ENV:NAME}"}}, {"click": "button"},
                {"wait": {"for": "#who", "url": "https://acme.test/*", "handshake": true, "within": 5}}"##,
        );
        let described: Vec<_> = all.unwrap().steps.iter().map(Step::describe).collect();
        let expected =
            ["goto /login", "fill #name", "click button", "wait for #who, for the handshake, for https://acme.test/*"];
        assert_eq!(described, expected);
    }

    #[test]
    fn errors_have_their_place() {
        for (wrong, said) in [
            (
                r#"{"press": "a"}"#,
                "unknown variant `press`, expected one of `goto`, `fill`, `click`, `wait` at line 2 column",
            ),
            (r#"{"wait": {"within": 5}}"#, "expected `for`, `handshake` or `url`"),
            (r#"{"wait": {"milliseconds": 5}}"#, "unknown field `milliseconds`"),
            (r#"{"wait": {"for": "a", "within": 5000}}"#, "expected 0 to 3600 seconds"),
            (r#"{"wait": {"url": "acme.test"}}"#, "expected a pattern"),
            (r#"{"click": ""}"#, "expected a text of 1 to 500 characters"),
            ("", "expected 1 to 100 items"),
        ] {
            let error = steps(wrong).unwrap_err().to_string();
            assert!(error.contains(said) && error.contains("line 2"), "{wrong}: {error}");
        }
        assert!(read_text(r#"{"schema": "x", "steps": []}"#).is_err());
    }

    #[test]
    fn the_schema_and_the_reader_agree() {
        let schema = serde_json::from_str(include_str!("../../../docs/steps.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for step in [
            r#"{"goto": "/login"}"#,
            r#"{"goto": ""}"#,
            r#"{"goto": "a", "click": "b"}"#,
            r##"{"fill": {"field": "#a", "with": "b"}}"##,
            r##"{"fill": {"field": "#a"}}"##,
            r##"{"fill": {"field": "#a", "with": "b", "then": "c"}}"##,
            r#"{"click": "a"}"#,
            r#"{"click": 7}"#,
            r#"{"wait": {"for": "a"}}"#,
            r#"{"wait": {"url": "https://acme.test/*", "within": 1.5}}"#,
            r#"{"wait": {"handshake": true}}"#,
            r#"{"wait": {"handshake": false}}"#,
            r#"{"wait": {"handshake": false, "for": "a"}}"#,
            r#"{"wait": {"within": 5}}"#,
            r#"{"wait": {"milliseconds": 5}}"#,
            r#"{"wait": {"for": "a", "within": -1}}"#,
            r#"{"wait": {}}"#,
            r#"{}"#,
        ] {
            let file = format!(r#"{{"$schema": "x", "schema": "{SCHEMA}", "steps": [{step}]}}"#);
            let is_valid = validator.is_valid(&serde_json::from_str(&file).unwrap());
            assert_eq!(is_valid, read_text(&file).is_ok(), "{step}");
        }
    }

    #[test]
    fn the_documented_steps_are_read() {
        let text = include_str!("../../../docs/visiting.md");
        let example = text.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
        assert_eq!(read_text(example).unwrap().steps.len(), 5);
    }
}
