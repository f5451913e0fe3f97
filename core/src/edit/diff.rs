//! What changes between two values, line by line, to show before something is sent.

use crate::js_text;
use crate::visitor::page_value::{PageValue, is_kept_mark};
use serde_json::Value;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Stays,
    Goes,
    Comes,
}

/// One item of a list, one entry of a map or one plain value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub mark: Mark,
    pub text: String,
}

/// The lines of `before` and `after`: what goes and what stays in the order of `before`, then what comes. `None` is
/// nothing at all. An order that changes alone shows as all of it going and coming.
pub fn diff(before: Option<&PageValue>, after: Option<&Value>) -> Vec<Line> {
    let shown = before.map(PageValue::to_json).unwrap_or_default();
    let before = lines(&shown);
    let after = after.map(|after| lines(&with_kept(&shown, after))).unwrap_or_default();
    let kept = |from: &[String], among: &[String]| -> Vec<String> {
        from.iter().filter(|text| among.contains(text)).cloned().collect()
    };
    let moved = kept(&before, &after) != kept(&after, &before);
    let stays = |text: &String, among: &[String]| !moved && among.contains(text);
    let old = before
        .iter()
        .map(|text| Line { mark: if stays(text, &after) { Mark::Stays } else { Mark::Goes }, text: text.clone() });
    let new =
        after.iter().filter(|text| !stays(text, &before)).map(|text| Line { mark: Mark::Comes, text: text.clone() });
    old.chain(new).collect()
}

/// `after` with what it keeps of the page's own object as `before` shows it.
fn with_kept(before: &Value, after: &Value) -> Value {
    let Value::Object(map) = after else { return after.clone() };
    let shown = |(key, value): (&String, &Value)| match before.get(key) {
        Some(old) if is_kept_mark(value) => (key.clone(), old.clone()),
        _ => (key.clone(), value.clone()),
    };
    Value::Object(map.iter().map(shown).collect())
}

/// The items of a list, the entries of a map, else the value itself; texts as they are, all else as JavaScript.
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

    fn told(before: Value, after: Value) -> Vec<(Mark, String)> {
        let lines = diff(Some(&PageValue::decode_plain(&before)), Some(&after));
        lines.into_iter().map(|line| (line.mark, line.text)).collect()
    }

    #[test]
    fn items_stay_go_and_come() {
        let expected = [(Mark::Stays, "#A".into()), (Mark::Goes, "#b".into()), (Mark::Comes, "#B".into())];
        assert_eq!(told(json!(["#A", "#b"]), json!(["#A", "#B"])), expected);
    }

    #[test]
    fn a_new_order_is_shown_as_a_change() {
        let marks: Vec<_> = told(json!(["a", "b"]), json!(["b", "a"])).into_iter().map(|(mark, _)| mark).collect();
        assert_eq!(marks, [Mark::Goes, Mark::Goes, Mark::Comes, Mark::Comes]);
    }

    #[test]
    fn entries_keep_their_types_apart() {
        let expected = [(Mark::Goes, "seats: '12'".into()), (Mark::Comes, "seats: 12".into())];
        assert_eq!(told(json!({"seats": "12"}), json!({"seats": 12})), expected);
    }

    #[test]
    fn what_is_kept_of_the_page_stays_as_it_was_shown() {
        let before = PageValue::decode(json!({"plan": {"$": "accessor"}, "seats": 1}));
        let after = json!({"plan": {"$": "keep"}, "seats": 2});
        let lines: Vec<_> = diff(Some(&before), Some(&after)).into_iter().map(|line| (line.mark, line.text)).collect();
        let expected = [
            (Mark::Stays, "plan: '\\x3Caccessor>'".to_owned()),
            (Mark::Goes, "seats: 1".into()),
            (Mark::Comes, "seats: 2".into()),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn nothing_has_no_line() {
        assert_eq!(diff(None, None), []);
        assert_eq!(told(json!(null), json!("7")), [(Mark::Comes, "7".into())]);
    }
}
