//! Writes JSON.

use serde_json::{Map, Value};

/// JSON on one line, without spaces.
pub fn compact(value: &Value) -> String {
    value.to_string()
}

/// JSON with an indentation of two spaces.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// Creates an object with these entries in this order.
pub fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let mut map = Map::new();
    for (key, value) in entries {
        map.insert(key.to_owned(), value);
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_read::read;

    #[test]
    fn numbers_keep_their_digits() {
        let text = r#"{"b":[1.50,12345678901234567890],"a":{}}"#;
        assert_eq!(compact(&read(text).unwrap()), text);
    }

    #[test]
    fn entries_keep_their_order() {
        assert_eq!(compact(&object([("b", 1.into()), ("a", 2.into())])), r#"{"b":1,"a":2}"#);
    }
}
