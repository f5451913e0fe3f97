//! JavaScript source text of a call, as a developer would write it.

use crate::visitor::page_value::PageValue;
use serde_json::Value;

/// `Upscope('name', argument)`, with line breaks if a key requires them.
pub fn call(name: &str, arguments: &[Value]) -> String {
    page_call(name, &arguments.iter().map(PageValue::decode_plain).collect::<Vec<_>>())
}

/// Like [`call`], for a call of the page. A value without a JavaScript form is a comment.
pub fn page_call(name: &str, arguments: &[PageValue]) -> String {
    let mut out = format!("Upscope({}", string(name));
    for argument in arguments {
        out.push_str(", ");
        write(&mut out, argument, Some(0), usize::MAX);
    }
    out.push_str(");");
    out
}

/// A value as JavaScript.
pub fn value(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, &PageValue::decode_plain(value), Some(0), usize::MAX);
    out
}

/// A value of the page on one line. It is cut soon after `out` exceeds `enough` bytes.
pub fn page_value_inline(out: &mut String, value: &PageValue, enough: usize) {
    write(out, value, None, enough);
}

/// A key as JavaScript, quoted only if necessary.
pub fn key(name: &str) -> String {
    let bare = |(i, c): (usize, char)| c == '_' || c == '$' || c.is_ascii_alphabetic() || (i > 0 && c.is_ascii_digit());
    // In a literal, the key `__proto__` sets the prototype, quoted or not. Only the computed form is a property.
    if name == "__proto__" {
        return "['__proto__']".into();
    }
    if !name.is_empty() && name.chars().enumerate().all(bare) { name.into() } else { string(name) }
}

/// `depth`: the indentation; `None` for one line.
fn write(out: &mut String, value: &PageValue, depth: Option<usize>, enough: usize) {
    match value {
        PageValue::Null => out.push_str("null"),
        PageValue::Undefined => out.push_str("undefined"),
        PageValue::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        PageValue::Number(n) => out.push_str(n.as_str()),
        PageValue::Text(text) if enough < text.len() => {
            out.push_str(&string(&text.chars().take(enough).collect::<String>()))
        }
        PageValue::Text(text) => out.push_str(&string(text)),
        PageValue::CutText { start, length } => out.push_str(&format!("{} /* … {length} characters */", string(start))),
        PageValue::List(items, cut) => write_list(out, items, *cut, depth, enough),
        PageValue::Map(entries, 0) if entries.is_empty() => out.push_str("{}"),
        PageValue::Map(entries, cut) => write_map(out, entries, *cut, depth, enough),
        PageValue::Converted { class, text } => {
            out.push_str(&format!("{} /* {} */", string(text), comment(class)));
        }
        PageValue::Proxied(seen) => {
            write(out, seen, depth, enough);
            out.push_str(" /* proxy */");
        }
        // The page controls the kind, so it must not be able to end the comment.
        PageValue::Opaque(kind) => {
            out.push_str(&format!("undefined /* {} */", comment(kind)));
        }
        // [`write_map`] writes the page's value for the key.
        PageValue::Original => out.push_str("undefined /* kept */"),
    }
}

/// A page-controlled word, safe in a comment.
fn comment(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).take(40).collect()
}

/// Where the page's value of a metadata key is. The probe reads it from there ([`PageValue::Original`]).
fn kept(name: &str) -> String {
    match key(name) {
        bare if bare == name => format!("Upscope._config.metadata.{name}"),
        _ => format!("Upscope._config.metadata[{}]", string(name)),
    }
}

fn write_list(out: &mut String, items: &[PageValue], cut: u64, depth: Option<usize>, enough: usize) {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        if out.len() > enough {
            break;
        }
        out.push_str(if i > 0 { ", " } else { "" });
        write(out, item, depth.map(|depth| depth + 1), enough);
    }
    if cut > 0 {
        out.push_str(&format!(" /* {cut} more */"));
    }
    out.push(']');
}

