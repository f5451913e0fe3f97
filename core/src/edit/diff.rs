//! The line-by-line difference of two values, shown before an edit is sent.

use crate::js_text;
use crate::visitor::page_value::{PageValue, is_original_mark};
use serde_json::Value;

/// The status of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStatus {
    Stays,
    Goes,
    Comes,
}

/// An item of a list, an entry of a map, or a plain value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    pub mark: LineStatus,
    pub text: String,
}

/// A line of one of the values.
#[derive(Clone, PartialEq)]
struct Line {
    /// The key of a map's entry.
    key: Option<String>,
    text: String,
    /// The text shows the value itself. Otherwise it stands for one that JSON lacks or that couldn't be read.
    is_exact: bool,
}

/// Compares `before` and `after`: removed and unchanged lines in the order of `before`, then added lines. `None` has no
/// lines. If only the order differs, all lines are removed and added. What could not be read exactly is unchanged only
/// if `after` keeps it.
pub fn diff(before: Option<&PageValue>, after: Option<&Value>) -> Vec<DiffLine> {
    let before = before.map(lines).unwrap_or_default();
    let after = after.map(|after| lines_of_call(after, &before)).unwrap_or_default();
    let kept = |from: &[Line], among: &[Line]| -> Vec<Line> {
        from.iter().filter(|line| among.contains(line)).cloned().collect()
    };
    let moved = kept(&before, &after) != kept(&after, &before);
    let stays = |line: &Line, among: &[Line]| !moved && among.contains(line);
    let old = before.iter().map(|line| DiffLine {
        mark: if stays(line, &after) { LineStatus::Stays } else { LineStatus::Goes },
        text: line.text.clone(),
    });
    let new = after
        .iter()
        .filter(|line| !stays(line, &before))
        .map(|line| DiffLine { mark: LineStatus::Comes, text: line.text.clone() });
    old.chain(new).collect()
}

/// The lines of a value of a call. A key that the call keeps has the line that it has in `before`.
fn lines_of_call(value: &Value, before: &[Line]) -> Vec<Line> {
    let original = |key: &String, value: &Value| {
        let is_kept = is_original_mark(value);
        before.iter().find(|line| is_kept && line.key.as_ref() == Some(key)).cloned()
    };
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| original(key, value).unwrap_or_else(|| entry(key, &PageValue::decode_plain(value))))
            .collect(),
        other => lines(&PageValue::decode_plain(other)),
    }
}

/// The items of a list, the entries of a map, or else the value; texts unchanged, anything else as JavaScript.
fn lines(value: &PageValue) -> Vec<Line> {
    if let Some(target) = value.proxy_target() {
        return lines(target).into_iter().map(|line| Line { is_exact: false, ..line }).collect();
    }
    match value {
        PageValue::List(items, cut) => items.iter().map(item).chain(rest(*cut).as_ref().map(item)).collect(),
        PageValue::Map(entries, cut) => {
            let rest = rest(*cut).map(|rest| Line { key: None, ..entry("…", &rest) });
            entries.iter().map(|(key, value)| entry(key, value)).chain(rest).collect()
        }
        PageValue::Null => vec![],
        lone => vec![item(lone)],
    }
}

/// Stands for what was cut.
fn rest(cut: u64) -> Option<PageValue> {
    (cut > 0).then(|| PageValue::Opaque(format!("{cut} more")))
}

fn item(value: &PageValue) -> Line {
    Line { key: None, text: plain(&value.to_json()), is_exact: is_exact(value) }
}

fn entry(key: &str, value: &PageValue) -> Line {
    let text = format!("{key}: {}", js_text::value(&value.to_json()));
    Line { key: Some(key.to_owned()), text, is_exact: is_exact(value) }
}

