//! A value of the page, with variants for what JSON can't represent (`undefined`, a function, a cut string).

use crate::json::{Json, Member, member, take};
use crate::json_text::object;
use serde_json::{Map, Number, Value};
use std::borrow::Cow;

mod agreement;

/// A page-controlled value, copied from the page.
///
/// The probe limits size and depth when it copies, and runs no code of the page. Omitted content has separate variants,
/// so that a cut or unread value never passes for a complete one ([`PageValue::is_whole`]).
#[derive(Clone, Debug, PartialEq)]
pub enum PageValue {
    Null,
    /// The property exists and is `undefined`, which differs from being absent: an `init` key set to `undefined`
    /// overwrites an account setting (docs/sdk-reference.md#configuration).
    Undefined,
    Bool(bool),
    Number(Number),
    Text(String),
    /// A cut string: its beginning and its full length in UTF-16 code units. Also a string with half of a surrogate
    /// pair.
    CutText {
        start: String,
        length: u64,
    },
    /// A list and the number of further items that were not copied.
    List(Vec<PageValue>, u64),
    /// A plain object and the number of further keys that were not copied.
    Map(Vec<(String, PageValue)>, u64),
    /// An object of this class with its JSON text, such as a `Date`.
    Converted {
        class: String,
        text: String,
    },
    /// The target of a proxy. The page's code may return other values.
    Proxied(Box<PageValue>),
    /// A value that isn't JSON (`function`, `symbol`, `NaN`) or could not be read (`bigint`, `accessor`, `deep`,
    /// `toJSON`, `Map` …), by the probe's name.
    Opaque(String),
    /// Only in the inspector's calls: the page's value of this key, passed on unchanged.
    Original,
}

/// The kind of [`PageValue::Original`] in the probe's encoding.
pub const KEEP: &str = "keep";

/// The mark of [`PageValue::Original`] in the argument of a call, which the probe replaces by the page's value.
pub fn original_mark() -> Value {
    object([("$", KEEP.into())])
}

/// Whether `value` is that mark.
pub fn is_original_mark(value: &Value) -> bool {
    value.as_object().is_some_and(|map| map.len() == 1 && map.get("$").is_some_and(|kind| kind == KEEP))
}

/// The JSON type of a value, as shown to people.
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

impl ValueKind {
    /// See [`PageValue::is_nothing`].
    pub fn is_nothing(self) -> bool {
        matches!(self, Self::Null | Self::Undefined)
    }
}

