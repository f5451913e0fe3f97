//! Prepares the messages for shipping. Descriptions for translators are removed, since every download contains all
//! languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::{files, messages};

/// The placeholder for the languages: for their folders in a script, and for their tags in the policy's schema.
const IN_SETTINGS: &str = "/* the folders of _locales: the build puts them here */";
const IN_SCHEMA: &str = "{languages}";

/// Writes the languages to the files that can't list a folder.
pub fn list(extension: &Path) -> Result<()> {
    let languages = messages::languages(&extension.join("_locales"))?;
    let folders: Vec<_> = languages.iter().map(|language| json!(language).to_string()).collect();
    let tags: Vec<_> = languages.iter().map(|language| messages::tag(language)).collect();
    for (file, place, all) in [("settings.js", IN_SETTINGS, folders), ("managed.json", IN_SCHEMA, tags)] {
        let path = extension.join(file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        ensure!(text.matches(place).count() == 1, "{file} must say {place} once");
        fs::write(&path, text.replace(place, &all.join(", ")))?;
    }
    Ok(())
}

/// Rewrites every `messages.json` in `locales`.
pub fn compact(locales: &Path) -> Result<()> {
    for file in files::files(locales)? {
        let path = locales.join(file);
        let text = fs::read_to_string(&path)?;
        fs::write(&path, compacted(&text).with_context(|| path.display().to_string())?)?;
    }
    Ok(())
}

fn compacted(text: &str) -> Result<String> {
    let mut messages: Map<String, Value> = serde_json::from_str(text)?;
    for message in messages.values_mut() {
        let message = message.as_object_mut().context("a message is no object")?;
        message.retain(|part, _| part == "message" || part == "placeholders");
        let placeholders = message.get_mut("placeholders").and_then(Value::as_object_mut);
        for placeholder in placeholders.into_iter().flat_map(Map::values_mut) {
            *placeholder = json!({ "content": placeholder["content"] });
        }
    }
    Ok(serde_json::to_string(&messages)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_does_not_read_is_gone() {
        let text = r#"{
            "left": {
                "message": "noch $N$  ", "description": "Minutes.",
                "placeholders": { "n": { "content": "$1", "example": "7" } }
            }
        }"#;
        let expected = r#"{"left":{"message":"noch $N$  ","placeholders":{"n":{"content":"$1"}}}}"#;
        assert_eq!(compacted(text).unwrap(), expected);
    }

    #[test]
    fn the_languages_are_the_folders() {
        let dir = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| fs::write(dir.path().join(file), text).unwrap();
        for language in ["pt_BR", "en", ".old"] {
            fs::create_dir_all(dir.path().join("_locales").join(language)).unwrap();
        }
        write("settings.js", &format!("const LANGUAGES = [{IN_SETTINGS}];"));
        write("managed.json", "{}");
        assert!(list(dir.path()).unwrap_err().to_string().starts_with("managed.json must say"));
        write("settings.js", &format!("const LANGUAGES = [{IN_SETTINGS}];"));
        write("managed.json", &format!("One of {IN_SCHEMA}."));
        list(dir.path()).unwrap();
        let read = |file: &str| fs::read_to_string(dir.path().join(file)).unwrap();
        assert_eq!(read("settings.js"), r#"const LANGUAGES = ["en", "pt_BR"];"#);
        assert_eq!(read("managed.json"), "One of en, pt-BR.");
    }

    #[test]
    fn every_language_is_compacted() {
        let dir = tempfile::tempdir().unwrap();
        for language in ["de", "ja"] {
            let folder = dir.path().join(language);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("messages.json"), "{ }").unwrap();
        }
        compact(dir.path()).unwrap();
        for language in ["de", "ja"] {
            assert_eq!(fs::read_to_string(dir.path().join(language).join("messages.json")).unwrap(), "{}");
        }
    }
}
