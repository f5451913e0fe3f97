//! Placeholders in a preset's texts: `{{name}}` or `{{name:default}}`. A backslash before the braces makes them plain
//! text.

use serde_json::{Map, Value};

/// Maximum length of a placeholder's name, in characters.
pub const MAX_NAME: usize = 40;

/// A placeholder to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    pub name: String,
    /// The default; may be empty.
    pub default: String,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Hole(Placeholder),
}

/// All placeholders in the texts of `values`, each name once and in order, with its first default.
pub fn placeholders(values: &Value) -> Vec<Placeholder> {
    let mut found: Vec<Placeholder> = vec![];
    each_text(values, &mut |text| {
        for hole in parts(text).into_iter().filter_map(Part::hole) {
            match found.iter_mut().find(|known| known.name == hole.name) {
                Some(known) if known.default.is_empty() => known.default = hole.default,
                Some(_) => {}
                None => found.push(hole),
            }
        }
    });
    found
}

/// Whether a text has a placeholder.
pub fn has_placeholder(text: &str) -> bool {
    parts(text).into_iter().any(|part| part.hole().is_some())
}

/// Replaces every placeholder in `values` by the text that `of` returns for its name, or by nothing. Filled-in text is
/// plain text.
pub fn fill(values: &Value, of: &dyn Fn(&str) -> Option<String>) -> Value {
    map_texts(values, &|text| fill_text(text, of))
}

/// Escapes `values`, so that they contain no placeholders.
pub fn escape(values: &Value) -> Value {
    map_texts(values, &|text| text.replace("{{", "\\{{"))
}

fn fill_text(text: &str, of: &dyn Fn(&str) -> Option<String>) -> String {
    let part = |part| match part {
        Part::Text(text) => text,
        Part::Hole(hole) => of(&hole.name).unwrap_or_default(),
    };
    parts(text).into_iter().map(part).collect()
}

impl Part {
    fn hole(self) -> Option<Placeholder> {
        match self {
            Self::Hole(hole) => Some(hole),
            Self::Text(_) => None,
        }
    }
}

fn parts(text: &str) -> Vec<Part> {
    let (mut parts, mut plain, mut rest) = (vec![], String::new(), text);
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\\{{") {
            plain.push_str("{{");
            rest = after;
        } else if let Some((hole, after)) = hole(rest) {
            parts.extend([Part::Text(std::mem::take(&mut plain)), Part::Hole(hole)]);
            rest = after;
        } else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    parts.push(Part::Text(plain));
    parts
}

/// The placeholder at the beginning of a text, and the rest.
fn hole(text: &str) -> Option<(Placeholder, &str)> {
    let (inner, after) = text.strip_prefix("{{")?.split_once("}}")?;
    let (name, default) = inner.split_once(':').unwrap_or((inner, ""));
    let name = name.trim();
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    let good = !name.is_empty() && name.chars().count() <= MAX_NAME && name.chars().all(is_name);
    good.then(|| (Placeholder { name: name.to_owned(), default: default.to_owned() }, after))
}

fn each_text(value: &Value, tell: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => tell(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, tell)),
        Value::Object(map) => map.values().for_each(|value| each_text(value, tell)),
        _ => {}
    }
}

fn map_texts(value: &Value, map: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => map(text).into(),
        Value::Array(items) => items.iter().map(|item| map_texts(item, map)).collect(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), map_texts(value, map)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(values: Value) -> Vec<(String, String)> {
        placeholders(&values).into_iter().map(|hole| (hole.name, hole.default)).collect()
    }

    #[test]
    fn each_placeholder_is_listed_once() {
        let values = json!({"uniqueId": "{{id}}", "identities": ["{{ first name }} ({{id:7}})", "{{b:x}}{{b:y}}"]});
        let expected = [("id", "7"), ("first name", ""), ("b", "x")];
        assert_eq!(names(values), expected.map(|(name, default)| (name.to_owned(), default.to_owned())));
    }

    #[test]
    fn invalid_names_are_plain_text() {
        for text in ["{{}}", "{{ }}", "{{a", "{a}", "{{a.b}}", "\\{{a}}", "{{ user['x'] }}"] {
            assert_eq!(names(json!({"uniqueId": text})), [], "{text}");
        }
        assert!(!has_placeholder(&format!("{{{{{}}}}}", "a".repeat(MAX_NAME + 1))));
    }

    #[test]
    fn filled_in_text_is_plain_text() {
        let of = |name: &str| (name == "a").then(|| "{{b}}".to_owned());
        let filled = fill(&json!({"uniqueId": "x-{{a}}-{{b}}", "metadata": {"n": 1, "l": ["\\{{a}}"]}}), &of);
        assert_eq!(filled, json!({"uniqueId": "x-{{b}}-", "metadata": {"n": 1, "l": ["{{a}}"]}}));
    }

    #[test]
    fn escaped_text_is_restored() {
        for text in ["{{a}}", "\\{{a}}", "{{{a}}}", "{{{{a}}", "plain", "\\"] {
            let escaped = escape(&json!([text]));
            assert_eq!(names(escaped.clone()), [], "{text}");
            assert_eq!(fill(&escaped, &|_| None), json!([text]), "{text}");
        }
    }
}
