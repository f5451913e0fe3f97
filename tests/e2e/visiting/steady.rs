//! What two recordings of one page have in common.

use inspector_core::recording::Timeline;
use inspector_core::recording::history::{DocumentHistory, ValueKey};
use inspector_core::recording::replay::replay;
use regex::Regex;

/// The IDs and times in a history's debug text. They differ at each load.
const VOLATILE: [(&str, &str); 2] =
    [(r"(EntryId \{[^}]*\}|DocId\([^)]*\))", "id"), (r"\b(t|last|shown|origin|task|frame): (Some\()?-?\d+", "$1: _")];

/// The history of the recorded page with this URL.
pub fn history(timeline: &Timeline, url: &str) -> DocumentHistory {
    replay(timeline).documents.into_iter().find(|page| page.url == url).unwrap()
}

/// The whole history of the page with this URL, one fact per line, without IDs, times and the visitor's short ID.
pub fn steady(timeline: &Timeline, url: &str) -> Vec<String> {
    let history = history(timeline, url);
    let mut text = format!("{history:?}");
    for (volatile, placeholder) in VOLATILE {
        text = Regex::new(volatile).unwrap().replace_all(&text, placeholder).into_owned();
    }
    let short_id = history.value_history(ValueKey::ShortId).value().expect("a connected page has a short ID").to_json();
    text.replace(short_id.as_str().unwrap(), "short ID").split(", ").map(str::to_owned).collect()
}
