//! A value as the page holds it, with what JSON cannot say (`undefined`, a function, a cut string) kept apart.

use super::json_text::object;
use serde_json::{Map, Number, Value};

/// A page-controlled value after it was copied out of the page.
///
/// The probe caps size and depth when copying; what it had to leave out is a variant of its own here, so that
/// a cut value can never be taken for a whole one.
#[derive(Clone, Debug, PartialEq)]
pub enum PageValue {
    Null,
    /// The property exists and is `undefined`; that is not the same as being absent (reference, section 2: an `init`
    /// key set to `undefined` overwrites an account setting).
    Undefined,
    Bool(bool),
    Number(Number),
    Text(String),
    /// A string that was too long to copy: its beginning and its full length in UTF-16 code units.
    CutText {
        start: String,
        length: u64,
    },
    /// A list and the number of further items that were not copied.
    List(Vec<PageValue>, u64),
    /// A plain object and the number of further keys that were not copied.
    Map(Vec<(String, PageValue)>, u64),
    /// Something that is no JSON: `function`, `symbol`, `bigint`, `NaN`, `accessor`, `deep`, `object` …, in the probe's words.
    Opaque(String),
}

/// The JSON type a person would name for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    Null,
    Undefined,
    Bool,
    Number,
    Text,
    List,
    Map,
    Other,
}

impl PageValue {
    /// Reads the probe's encoding: plain JSON, with `{"$": kind, …}` for what JSON lacks and `$` doubled at the
    /// start of the page's own keys. Total: an unknown `$` form is [`PageValue::Opaque`].
    pub fn decode(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(b) => Self::Bool(b),
            Value::Number(n) => Self::Number(n),
            Value::String(s) => Self::Text(s),
            Value::Array(items) => Self::List(items.into_iter().map(Self::decode).collect(), 0),
            Value::Object(map) if map.contains_key("$") => Self::decode_special(map),
            Value::Object(map) => Self::Map(decode_entries(map), 0),
        }
    }

    /// Reads plain JSON of ours, in which `$` means nothing.
    pub fn decode_plain(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::decode_plain).collect(), 0),
            Value::Object(map) => Self::Map(map.iter().map(|(k, v)| (k.clone(), Self::decode_plain(v))).collect(), 0),
            plain => Self::decode(plain.clone()),
        }
    }

    fn decode_special(mut map: Map<String, Value>) -> Self {
        let kind = map.get("$").and_then(Value::as_str).unwrap_or("object").to_owned();
        let count = map.get("n").and_then(Value::as_u64).unwrap_or(0);
        match (kind.as_str(), map.remove("v")) {
            ("undefined", _) => Self::Undefined,
            ("text", Some(Value::String(start))) => Self::CutText { start, length: count },
            ("list", Some(Value::Array(items))) => Self::List(items.into_iter().map(Self::decode).collect(), count),
            ("map", Some(Value::Object(map))) => Self::Map(decode_entries(map), count),
            _ => Self::Opaque(kind),
        }
    }

    /// The value in the probe's encoding; [`PageValue::decode`] reads it back.
    pub fn encode(&self) -> Value {
        let special = |kind: &str, v: Value, n: u64| object([("$", kind.into()), ("v", v), ("n", n.into())]);
        let list = |items: &[Self]| Value::Array(items.iter().map(Self::encode).collect());
        let escape = |key: &String| if key.starts_with('$') { format!("${key}") } else { key.clone() };
        let map = |entries: &[(String, Self)]| {
            Value::Object(entries.iter().map(|(key, value)| (escape(key), value.encode())).collect())
        };
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => self.to_json(),
            Self::Undefined => object([("$", "undefined".into())]),
            Self::CutText { start, length } => special("text", start.as_str().into(), *length),
            Self::List(items, 0) => list(items),
            Self::List(items, cut) => special("list", list(items), *cut),
            Self::Map(entries, 0) => map(entries),
            Self::Map(entries, cut) => special("map", map(entries), *cut),
            Self::Opaque(kind) => object([("$", kind.as_str().into())]),
        }
    }

    /// The type in words a person would use.
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Null => ValueKind::Null,
            Self::Undefined => ValueKind::Undefined,
            Self::Bool(_) => ValueKind::Bool,
            Self::Number(_) => ValueKind::Number,
            Self::Text(_) | Self::CutText { .. } => ValueKind::Text,
            Self::List(..) => ValueKind::List,
            Self::Map(..) => ValueKind::Map,
            Self::Opaque(_) => ValueKind::Other,
        }
    }

    /// The text of a whole string; `None` for anything else, also for a cut one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The own property `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries, _) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// `null` and `undefined`, which the SDK treats as "nothing here".
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Null | Self::Undefined)
    }

    /// What JavaScript counts as false.
    pub fn is_falsy(&self) -> bool {
        match self {
            Self::Null | Self::Undefined | Self::Bool(false) => true,
            Self::Number(n) => is_zero(n),
            Self::Text(text) => text.is_empty(),
            Self::Opaque(kind) => kind == "NaN",
            _ => false,
        }
    }

    /// The value as plain JSON for showing and for reports. What JSON lacks becomes a short text in angle brackets;
    /// so this is for reading and never for sending.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Undefined => Value::String("<undefined>".into()),
            Self::Bool(b) => Value::Bool(*b),
            Self::Number(n) => Value::Number(n.clone()),
            Self::Text(text) => Value::String(text.clone()),
            Self::CutText { start, length } => Value::String(format!("{start}… <{length} characters>")),
            Self::List(items, cut) => {
                let mut items: Vec<_> = items.iter().map(Self::to_json).collect();
                if *cut > 0 {
                    items.push(Value::String(format!("<{cut} more>")));
                }
                Value::Array(items)
            }
            Self::Map(entries, cut) => {
                let mut map: Map<_, _> = entries.iter().map(|(k, v)| (k.clone(), v.to_json())).collect();
                if *cut > 0 {
                    map.insert("…".into(), Value::String(format!("<{cut} more>")));
                }
                Value::Object(map)
            }
            Self::Opaque(kind) => Value::String(format!("<{kind}>")),
        }
    }

    /// The value as plain JSON, or `None` when any part of it is something JSON cannot hold or was cut.
    pub fn to_exact_json(&self) -> Option<Value> {
        match self {
            Self::Undefined | Self::CutText { .. } | Self::Opaque(_) => None,
            Self::List(_, cut) | Self::Map(_, cut) if *cut > 0 => None,
            Self::List(items, _) => items.iter().map(Self::to_exact_json).collect::<Option<_>>().map(Value::Array),
            Self::Map(entries, _) => {
                let pairs = entries.iter().map(|(k, v)| Some((k.clone(), v.to_exact_json()?)));
                pairs.collect::<Option<_>>().map(Value::Object)
            }
            whole => Some(whole.to_json()),
        }
    }
}