/// Whether the shown JSON is the one that is sent.
fn is_exact(value: &PageValue) -> bool {
    value.to_wire_json() == Some(value.to_json())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => js_text::value(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn diff_of(before: Value, after: Value) -> Vec<(LineStatus, String)> {
        let lines = diff(Some(&PageValue::decode_plain(&before)), Some(&after));
        lines.into_iter().map(|line| (line.mark, line.text)).collect()
    }

    #[test]
    fn items_are_kept_removed_and_added() {
        let expected =
            [(LineStatus::Stays, "#A".into()), (LineStatus::Goes, "#b".into()), (LineStatus::Comes, "#B".into())];
        assert_eq!(diff_of(json!(["#A", "#b"]), json!(["#A", "#B"])), expected);
    }

    #[test]
    fn a_new_order_is_shown_as_a_change() {
        let marks: Vec<_> = diff_of(json!(["a", "b"]), json!(["b", "a"])).into_iter().map(|(mark, _)| mark).collect();
        assert_eq!(marks, [LineStatus::Goes, LineStatus::Goes, LineStatus::Comes, LineStatus::Comes]);
    }

    #[test]
    fn entries_keep_their_types_apart() {
        let expected = [(LineStatus::Goes, "seats: '12'".into()), (LineStatus::Comes, "seats: 12".into())];
        assert_eq!(diff_of(json!({"seats": "12"}), json!({"seats": 12})), expected);
    }

    #[test]
    fn kept_page_values_are_unchanged() {
        let before = PageValue::decode(json!({"plan": {"$": "accessor"}, "seats": 1}));
        let after = json!({"plan": {"$": "keep"}, "seats": 2});
        let lines: Vec<_> = diff(Some(&before), Some(&after)).into_iter().map(|line| (line.mark, line.text)).collect();
        let expected = [
            (LineStatus::Stays, "plan: '\\x3Caccessor>'".to_owned()),
            (LineStatus::Goes, "seats: 1".into()),
            (LineStatus::Comes, "seats: 2".into()),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn text_in_place_of_an_unread_value_is_a_change() {
        let marks = |before: Value, after: Value| -> Vec<_> {
            let lines = diff(Some(&PageValue::decode(before)), Some(&after));
            lines.into_iter().map(|line| line.mark).collect()
        };
        let replaced = [LineStatus::Goes, LineStatus::Comes];
        assert_eq!(marks(json!({"plan": {"$": "accessor"}}), json!({"plan": "<accessor>"})), replaced);
        assert_eq!(marks(json!({"f": {"$": "undefined"}}), json!({"f": "<undefined>"})), replaced);
        assert_eq!(marks(json!([{"$": "bigint"}]), json!(["<bigint>"])), replaced);
        assert_eq!(marks(json!({"$": "text", "v": "Ada", "n": 9}), json!("Ada… <9 characters>")), replaced);
        assert_eq!(marks(json!({"$": "proxy", "v": {"plan": "gold"}}), json!({"plan": "gold"})), replaced);
        let cut = json!({"$": "list", "v": ["#A"], "n": 2});
        assert_eq!(marks(cut, json!(["#A"])), [LineStatus::Stays, LineStatus::Goes], "what was read of it stays");
        let date = json!({"at": {"$": "Date", "v": "2024-03-01T09:00:00.000Z"}});
        assert_eq!(marks(date, json!({"at": "2024-03-01T09:00:00.000Z"})), [LineStatus::Stays]);
    }

    #[test]
    fn kept_values_of_a_proxy_are_unchanged() {
        let before = PageValue::decode(json!({"$": "proxy", "v": {"plan": "gold", "seats": 1}}));
        let lines = diff(Some(&before), Some(&json!({"plan": {"$": "keep"}, "seats": 2})));
        let marks: Vec<_> = lines.into_iter().map(|line| line.mark).collect();
        assert_eq!(marks, [LineStatus::Stays, LineStatus::Goes, LineStatus::Comes]);
    }

    #[test]
    fn an_absent_value_has_no_lines() {
        assert_eq!(diff(None, None), []);
        assert_eq!(diff_of(json!(null), json!("7")), [(LineStatus::Comes, "7".into())]);
    }
}
