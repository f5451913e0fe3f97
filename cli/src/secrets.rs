//! Secrets of steps: values from the environment, which no output, error or recording has.

use std::env;

use anyhow::{Context, Result, bail};
use inspector_core::recording::Timeline;
use inspector_core::recording::file;
use inspector_core::visitor::page_value::PageValue;
use serde_json::Value;

use crate::recording;

const OPEN: &str = "${ENV:";
const CLOSE: &str = "}";

/// How many levels of a recording's file have keys of its schema: the file, its documents, their entries. Each object in a list
/// is two levels deeper.
const SCHEMA_LEVELS: usize = 5;

/// The secrets that were used, in every form in which a page may repeat them.
#[derive(Debug, Default)]
pub struct Secrets {
    /// Each form with what stands in its place. The longest first, because one may contain another.
    forms: Vec<(String, String)>,
}

impl Secrets {
    /// The text with each `${ENV:NAME}` replaced by the value of that variable.
    ///
    /// # Errors
    /// If a variable is not set or empty, or a placeholder has no end.
    pub fn resolve(&mut self, text: &str) -> Result<String> {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (name, after) = after.split_once(CLOSE).with_context(|| format!("`{OPEN}` has no `{CLOSE}`"))?;
            out.push_str(before);
            match env::var(name) {
                Ok(value) if !value.is_empty() => {
                    self.add(&value, name);
                    out.push_str(&value);
                }
                _ => bail!("the environment variable {name} is not set"),
            }
            rest = after;
        }
        Ok(out + rest)
    }

    fn add(&mut self, value: &str, name: &str) {
        let placeholder = format!("{OPEN}{name}{CLOSE}");
        let json = Value::from(value).to_string();
        let percent = percent_encoded(value);
        let forms = [value.to_owned(), json[1..json.len() - 1].to_owned(), percent.replace("%20", "+"), percent];
        self.forms.extend(forms.map(|form| (form, placeholder.clone())));
        self.forms.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        self.forms.dedup();
    }

    /// The text without secrets.
    pub fn hide(&self, text: &str) -> String {
        self.forms.iter().fold(text.to_owned(), |text, (form, placeholder)| text.replace(form, placeholder))
    }

    /// The value without secrets.
    pub fn hide_value(&self, value: &PageValue) -> PageValue {
        PageValue::decode(self.hide_json(value.encode(), 0))
    }

    /// The recording without secrets; `None` if it has none.
    ///
    /// # Errors
    /// If it can't be read without them. It must not be written then.
    pub fn hide_recording(&self, timeline: &Timeline, at: i64) -> Result<Option<Timeline>> {
        let text = file::write(timeline, at, false);
        // Forms may stand in the file with more escapes than here, so the texts are compared and not the file.
        let whole: Value = serde_json::from_str(&text)?;
        let hidden = self.hide_json(whole.clone(), SCHEMA_LEVELS);
        if hidden == whole {
            return Ok(None);
        }
        Ok(Some(recording::read_text(&hidden.to_string()).context("hiding secrets in the recording")?.timeline))
    }

    fn hide_json(&self, value: Value, schema_levels: usize) -> Value {
        let below = schema_levels.saturating_sub(1);
        match value {
            Value::String(text) => Value::String(self.hide(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.hide_json(item, below)).collect(),
            Value::Object(entries) => {
                let key = |key: String| if schema_levels > 0 { key } else { self.hide(&key) };
                entries.into_iter().map(|(name, value)| (key(name), self.hide_json(value, below))).collect()
            }
            other => other,
        }
    }
}

/// As `encodeURIComponent` writes it.
fn percent_encoded(text: &str) -> String {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    text.bytes().map(|byte| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::recording::fixture::Tab;
    use serde_json::json;

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.add("p\"w ü", "PASSWORD");
        secrets.add("ada", "NAME");
        secrets
    }

    #[test]
    fn each_form_of_a_secret_is_hidden() {
        for (text, hidden) in [
            ("ada, p\"w ü", "${ENV:NAME}, ${ENV:PASSWORD}"),
            (r#"{"a":"p\"w ü"}"#, r#"{"a":"${ENV:PASSWORD}"}"#),
            ("/?q=p%22w%20%C3%BC", "/?q=${ENV:PASSWORD}"),
            ("/?q=p%22w+%C3%BC", "/?q=${ENV:PASSWORD}"),
            ("p\"w", "p\"w"),
        ] {
            assert_eq!(secrets().hide(text), hidden);
        }
    }

    #[test]
    fn placeholders_are_filled_from_the_environment() {
        let mut secrets = Secrets::default();
        let path = env::var("PATH").unwrap();
        assert_eq!(secrets.resolve("a ${ENV:PATH} $b").unwrap(), format!("a {path} $b"));
        assert_eq!(secrets.hide(&format!("x{path}")), "x${ENV:PATH}");
        let error = secrets.resolve("${ENV:NOT_THERE_AT_ALL}").unwrap_err().to_string();
        assert_eq!(error, "the environment variable NOT_THERE_AT_ALL is not set");
        assert!(secrets.resolve("${ENV:PATH").is_err());
    }

    #[test]
    fn a_recording_keeps_its_form_and_no_secret() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "metadata": {"ada": {"call": "p\"w ü"}}}));
        tab.page("https://acme.test/?name=ada");
        assert!(Secrets::default().hide_recording(&tab.timeline, 5).unwrap().is_none());
        let hidden = secrets().hide_recording(&tab.timeline, 5).unwrap().unwrap();
        let text = file::write_masked(&hidden, 5);
        assert!(!text.contains("ada") && !text.contains(r#"p\"w"#), "{text}");
        assert!(text.contains("name=${ENV:NAME}") && hidden.len() == tab.timeline.len(), "{text}");
        let kinds = |timeline: &Timeline| -> Vec<_> {
            timeline.ordered().into_iter().map(|(_, entry)| entry.what.kind()).collect()
        };
        assert_eq!(kinds(&hidden), kinds(&tab.timeline));
    }
}
