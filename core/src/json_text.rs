//! Writing JSON. The library's own writers bring serialisers for every type and float tables along: 10 KB of the popup's
//! wasm for what are thirty lines here. Reading stays the library's.

use serde_json::{Map, Value};

/// JSON in one line, without spaces.
pub fn compact(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, None);
    out
}

/// JSON with two spaces of indentation, each key and item on a line of its own.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, Some(0));
    out
}

/// An object of these entries, in this order.
pub fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let mut map = Map::new();
    for (key, value) in entries {
        map.insert(key.to_owned(), value);
    }
    Value::Object(map)
}

/// `depth`: how far to indent; `None` for one line.
fn write(out: &mut String, value: &Value, depth: Option<usize>) {
    let inner = depth.map(|depth| depth + 1);
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Number(n) => out.push_str(n.as_str()),
        Value::String(text) => string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                separate(out, i, inner);
                write(out, item, inner);
            }
            close(out, ']', items.is_empty(), depth);
        }
        Value::Object(map) => {
            out.push('{');
            for (i, (key, value)) in map.iter().enumerate() {
                separate(out, i, inner);
                string(out, key);
                out.push_str(if depth.is_some() { ": " } else { ":" });
                write(out, value, inner);
            }
            close(out, '}', map.is_empty(), depth);
        }
    }
}

fn separate(out: &mut String, index: usize, depth: Option<usize>) {
    if index > 0 {
        out.push(',');
    }
    indent(out, depth);
}

fn close(out: &mut String, bracket: char, empty: bool, depth: Option<usize>) {
    if !empty {
        indent(out, depth);
    }
    out.push(bracket);
}

fn indent(out: &mut String, depth: Option<usize>) {
    let Some(depth) = depth else { return };
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("  "));
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => {
                out.push_str("\\u00");
                out.push(if c < '\u{10}' { '0' } else { '1' });
                out.push(char::from_digit(c as u32 % 16, 16).unwrap_or('0'));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_what_the_library_would_write() {
        let all: String = (0..0x300_u32).filter_map(char::from_u32).collect();
        let values = [
            json!({"a": [1, -2.5e-7, {"b\"": null}], "c": {}, "d": [], "e": true}),
            json!([]),
            json!(all),
            json!([[1]]),
        ];
        for value in values {
            assert_eq!(compact(&value), serde_json::to_string(&value).unwrap());
            assert_eq!(pretty(&value), serde_json::to_string_pretty(&value).unwrap());
        }
    }

    #[test]
    fn entries_keep_their_order() {
        assert_eq!(compact(&object([("b", json!(1)), ("a", json!(2))])), r#"{"b":1,"a":2}"#);
    }
}
