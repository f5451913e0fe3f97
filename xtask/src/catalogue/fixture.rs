//! Reads the fixtures. `tests/catalogue/README.md` documents them.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};

use crate::sh;

/// The size of the toolbar's popup.
pub const POPUP: (u32, u32) = (420, 580);

/// The minimum width of the inspector's pages.
pub const NARROW: u32 = 320;

/// The version of stored recordings: `VERSION` in `core/src/recording/storage.rs`.
const STORED_VERSION: u32 = 3;

/// The only tab in the catalogue's browser.
const TAB: i64 = 7;

/// The default page of a state: the inspector in a tab, with any width.
const PAGE: &str = "popup.html?tab=7";

/// A state of a view or of a component.
#[derive(Clone, Debug)]
pub struct State {
    /// `<file>/<name>`.
    pub name: String,
    /// The extension's page, with query and hash.
    pub page: String,
    /// The width of its picture.
    pub width: u32,
    /// The responses of `browser.js`.
    pub plays: Value,
    /// The part of the page to show; `None` for all.
    pub part: Option<Part>,
}

/// A component on a page.
#[derive(Clone, Debug)]
pub struct Part {
    /// The page's number. All parts with the same number are on one page.
    pub on: usize,
    /// The component's selector.
    pub only: String,
    /// `hover`, `focus` or `narrow`, if that is its state.
    pub how: Option<String>,
}

impl Part {
    /// Whether the mouse is over it.
    pub fn is_hovered(&self) -> bool {
        self.how.as_deref() == Some("hover")
    }
}

/// All states of all fixtures, in order.
pub fn states(folder: &Path) -> Result<Vec<State>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "json"));
    files.sort();
    let mut states = vec![];
    for file in &files {
        let group = file.file_stem().context("a file has a name")?.to_string_lossy().into_owned();
        read_group(&group, file, &mut states).with_context(|| format!("in {}", file.display()))?;
    }
    Ok(states)
}

fn read_group(group: &str, file: &Path, states: &mut Vec<State>) -> Result<()> {
    let list: Vec<Map<String, Value>> = serde_json::from_str(&fs::read_to_string(file)?)?;
    for (on, mut own) in list.into_iter().enumerate() {
        let parts = own.remove("parts");
        let name = own.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let plays = inherited(own, group, states).and_then(resolved).with_context(|| format!("{group}/{name}"))?;
        let page = plays["page"].as_str().unwrap_or(PAGE).to_owned();
        let width = plays["width"].as_u64().map_or(POPUP.0, |width| width as u32);
        let whole = State { name: format!("{group}/{name}"), page, width, plays, part: None };
        let made = match &parts {
            Some(parts) => parts_of(&whole, group, on, parts).context("parts")?,
            None => vec![whole],
        };
        for state in made {
            ensure!(!state.name.ends_with('/'), "a state without a name");
            ensure!(states.iter().all(|one| one.name != state.name), "{} is there twice", state.name);
            states.push(state);
        }
    }
    Ok(())
}

/// A state for each `[component, state, selector]` of a page, optionally followed by `hover`, `focus` or `narrow`.
fn parts_of(whole: &State, group: &str, on: usize, parts: &Value) -> Result<Vec<State>> {
    let part = |part: &Value| {
        let text = |at: usize| part[at].as_str();
        let (Some(of), Some(name), Some(only)) = (text(0), text(1), text(2)) else { bail!("{part} is no part") };
        let how = text(3).map(str::to_owned);
        let mut state = whole.clone();
        state.name = format!("{group}/{}-{name}", of.replace(['/', '_'], "-"));
        if how.as_deref() == Some("narrow") {
            state.width = NARROW;
        }
        (state.plays["only"], state.plays["how"]) = (json!(only), json!(how));
        state.part = Some(Part { on, only: only.to_owned(), how });
        Ok(state)
    };
    parts.as_array().context("they are a list")?.iter().map(part).collect()
}

