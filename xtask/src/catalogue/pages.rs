//! The responses of the catalogue's server: the built extension's files, a state's page with the substitute browser
//! before its own script, and the page that lists every state.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::fixture::State;
use super::{POPUP, folder, states};
use crate::build::extension_dir;
use crate::messages;
use crate::site::content::{Answer, file_answer};

/// Answers a GET request. Without `fixed` states, everything is read at each request, so that a reload shows a change.
pub fn answer(path: &str, fixed: Option<&[State]>) -> Answer {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    found(path, fixed).unwrap_or_else(|error| Answer::text(404, &format!("{error:#}")))
}

fn found(path: &str, fixed: Option<&[State]>) -> Result<Answer> {
    anyhow::ensure!(!path.contains(".."), "no such path");
    match path.split('/').collect::<Vec<_>>()[..] {
        ["" | "index.html"] => file(&folder().join("index.html")),
        ["catalogue", name] => file(&folder().join(name)),
        ["states.json"] => Ok(Answer::json(&menu(&states()?)?)),
        ["show", language, group, name, page] => {
            let name = format!("{group}/{name}");
            let read = fixed.map_or_else(|| states().map(Cow::Owned), |fixed| Ok(Cow::Borrowed(fixed)))?;
            let state = read.iter().find(|state| state.name == name);
            staged(page, language, &state.with_context(|| format!("no state {name}"))?.plays)
        }
        // A page in a frame uses its parent's substitute browser.
        [page] if page.ends_with(".html") => staged(page, "en", &Value::Null),
        _ => Ok(file(&extension_dir().join(path))?.with_caching(fixed.is_some())),
    }
}

fn file(path: &Path) -> Result<Answer> {
    file_answer(path).with_context(|| format!("there is no {}", path.display()))
}

/// The names and pages of all states, parts last, and the languages.
fn menu(states: &[State]) -> Result<Value> {
    let languages = messages::languages(&extension_dir().join("_locales"))?;
    let mut states: Vec<_> = states.iter().collect();
    // The fixtures group states by page, the menu by component.
    states.sort_by_key(|state| state.part.as_ref().map(|_| &state.name));
    let states: Vec<_> = states
        .iter()
        .map(|state| json!({ "name": state.name, "page": state.page, "narrow": state.width < POPUP.0 }))
        .collect();
    Ok(json!({ "languages": languages, "states": states }))
}

/// A page of the extension with the substitute browser.
fn staged(page: &str, language: &str, state: &Value) -> Result<Answer> {
    let read = |path: &str| {
        fs::read_to_string(extension_dir().join(path)).with_context(|| format!("there is no {path} in dist/extension"))
    };
    let messages: Value = serde_json::from_str(&read(&format!("_locales/{language}/messages.json"))?)?;
    // `<` could end the script.
    let stage = json!({ "state": state, "messages": messages }).to_string().replace('<', "\\u003c");
    let before = format!(
        "<head>\n<base href=\"/\">\n<script>globalThis.catalogue = {stage};</script>\n<script src=\"catalogue/browser.js\"></script>"
    );
    Ok(Answer::html(read(page)?.replacen("<head>", &before, 1)))
}
