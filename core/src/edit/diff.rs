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

/// Compares `before` and `after`: removed and unchanged lines in the order of `before`, then added lines. `None` has no
/// lines. If only the order differs, all lines are removed and added.
pub fn diff(before: Option<&PageValue>, after: Option<&Value>) -> Vec<DiffLine> {
    let shown = before.map(PageValue::to_json).unwrap_or_default();
    let before = lines(&shown);
    let after = after.map(|after| lines(&with_original(&shown, after))).unwrap_or_default();
    let kept = |from: &[String], among: &[String]| -> Vec<String> {
        from.iter().filter(|text| among.contains(text)).cloned().collect()
    };
    let moved = kept(&before, &after) != kept(&after, &before);
    let stays = |text: &String, among: &[String]| !moved && among.contains(text);
    let old = before.iter().map(|text| DiffLine {
        mark: if stays(text, &after) { LineStatus::Stays } else { LineStatus::Goes },
        text: text.clone(),
    });
    let new = after
        .iter()
        .filter(|text| !stays(text, &before))
        .map(|text| DiffLine { mark: LineStatus::Comes, text: text.clone() });
    old.chain(new).collect()
}

/// Returns `after` with the kept values of the page's object, as `before` shows them.
fn with_original(before: &Value, after: &Value) -> Value {
    let Value::Object(map) = after else { return after.clone() };
    let shown = |(key, value): (&String, &Value)| match before.get(key) {
        Some(old) if is_original_mark(value) => (key.clone(), old.clone()),
        _ => (key.clone(), value.clone()),
    };
    Value::Object(map.iter().map(shown).collect())
}

/// The items of a list, the entries of a map, or else the value; texts unchanged, anything else as JavaScript.
fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| format!("{key}: {}", js_text::value(value))).collect(),
        Value::Null => vec![],
        lone => vec![plain(lone)],
    }
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
    fn an_absent_value_has_no_lines() {
        assert_eq!(diff(None, None), []);
        assert_eq!(diff_of(json!(null), json!("7")), [(LineStatus::Comes, "7".into())]);
    }
}