/// The state, with the members of the earlier one that it is `like`.
fn inherited(own: Map<String, Value>, group: &str, states: &[State]) -> Result<Map<String, Value>> {
    let Some(like) = own.get("like").and_then(Value::as_str) else { return Ok(own) };
    let like = if like.contains('/') { like.to_owned() } else { format!("{group}/{like}") };
    let base = states.iter().find(|state| state.name == like).with_context(|| format!("no state {like} before it"))?;
    let mut all = base.plays.as_object().cloned().unwrap_or_default();
    for (key, value) in own {
        match (key.as_str(), all.get_mut(&key), value) {
            // Stored values and server responses are merged; any other member is replaced.
            ("session" | "local" | "api", Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
            (_, _, value) => drop(all.insert(key, value)),
        }
    }
    Ok(all)
}

/// Replaces names of reports, recordings and texts with their content.
fn resolved(mut state: Map<String, Value>) -> Result<Value> {
    for key in ["look", "after"] {
        if let Some(Value::Array(frames)) = state.get_mut(key) {
            frames.iter_mut().enumerate().try_for_each(|(at, frame)| resolve_frame(at, frame))?;
        }
    }
    if let Some(recording) = state.remove("recording") {
        let kept = state.entry("session").or_insert_with(|| json!({}));
        kept.as_object_mut().context("session is an object")?.extend(recorded(&recording)?);
    }
    for key in ["session", "local"] {
        if let Some(Value::Object(kept)) = state.get_mut(key) {
            kept.values_mut().for_each(serialize_texts);
        }
    }
    Ok(Value::Object(state))
}

/// `{"text": …}` is the JSON text of its content, as drafts are stored.
fn serialize_texts(value: &mut Value) {
    if let Some(inner) = value.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("text")) {
        *value = Value::String(inner.to_string());
    }
}

/// A frame's raw report: a changed one from `tests/catalogue/raw` or `tests/contract/raw`.
fn resolve_frame(at: usize, frame: &mut Value) -> Result<()> {
    let Some(name) = frame["raw"].as_str() else { return Ok(()) };
    let places = ["catalogue", "contract"].map(|place| sh::root().join(format!("tests/{place}/raw/{name}.json")));
    let file = places.iter().find(|file| file.is_file()).with_context(|| format!("no raw report {name}"))?;
    let mut report: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    for (path, value) in frame["set"].as_object().into_iter().flatten() {
        put(&mut report, path, value)?;
    }
    for path in frame["unset"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        take(&mut report, path)?;
    }
    *frame = json!({ "frame": at, "documentId": report["page"]["document"], "text": report.to_string() });
    Ok(())
}

fn put(report: &mut Value, path: &str, value: &Value) -> Result<()> {
    let (object, key) = member(report, path)?;
    object.insert(key.to_owned(), value.clone());
    Ok(())
}

fn take(report: &mut Value, path: &str) -> Result<()> {
    let (object, key) = member(report, path)?;
    object.remove(key).with_context(|| format!("there is no {path} to unset")).map(drop)
}

fn member<'a, 'p>(report: &'a mut Value, path: &'p str) -> Result<(&'a mut Map<String, Value>, &'p str)> {
    let (parents, key) = path.rsplit_once('.').map_or((None, path), |(parents, key)| (Some(parents), key));
    let mut at = report;
    for parent in parents.into_iter().flat_map(|parents| parents.split('.')) {
        at = at.get_mut(parent).with_context(|| format!("there is no {parent} of {path}"))?;
    }
    Ok((at.as_object_mut().with_context(|| format!("{path} is in no object"))?, key))
}

/// The `storage.session` of a recorded page: `{"replay": name, "times": n, "gone": [from, to]}`.
fn recorded(recording: &Value) -> Result<Map<String, Value>> {
    let name = recording["replay"].as_str().context("a recording names its replay")?;
    let text = fs::read_to_string(sh::root().join(format!("tests/replay/{name}.jsonl")))
        .with_context(|| format!("no replay {name}"))?;
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut head: Value = serde_json::from_str(lines.next().context("an empty replay")?)?;
    let once: Vec<_> = lines.collect();
    let entries: Vec<_> = once.iter().copied().cycle().take(once.len() * times(recording)?).collect();
    (head["first"], head["own"]) = (json!(0), json!(false));
    let gone = gone(recording, entries.len())?;
    let (beginning, rest) = (&entries[..gone.start], &entries[gone.end..]);
    let index = json!({
        "v": STORED_VERSION,
        "to": 1,
        "entries": beginning.len() + rest.len(),
        "dropped": recording["dropped"].as_u64().unwrap_or(gone.len() as u64),
        "chunks": { "0": {} },
    });
    let mut later = head.clone();
    later["first"] = json!(gone.end);
    let chunk = json!([[head.to_string(), beginning], [later.to_string(), rest]]);
    Ok([(format!("recording:{TAB}"), index), (format!("recording:{TAB}:0"), chunk)].into_iter().collect())
}