fn write_map(out: &mut String, entries: &[(String, PageValue)], cut: u64, depth: Option<usize>, enough: usize) {
    let line = |out: &mut String, by: usize| {
        if let Some(depth) = depth {
            out.push('\n');
            out.push_str(&"  ".repeat(depth + by));
        }
    };
    out.push('{');
    for (i, (name, value)) in entries.iter().enumerate() {
        if out.len() > enough {
            break;
        }
        line(out, 1);
        out.push_str(if depth.is_none() && i > 0 { ", " } else { "" });
        out.push_str(&key(name));
        out.push_str(": ");
        match value {
            PageValue::Original => out.push_str(&kept(name)),
            value => write(out, value, depth.map(|depth| depth + 1), enough),
        }
        out.push_str(if depth.is_some() { "," } else { "" });
    }
    if cut > 0 {
        line(out, 1);
        out.push_str(&format!("/* {cut} more */"));
    }
    line(out, 0);
    out.push('}');
}

/// A single-quoted JavaScript string that is also safe inside an HTML script element.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' => out.push_str("\\x3C"),
            '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_call_reads_as_a_developer_would_write_it() {
        let text = call(
            "updateConnection",
            &[json!({"tags": ["#VIP"], "uniqueId": null, "metadata": {"a-b": 1, "ok": true}})],
        );
        let expected = "Upscope('updateConnection', {\n  tags: ['#VIP'],\n  uniqueId: null,\n  metadata: {\n    'a-b': 1,\n    ok: true,\n  },\n});";
        assert_eq!(text, expected);
        assert_eq!(call("reset", &[json!(false)]), "Upscope('reset', false);");
    }

    #[test]
    fn what_has_no_javascript_form_is_a_comment() {
        let page = |value: Value| page_call("on", &[PageValue::decode(value)]);
        assert_eq!(page(json!({"$": "function"})), "Upscope('on', undefined /* function */);");
        assert_eq!(page(json!({"$": "x*/alert(1)"})), "Upscope('on', undefined /* xalert1 */);");
        assert_eq!(page(json!({"$": "undefined"})), "Upscope('on', undefined);");
        let cut = json!({"$": "map", "v": {"a": {"$": "text", "v": "x", "n": 9}, "b": {"$": "list", "v": [1], "n": 2}}, "n": 3});
        let expected = "Upscope('on', {\n  a: 'x' /* … 9 characters */,\n  b: [1 /* 2 more */],\n  /* 3 more */\n});";
        assert_eq!(page(cut), expected);
    }

    #[test]
    fn a_kept_value_is_named_where_the_page_has_it() {
        let text = call("updateConnection", &[json!({"metadata": {"plan": {"$": "keep"}, "a b": {"$": "keep"}}})]);
        let expected = "Upscope('updateConnection', {\n  metadata: {\n    plan: Upscope._config.metadata.plan,\n    'a b': Upscope._config.metadata['a b'],\n  },\n});";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_line_stays_one_and_short() {
        let mut out = String::new();
        page_value_inline(&mut out, &PageValue::decode(json!({"a": {"b": 1}, "c": ["x"], "d": {}})), 100);
        assert_eq!(out, "{a: {b: 1}, c: ['x'], d: {}}");
        let mut long = String::new();
        page_value_inline(&mut long, &PageValue::decode(json!(vec!["x".repeat(50); 1000])), 100);
        assert!(long.len() < 200);
    }

    #[test]
    fn nothing_in_a_string_can_end_it() {
        assert_eq!(
            value(&json!("it's \\ </script>\n\u{2028}\u{202e}\u{0}")),
            r"'it\'s \\ \x3C/script>\n\u2028\u202e\u0000'"
        );
    }

    #[test]
    fn a_key_that_is_no_plain_name_is_quoted() {
        assert_eq!(key("plan2"), "plan2");
        assert_eq!(key("2plan"), "'2plan'");
        assert_eq!(key(""), "''");
        assert_eq!(key("__proto__"), "['__proto__']");
    }
}