impl PageValue {
    /// Reads the probe's encoding: plain JSON, with `{"$": kind, …}` for what JSON lacks and `$` doubled at the
    /// start of the page's own keys. Total: an unknown `$` form is [`PageValue::Opaque`].
    pub fn decode<'a>(json: impl Into<Json<'a>>) -> Self {
        Self::from_json(json.into())
    }

    fn from_json(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(b) => Self::Bool(b),
            // Undocumented, and the only constructor that does not use `serde_json`'s parser.
            Json::Number(number) => Self::Number(Number::from_string_unchecked(number.into_owned())),
            Json::Text(text) => Self::Text(text.into_owned()),
            Json::List(items) => Self::List(from_items(items), 0),
            Json::Map(members) if member(&members, "$").is_some() => Self::decode_special(members),
            Json::Map(members) => Self::Map(from_members(members), 0),
        }
    }

    /// Reads plain JSON of the extension, in which `$` is special only in [`original_mark`].
    pub fn decode_plain(value: &Value) -> Self {
        match value {
            mark if is_original_mark(mark) => Self::Original,
            Value::Array(items) => Self::List(items.iter().map(Self::decode_plain).collect(), 0),
            Value::Object(map) => Self::Map(map.iter().map(|(k, v)| (k.clone(), Self::decode_plain(v))).collect(), 0),
            plain => Self::decode(plain.clone()),
        }
    }

    fn decode_special(mut members: Vec<Member>) -> Self {
        let count = member(&members, "n").and_then(Json::as_u64).unwrap_or(0);
        let value = take(&mut members, "v");
        let kind = member(&members, "$").and_then(Json::as_str).unwrap_or("object");
        match (kind, value) {
            ("undefined", _) => Self::Undefined,
            ("text", Some(Json::Text(start))) => Self::CutText { start: start.into_owned(), length: count },
            ("list", Some(Json::List(items))) => Self::List(from_items(items), count),
            ("map", Some(Json::Map(members))) => Self::Map(from_members(members), count),
            ("Date", Some(Json::Text(text))) => Self::Converted { class: kind.to_owned(), text: text.into_owned() },
            (KEEP, _) => Self::Original,
            ("proxy", Some(seen)) => Self::Proxied(Box::new(Self::from_json(seen))),
            _ => Self::Opaque(kind.to_owned()),
        }
    }

    /// A value that exceeds what the probe copies.
    pub fn uncopied() -> Self {
        Self::Opaque(UNCOPIED.to_owned())
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
            Self::Converted { class, text } => object([("$", class.as_str().into()), ("v", text.as_str().into())]),
            Self::Proxied(seen) => object([("$", "proxy".into()), ("v", seen.encode())]),
            Self::Opaque(kind) => object([("$", kind.as_str().into())]),
            Self::Original => original_mark(),
        }
    }

    /// The type, as shown to people.
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Null => ValueKind::Null,
            Self::Undefined => ValueKind::Undefined,
            Self::Bool(_) => ValueKind::Bool,
            Self::Number(_) => ValueKind::Number,
            Self::Text(_) | Self::CutText { .. } | Self::Converted { .. } => ValueKind::Text,
            Self::List(..) => ValueKind::List,
            Self::Map(..) => ValueKind::Map,
            Self::Proxied(seen) => seen.kind(),
            Self::Opaque(_) | Self::Original => ValueKind::Other,
        }
    }

    /// The text of a complete string; `None` for anything else, including a cut one.
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

    /// Whether the value is complete: nothing was cut, and nothing depends on code of the page.
    pub fn is_whole(&self) -> bool {
        match self {
            Self::CutText { .. } | Self::Proxied(_) | Self::Original => false,
            Self::List(items, cut) => *cut == 0 && items.iter().all(Self::is_whole),
            Self::Map(entries, cut) => *cut == 0 && entries.iter().all(|(_, value)| value.is_whole()),
            Self::Opaque(kind) => NOT_JSON.contains(&kind.as_str()),
            _ => true,
        }
    }

    /// Whether `test` is true of the value or any value in it.
    pub fn any(&self, test: fn(&Self) -> bool) -> bool {
        test(self)
            || match self {
                Self::List(items, _) => items.iter().any(|item| item.any(test)),
                Self::Map(entries, _) => entries.iter().any(|(_, value)| value.any(test)),
                Self::Proxied(seen) => seen.any(test),
                _ => false,
            }
    }

    /// Whether it is a whole text with half of a surrogate pair, which the copy replaced.
    pub fn has_lone_surrogate(&self) -> bool {
        matches!(self, Self::CutText { start, length } if start.encode_utf16().count() as u64 == *length)
    }

    /// The target of a JavaScript proxy, if any of its content was read. The page's code may return other values.
    pub fn proxy_target(&self) -> Option<&Self> {
        match self {
            Self::Proxied(target) if target.has_parts() => Some(target),
            _ => None,
        }
    }

    /// Whether the value itself was cut.
    pub fn is_cut(&self) -> bool {
        match self {
            Self::CutText { .. } => !self.has_lone_surrogate(),
            Self::List(_, cut) | Self::Map(_, cut) => *cut > 0,
            Self::Opaque(kind) => kind == UNCOPIED,
            _ => false,
        }
    }

    /// Whether only code of the page, or of the browser on its behalf, could return the value.
    pub fn needs_page_code(&self) -> bool {
        match self {
            Self::Proxied(_) | Self::Original => true,
            Self::Opaque(_) => !self.is_cut() && !self.is_whole(),
            _ => false,
        }
    }

    /// Whether it is `null` or `undefined`, which the SDK treats as absent.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Null | Self::Undefined)
    }

    /// Whether JavaScript treats the value as false.
    pub fn is_falsy(&self) -> bool {
        match self {
            Self::Null | Self::Undefined | Self::Bool(false) => true,
            Self::Number(n) => is_zero(n),
            Self::Text(text) => text.is_empty(),
            Self::Opaque(kind) => kind == "NaN",
            _ => false,
        }
    }

    /// The value as plain JSON for display and reports. What JSON can't represent becomes a short text in angle
    /// brackets, so the result must not be sent.
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
            Self::Converted { text, .. } => Value::String(text.clone()),
            Self::Proxied(seen) if seen.has_parts() => seen.to_json(),
            Self::Proxied(_) => Value::String("<proxy>".into()),
            Self::Opaque(kind) => Value::String(format!("<{kind}>")),
            Self::Original => original_mark(),
        }
    }

    /// Whether it wasn't read as a whole, and no part that was read shows that a call with it passes a value.
    pub fn may_be_nothing(&self) -> bool {
        !self.is_whole() && !self.is_something()
    }

    /// Whether a call with the value certainly passes a value. The page's code, which didn't run, may return nothing.
    pub fn is_something(&self) -> bool {
        match self {
            Self::Bool(_) | Self::Number(_) | Self::Converted { .. } => true,
            Self::Text(text) => !text.is_empty(),
            Self::CutText { length, .. } => *length > 0,
            Self::List(items, _) => items.iter().any(Self::is_something),
            Self::Map(entries, _) => entries.iter().any(|(_, value)| value.is_in_json()),
            Self::Null | Self::Undefined | Self::Proxied(_) | Self::Opaque(_) | Self::Original => false,
        }
    }

    /// Whether JSON certainly has a key with this value.
    fn is_in_json(&self) -> bool {
        !matches!(self, Self::Undefined | Self::Proxied(_) | Self::Opaque(_) | Self::Original)
    }

    /// Whether it is a list or an object that isn't empty.
    pub fn has_parts(&self) -> bool {
        match self {
            Self::List(items, cut) => !items.is_empty() || *cut > 0,
            Self::Map(entries, cut) => !entries.is_empty() || *cut > 0,
            _ => false,
        }
    }

    /// The JSON that the SDK sends, as by `JSON.stringify`: what JSON can't represent is omitted from an object and
    /// `null` in a list. `None` if any part could not be read, or nothing remains.
    pub fn to_wire_json(&self) -> Option<Value> {
        if !self.is_whole() {
            return None;
        }
        match self {
            Self::Undefined => None,
            Self::Opaque(kind) => (kind == "NaN").then_some(Value::Null),
            Self::List(items, _) => Some(items.iter().map(|item| item.to_wire_json().unwrap_or_default()).collect()),
            Self::Map(entries, _) => {
                let pairs = entries.iter().filter_map(|(key, value)| Some((key.clone(), value.to_wire_json()?)));
                Some(Value::Object(pairs.collect()))
            }
            plain => Some(plain.to_json()),
        }
    }

    /// The value as plain JSON; `None` if JSON can't represent any part of it, or a part was cut or converted.
    pub fn to_exact_json(&self) -> Option<Value> {
        match self {
            Self::Undefined
            | Self::CutText { .. }
            | Self::Converted { .. }
            | Self::Proxied(_)
            | Self::Opaque(_)
            | Self::Original => None,
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

/// The kind of [`PageValue::Opaque`] for what exceeds the limits of the copy: its depth, or the number of waiting
/// calls.
const UNCOPIED: &str = "deep";

/// The kinds of [`PageValue::Opaque`] that are complete values, although JSON can't represent them.
const NOT_JSON: [&str; 3] = ["function", "symbol", "NaN"];

/// Whether a number is zero, by its text.
pub fn is_zero(number: &Number) -> bool {
    number.as_str().bytes().take_while(|b| !b.eq_ignore_ascii_case(&b'e')).all(|b| !(b'1'..=b'9').contains(&b))
}

/// `4.37157E+14`: a long number that a spreadsheet or JavaScript wrote with an exponent.
pub fn is_shortened_number(text: &str) -> bool {
    let parts = text.split_once("E+").or_else(|| text.split_once("e+"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    parts.is_some_and(|(digits, exponent)| {
        let (first, rest) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_long = exponent.parse::<u32>().is_ok_and(|exponent| exponent >= 9);
        first.len() == 1 && is_number(first) && is_number(rest) && is_number(exponent) && is_long
    })
}

fn from_items(items: Vec<Json>) -> Vec<PageValue> {
    items.into_iter().map(PageValue::from_json).collect()
}

/// The probe never writes a single `$` before a page's key, so such keys are dropped: one could duplicate another key.
fn from_members(members: Vec<Member>) -> Vec<(String, PageValue)> {
    let unescape = |key: Cow<str>| match key.strip_prefix('$') {
        Some(rest) if rest.starts_with('$') => Some(rest.to_owned()),
        Some(_) => None,
        None => Some(key.into_owned()),
    };
    members.into_iter().filter_map(|(key, value)| Some((unescape(key)?, PageValue::from_json(value)))).collect()
}

#[cfg(test)]
mod tests;