/// The evicted entries, `"gone": [from, to]`.
fn gone(recording: &Value, all: usize) -> Result<Range<usize>> {
    let Some(gone) = recording.get("gone") else { return Ok(all..all) };
    let [from, to] = [&gone[0], &gone[1]].map(|end| end.as_u64().map(|end| end as usize));
    match (from, to) {
        (Some(from), Some(to)) if from < to && to <= all => Ok(from..to),
        _ => bail!("of {all} entries {gone} are gone"),
    }
}

fn times(recording: &Value) -> Result<usize> {
    match recording["times"].as_u64().unwrap_or(1) {
        times @ 1..=500 => Ok(times as usize),
        other => bail!("a recording {other} times over"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        folder
    }

    #[test]
    fn a_state_has_what_the_one_before_it_has_and_its_own() {
        let text = r#"[{"name": "one", "look": [{"raw": "connected", "set": {"config.tags": []}}], "local": {"a": 1}},
            {"name": "two", "like": "one", "local": {"b": {"text": [1]}}}]"#;
        let folder = folder(&[("a.json", text)]);
        let states = states(folder.path()).unwrap();
        assert_eq!([&*states[0].name, &*states[1].name], ["a/one", "a/two"]);
        assert_eq!(states[1].plays["local"], json!({"a": 1, "b": "[1]"}));
        let report: Value = serde_json::from_str(states[1].plays["look"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!((&report["config"]["tags"], &report["config"]["uniqueId"]), (&json!([]), &json!("cust-1042")));
    }

    #[test]
    fn a_page_has_a_state_for_each_of_its_parts() {
        let text = r#"[{"page": "options.html", "parts": [["seg", "default", ".seg"], ["views/one_row", "touched", ".row", "hover"]]}]"#;
        let states = states(folder(&[("a.json", text)]).path()).unwrap();
        assert_eq!([&*states[0].name, &*states[1].name], ["a/seg-default", "a/views-one-row-touched"]);
        assert_eq!((&states[1].plays["only"], &*states[1].page), (&json!(".row"), "options.html"));
        assert!(states[1].part.as_ref().unwrap().is_hovered() && !states[0].part.as_ref().unwrap().is_hovered());
    }

    #[test]
    fn what_is_not_there_is_named() {
        for (text, names) in [
            (r#"[{"name": "x", "look": [{"raw": "nothing-such"}]}]"#, "nothing-such"),
            (r#"[{"name": "x", "like": "y"}]"#, "a/y"),
            (r#"[{"parts": [["seg", "default"]]}]"#, "is no part"),
            (r#"[{"page": "find.html"}]"#, "without a name"),
            (r#"[{"name": "x", "recording": {"replay": "none-such"}}]"#, "none-such"),
            (r#"[{"name": "x", "look": [{"raw": "connected", "unset": ["config.nope"]}]}]"#, "config.nope"),
        ] {
            let error = format!("{:#}", states(folder(&[("a.json", text)]).path()).unwrap_err());
            assert!(error.contains(names) && error.contains("a.json"), "{error}");
        }
    }

    #[test]
    fn a_recording_stands_as_the_background_keeps_it() {
        let kept = recorded(&json!({"replay": "connected", "times": 2})).unwrap();
        let entries = kept["recording:7:0"][0][1].as_array().unwrap().len();
        assert_eq!(kept["recording:7"]["entries"], json!(entries));
        assert_eq!(kept["recording:7"]["v"], json!(inspector_core::recording::storage::VERSION));
        assert!(entries > 20);
        let kept = recorded(&json!({"replay": "connected", "gone": [4, 9]})).unwrap();
        assert_eq!(kept["recording:7"]["dropped"], json!(5));
        assert_eq!(kept["recording:7:0"][0][1].as_array().unwrap().len(), 4);
        assert!(recorded(&json!({"replay": "connected", "gone": [4, 900]})).is_err());
    }
}
