//! Reads single values of the probe's text leniently: a value of another type is `None`.

use crate::visitor::page_value::PageValue;

/// Maximum number of characters of a short text (version, region, IDs).
const MAX_SHOWN: usize = 200;

static NULL: PageValue = PageValue::Null;

pub(super) fn at<'a>(section: &'a PageValue, key: &str) -> &'a PageValue {
    section.get(key).unwrap_or(&NULL)
}

/// Whether these settings have a public key; `None` if that could not be read.
pub(super) fn has_key(settings: &PageValue) -> Option<bool> {
    match settings {
        PageValue::Map(_, cut) => match settings.get("apiKey") {
            Some(PageValue::CutText { .. }) => Some(true),
            Some(key) => key.is_whole().then(|| short(key).is_some_and(|key| !key.is_empty())),
            None => (*cut == 0).then_some(false),
        },
        other => other.is_whole().then_some(false),
    }
}

pub(super) fn short(value: &PageValue) -> Option<String> {
    match value {
        PageValue::Text(text) | PageValue::CutText { start: text, .. } => Some(text.chars().take(MAX_SHOWN).collect()),
        PageValue::Number(n) => Some(n.as_str().to_owned()),
        _ => None,
    }
}

pub(super) fn count(value: &PageValue) -> Option<u64> {
    match value {
        PageValue::Number(n) => n.as_u64(),
        _ => None,
    }
}

pub(super) fn boolean(value: &PageValue) -> Option<bool> {
    match value {
        PageValue::Bool(b) => Some(*b),
        _ => None,
    }
}

/// Whether JavaScript takes a value for true; `None` if it could not be read.
pub(super) fn truth(value: &PageValue) -> Option<bool> {
    value.is_whole().then(|| !value.is_falsy())
}

pub(super) fn is_true(value: &PageValue) -> bool {
    boolean(value) == Some(true)
}

pub(super) fn items(value: &PageValue) -> &[PageValue] {
    match value {
        PageValue::List(items, _) => items,
        _ => &[],
    }
}

/// The lookup code in the text of a page element, which may contain other words.
pub(super) fn four_digits(text: &str) -> Option<String> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.find(|run| run.len() == 4).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_setting_is_on_as_javascript_takes_it() {
        let cases = [
            (json!(true), Some(true)),
            (json!(1), Some(true)),
            (json!("false"), Some(true)),
            (json!({"$": "undefined"}), Some(false)),
            (json!(0), Some(false)),
            (json!({"$": "accessor"}), None),
        ];
        for (value, on) in cases {
            assert_eq!(truth(&PageValue::decode(value.clone())), on, "{value}");
        }
    }

    #[test]
    fn a_public_key_that_could_not_be_read_is_not_missing() {
        let cases = [
            (json!({"apiKey": "K"}), Some(true)),
            (json!({"apiKey": {"$": "text", "v": "K", "n": 9000}}), Some(true)),
            (json!({"apiKey": ""}), Some(false)),
            (json!({"apiKey": {"$": "undefined"}}), Some(false)),
            (json!({}), Some(false)),
            (json!(null), Some(false)),
            (json!({"apiKey": {"$": "accessor"}}), None),
            (json!({"apiKey": {"$": "proxy", "v": "K"}}), None),
            (json!({"$": "accessor"}), None),
        ];
        for (settings, expected) in cases {
            assert_eq!(has_key(&PageValue::decode(settings.clone())), expected, "{settings}");
        }
    }
}