/// Whether a number is zero, told from its text.
pub fn is_zero(number: &Number) -> bool {
    number.as_str().bytes().take_while(|b| !b.eq_ignore_ascii_case(&b'e')).all(|b| !(b'1'..=b'9').contains(&b))
}

/// Whether a number is whole and beyond those that JavaScript counts exactly, so that other digits may have been meant.
pub fn loses_digits(number: &Number) -> bool {
    const LAST_EXACT: &str = "9007199254740991";
    let text = number.as_str().trim_start_matches('-');
    match text.find(['.', 'e', 'E']) {
        // JavaScript writes an exponent from 1e21 on.
        Some(at) => text[at..].contains("e+") || text[at..].contains("E+"),
        None => text.len() > LAST_EXACT.len() || (text.len() == LAST_EXACT.len() && text > LAST_EXACT),
    }
}

/// The probe never writes a single `$` before a key of the page's, so a key that has one gets no second chance: it could
/// stand for the same name as another.
fn decode_entries(map: Map<String, Value>) -> Vec<(String, PageValue)> {
    let unescape = |key: String| match key.strip_prefix('$') {
        Some(rest) if rest.starts_with('$') => Some(rest.to_owned()),
        Some(_) => None,
        None => Some(key),
    };
    map.into_iter().filter_map(|(key, value)| Some((unescape(key)?, PageValue::decode(value)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_json_lacks_is_kept_apart() {
        assert_eq!(PageValue::decode(json!({"$": "undefined"})), PageValue::Undefined);
        assert_eq!(PageValue::decode(json!({"$": "function"})), PageValue::Opaque("function".into()));
        let cut = PageValue::decode(json!({"$": "text", "v": "aaa", "n": 5_000_000}));
        assert_eq!(cut, PageValue::CutText { start: "aaa".into(), length: 5_000_000 });
        assert_eq!(PageValue::decode(json!({"$": "list", "v": [1], "n": 99})).to_json(), json!([1, "<99 more>"]));
        assert_eq!(PageValue::decode(json!({"$": 7})), PageValue::Opaque("object".into()));
    }

    #[test]
    fn a_pages_own_dollar_key_is_no_mark() {
        let value = PageValue::decode(json!({"$$": "undefined", "$$ref": 1, "$ref": 2}));
        assert_eq!(value.to_json(), json!({"$": "undefined", "$ref": 1}));
    }

    #[test]
    fn what_is_encoded_is_decoded_to_the_same() {
        for encoded in [
            json!({"$": "undefined"}),
            json!({"$": "text", "v": "a", "n": 9}),
            json!({"$": "map", "v": {"$$": 1, "a": [null, {"$": "NaN"}]}, "n": 2}),
            json!([{"$": "list", "v": [true], "n": 1}, {}]),
        ] {
            assert_eq!(PageValue::decode(encoded.clone()).encode(), encoded);
        }
    }

    #[test]
    fn what_javascript_counts_as_false() {
        for falsy in [json!(null), json!(false), json!(0), json!(-0.0), json!(""), json!({"$": "NaN"})] {
            assert!(PageValue::decode(falsy.clone()).is_falsy(), "{falsy}");
        }
        for truthy in [json!(true), json!(10), json!(0.5), json!("0"), json!([]), json!({}), json!({"$": "function"})] {
            assert!(!PageValue::decode(truthy.clone()).is_falsy(), "{truthy}");
        }
    }

    #[test]
    fn only_whole_values_have_exact_json() {
        let whole = json!({"a": [1, null, "x", {"b": true}]});
        assert_eq!(PageValue::decode(whole.clone()).to_exact_json(), Some(whole));
        for lacking in [json!({"$": "NaN"}), json!({"$": "list", "v": [], "n": 1}), json!({"a": {"$": "undefined"}})] {
            assert_eq!(PageValue::decode(lacking).to_exact_json(), None);
        }
    }
}
