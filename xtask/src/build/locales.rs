//! The messages as they are shipped: without what only translators read, since every language is in everybody's
//! download.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

/// Rewrites every `messages.json` below `locales` in place.
pub fn compact(locales: &Path) -> Result<()> {
    for file in super::files(locales)? {
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
