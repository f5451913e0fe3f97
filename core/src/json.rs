//! A JSON value that is cheap to read: no table of keys, and texts that are parts of the text that was read.

use serde_json::{Map, Number, Value};
use std::borrow::Cow;

/// A JSON value, read by [`json_read`](crate::json_read). A text is borrowed unless it has escapes.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Json<'a> {
    #[default]
    Null,
    Bool(bool),
    /// The digits, as [`Number`] keeps them.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// The members in their order, each key once.
    Map(Vec<Member<'a>>),
}

/// A key of an object with its value.
pub type Member<'a> = (Cow<'a, str>, Json<'a>);

impl<'a> Json<'a> {
    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => member(members, key),
            _ => None,
        }
    }

    /// Moves the member `key` out of an object and leaves `null`. Returns `null` if there is none.
    pub fn take(&mut self, key: &str) -> Self {
        match self {
            Self::Map(members) => take(members, key).unwrap_or_default(),
            _ => Self::Null,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The digits of a number.
    pub fn as_number(&self) -> Option<&str> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.parse().ok()
    }

    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The items of a list; none of anything else.
    pub fn into_items(self) -> Vec<Self> {
        match self {
            Self::List(items) => items,
            _ => vec![],
        }
    }
}

/// The value of a key.
pub fn member<'m, 'a>(members: &'m [Member<'a>], key: &str) -> Option<&'m Json<'a>> {
    members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// Moves the value of a key out of its members and leaves `null`.
pub fn take<'a>(members: &mut [Member<'a>], key: &str) -> Option<Json<'a>> {
    members.iter_mut().find(|(name, _)| name == key).map(|(_, value)| std::mem::take(value))
}

impl From<Json<'_>> for Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            // Undocumented, and the only constructor that does not use `serde_json`'s parser.
            Json::Number(number) => Self::Number(Number::from_string_unchecked(number.into_owned())),
            Json::Text(text) => Self::String(text.into_owned()),
            Json::List(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Json::Map(members) => {
                let members = members.into_iter().map(|(key, value)| (key.into_owned(), Self::from(value)));
                Self::Object(Map::from_iter(members))
            }
        }
    }
}

impl From<Value> for Json<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(Cow::Owned(number.as_str().to_owned())),
            Value::String(text) => Self::Text(Cow::Owned(text)),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(map) => {
                Self::Map(map.into_iter().map(|(key, value)| (Cow::Owned(key), Self::from(value))).collect())
            }
        }
    }
}
