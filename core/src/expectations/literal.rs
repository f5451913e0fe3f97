//! An expected value.

use serde::Deserialize;
use serde_json::Value;

/// Maximum depth of an expected value.
const MAX_DEPTH: usize = 8;

/// The key under which the TOML reader passes a date, which JSON doesn't have.
const TOML_DATE: &str = "$__toml_private_datetime";

/// A value to compare a page's value with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub struct Literal(Value);

impl Literal {
    pub fn value(&self) -> &Value {
        &self.0
    }
}

impl TryFrom<Value> for Literal {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        match value {
            Value::Null => Err("expected a value; `\"present\": false` is for none".to_owned()),
            value => check(&value, MAX_DEPTH).map(|()| Self(value)),
        }
    }
}

fn check(value: &Value, depth: usize) -> Result<(), String> {
    match value {
        Value::Array(_) | Value::Object(_) if depth == 0 => Err(format!("expected a value at most {MAX_DEPTH} deep")),
        Value::Array(items) => items.iter().try_for_each(|item| check(item, depth - 1)),
        Value::Object(map) if map.contains_key(TOML_DATE) => Err("expected a text instead of a date".to_owned()),
        Value::Object(map) => map.values().try_for_each(|item| check(item, depth - 1)),
        _ => Ok(()),
    }
}
