//! What is wrong with a value, item by item, and the repair where there is one.

use super::integration_id::IntegrationId;
use super::page_value::{PageValue, ValueKind};
use super::tag::Tag;
use super::visitor::Field;

/// One thing wrong with a field's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// The index of the list item it concerns; `None` for the value as a whole.
    pub item: Option<usize>,
    pub kind: FlawKind,
    /// A text to put in the value's or item's place, where one is obvious.
    pub repair: Option<String>,
}

/// The ways a value can be wrong. The documentation page's table is the contract; *seen* names what 2.2.119 does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Another JSON type than the documented one.
    WrongType(ValueKind),
    /// A tag off `/^#[A-Z-]+$/`.
    TagPattern,
    /// An integration id off `/^[a-z]{3,}:.+$/`.
    IntegrationPattern,
    /// A snippet's placeholder, which the SDK drops without a word (*seen*).
    Placeholder,
    /// A server-side template that was never rendered.
    Template,
    /// An empty string.
    Empty,
    /// The words `undefined` or `null` as text: the page put nothing into a string.
    NothingAsText,
    /// Given with `init` to an SDK that is known not to send it (2.x, *seen*).
    NotSentFromInit,
    /// Metadata that holds a list or an object.
    NotFlat,
}

impl FlawKind {
    /// A stable name, for attributes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::WrongType(_) => "wrong-type",
            Self::TagPattern => "tag-pattern",
            Self::IntegrationPattern => "integration-pattern",
            Self::Placeholder => "placeholder",
            Self::Template => "template",
            Self::Empty => "empty",
            Self::NothingAsText => "nothing-as-text",
            Self::NotSentFromInit => "not-sent-from-init",
            Self::NotFlat => "not-flat",
        }
    }
}

/// Everything wrong with `value` as `field`. Nothing is wrong with what could not be read.
pub fn flaws(field: Field, value: &PageValue) -> Vec<Flaw> {
    let mut found = judge(field, value);
    if !value.is_whole() {
        // A repair would replace what could not be read.
        found.iter_mut().for_each(|flaw| flaw.repair = None);
    }
    found
}

fn judge(field: Field, value: &PageValue) -> Vec<Flaw> {
    let whole = |kind, repair| Flaw { item: None, kind, repair };
    match (field, value) {
        (_, PageValue::Null) => vec![],
        _ if is_beyond_judgement(value) => vec![],
        _ if is_placeholder(field, value) => vec![whole(FlawKind::Placeholder, None)],
        (Field::UniqueId, PageValue::Text(text)) => text_flaw(None, text).into_iter().collect(),
        (Field::UniqueId, PageValue::Number(n)) => {
            vec![whole(FlawKind::WrongType(ValueKind::Number), Some(n.as_str().to_owned()))]
        }
        (Field::Metadata, PageValue::Map(entries, _)) => {
            entries.iter().enumerate().filter_map(|(i, (_, value))| metadata_flaw(i, value)).collect()
        }
        (Field::Identities | Field::Tags | Field::IntegrationIds, PageValue::List(items, _)) => {
            items.iter().enumerate().filter_map(|(i, item)| item_flaw(field, i, item)).collect()
        }
        (_, other) => vec![whole(FlawKind::WrongType(other.kind()), None)],
    }
}

/// Whether neither its type nor its text is known for sure, or it is sent as a text that the browser makes.
fn is_beyond_judgement(value: &PageValue) -> bool {
    match value {
        PageValue::CutText { .. } | PageValue::Proxied(_) | PageValue::Converted { .. } | PageValue::Kept => true,
        PageValue::Opaque(_) => !value.is_whole(),
        _ => false,
    }
}

fn item_flaw(field: Field, index: usize, item: &PageValue) -> Option<Flaw> {
    let at = |kind, repair| Some(Flaw { item: Some(index), kind, repair });
    let text = match item {
        PageValue::Text(text) => text,
        unread if is_beyond_judgement(unread) => return None,
        PageValue::Number(n) => return at(FlawKind::WrongType(ValueKind::Number), Some(n.as_str().to_owned())),
        other => return at(FlawKind::WrongType(other.kind()), None),
    };
    item_text_flaw(field, text).map(|(kind, repair)| Flaw { item: Some(index), kind, repair })
}

/// What is wrong with `text` as one item of the list `field`, and the repair.
pub fn item_text_flaw(field: Field, text: &str) -> Option<(FlawKind, Option<String>)> {
    if let Some(kind) = plain_text_flaw(text) {
        return Some((kind, None));
    }
    match field {
        Field::Tags if Tag::parse(text).is_none() => {
            Some((FlawKind::TagPattern, Tag::repair(text).map(|tag| tag.as_str().to_owned())))
        }
        Field::IntegrationIds if IntegrationId::parse(text).is_none() => {
            let repair = IntegrationId::repair(text).map(|id| id.as_str().to_owned());
            Some((FlawKind::IntegrationPattern, repair))
        }
        _ => None,
    }
}

fn text_flaw(item: Option<usize>, text: &str) -> Option<Flaw> {
    plain_text_flaw(text).map(|kind| Flaw { item, kind, repair: None })
}

/// What is wrong with a text wherever it stands.
pub fn plain_text_flaw(text: &str) -> Option<FlawKind> {
    let trimmed = text.trim();
    match trimmed {
        "" => Some(FlawKind::Empty),
        "undefined" | "null" => Some(FlawKind::NothingAsText),
        "USER UNIQUE ID" | "integration_name:resource_id" => Some(FlawKind::Placeholder),
        _ if looks_unrendered(trimmed) => Some(FlawKind::Template),
        _ => None,
    }
}

/// Whether a text looks like a template that no server rendered (patterns from public pages; reference, section 6).
fn looks_unrendered(text: &str) -> bool {
    let pairs = [
        ("${", "}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("<?", "?>"),
        ("<%", "%>"),
        ("#{", "}"),
        ("@{", "}"),
        ("[[", "]]"),
        ("<sec:", ">"),
    ];
    let paired = pairs.iter().any(|(open, close)| after(text, open).is_some_and(|rest| after(rest, close).is_some()));
    paired || matches!(text, "%s" | "%d" | "[object Object]")
}

/// What follows `part` in `text`. By hand: the library's substring search is 3 KB of wasm, worth it for long texts only.
fn after<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    let mut places = text.char_indices().map(|(at, _)| &text[at..]);
    places.find_map(|rest| rest.strip_prefix(part))
}

/// The placeholders of the snippet, as a string or joined from a list (*seen* in 2.2.119, which deletes them).
pub fn is_placeholder(field: Field, value: &PageValue) -> bool {
    let words: &[&str] = match field {
        Field::Identities => &["list of identities here", "undefined", "null"],
        Field::UniqueId => &["USER UNIQUE ID", "undefined", "null"],
        Field::Tags => &["#list #of #tags #here"],
        Field::IntegrationIds => &["integration_name:resource_id"],
        Field::Metadata => return false,
    };
    let joined = match value {
        PageValue::Text(text) => text.clone(),
        PageValue::List(items, 0) => match items.iter().map(PageValue::as_text).collect::<Option<Vec<_>>>() {
            Some(texts) => texts.join(" "),
            None => return false,
        },
        _ => return false,
    };
    words.contains(&joined.as_str())
}

fn metadata_flaw(index: usize, value: &PageValue) -> Option<Flaw> {
    let kind = match value {
        unread if is_beyond_judgement(unread) => return None,
        PageValue::List(..) | PageValue::Map(..) => FlawKind::NotFlat,
        PageValue::Undefined | PageValue::Opaque(_) => FlawKind::WrongType(value.kind()),
        PageValue::Text(text) => return text_flaw(Some(index), text).filter(|flaw| flaw.kind == FlawKind::Template),
        _ => return None,
    };
    Some(Flaw { item: Some(index), kind, repair: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kinds(field: Field, value: serde_json::Value) -> Vec<(Option<usize>, FlawKind)> {
        flaws(field, &PageValue::decode(value)).into_iter().map(|flaw| (flaw.item, flaw.kind)).collect()
    }

    #[test]
    fn documented_values_have_no_flaw() {
        assert_eq!(kinds(Field::Identities, json!(["John Smith", "acme.com"])), []);
        assert_eq!(kinds(Field::UniqueId, json!("john@acme.com")), []);
        assert_eq!(kinds(Field::Tags, json!(["#VIP"])), []);
        assert_eq!(kinds(Field::IntegrationIds, json!(["zendesk:1", "front:"])), []);
        assert_eq!(kinds(Field::Metadata, json!({"plan": "pro", "seats": 12, "trial": false, "end": null})), []);
    }

    #[test]
    fn wrong_types_are_named() {
        assert_eq!(kinds(Field::UniqueId, json!(42)), [(None, FlawKind::WrongType(ValueKind::Number))]);
        assert_eq!(kinds(Field::Identities, json!("John")), [(None, FlawKind::WrongType(ValueKind::Text))]);
        let members = kinds(Field::Identities, json!(["a", null, "", {"$": "undefined"}]));
        let expected = [
            (Some(1), FlawKind::WrongType(ValueKind::Null)),
            (Some(2), FlawKind::Empty),
            (Some(3), FlawKind::WrongType(ValueKind::Undefined)),
        ];
        assert_eq!(members, expected);
    }

    #[test]
    fn placeholders_are_those_the_sdk_drops() {
        assert_eq!(
            kinds(Field::Identities, json!(["list", "of", "identities", "here"])),
            [(None, FlawKind::Placeholder)]
        );
        assert_eq!(kinds(Field::Tags, json!("#list #of #tags #here")), [(None, FlawKind::Placeholder)]);
        assert_eq!(kinds(Field::UniqueId, json!("USER UNIQUE ID")), [(None, FlawKind::Placeholder)]);
        // Two of them pass the SDK's comparison, so they were sent: each is flawed on its own.
        let sent = [(Some(0), FlawKind::NothingAsText), (Some(1), FlawKind::NothingAsText)];
        assert_eq!(kinds(Field::Identities, json!(["undefined", "undefined"])), sent);
    }

    #[test]
    fn unrendered_templates_are_seen() {
        for text in [
            "${user.id}",
            "{{ user.email }}",
            "<?= $id ?>",
            "%s",
            "<sec:authentication property=\"name\"/>",
            "id-{{id}}",
        ] {
            assert_eq!(kinds(Field::UniqueId, json!(text)), [(None, FlawKind::Template)], "{text}");
        }
        for text in ["100%", "a {b} c", "#VIP", "John <j@acme.com>", "$5", "}} {{"] {
            assert_eq!(kinds(Field::UniqueId, json!(text)), [], "{text}");
        }
    }

    #[test]
    fn nothing_is_wrong_with_what_could_not_be_read() {
        let unread = [
            json!({"$": "accessor"}),
            json!({"$": "bigint"}),
            json!({"$": "Map"}),
            json!({"$": "deep"}),
            json!({"$": "text", "v": "undefined", "n": 9000}),
            json!({"$": "proxy", "v": [null]}),
            json!({"$": "Date", "v": "2024-03-01T09:00:00.000Z"}),
        ];
        for part in unread {
            for field in Field::ALL {
                assert_eq!(kinds(field, part.clone()), [], "{part}");
                if field.is_list() {
                    assert_eq!(kinds(field, json!([part])), [], "{part}");
                }
            }
            assert_eq!(kinds(Field::Metadata, json!({ "a": part })), [], "{part}");
        }
        assert_eq!(kinds(Field::Tags, json!({"$": "list", "v": ["#A"], "n": 7})), []);
    }

    #[test]
    fn no_repair_replaces_what_could_not_be_read() {
        let found = flaws(Field::Tags, &PageValue::decode(json!(["#vip", {"$": "accessor"}])));
        assert_eq!(found, [Flaw { item: Some(0), kind: FlawKind::TagPattern, repair: None }]);
    }

    #[test]
    fn items_off_their_pattern_carry_a_repair() {
        let found = flaws(Field::Tags, &PageValue::decode(json!(["#VIP", "#high-value"])));
        assert_eq!(found, [Flaw { item: Some(1), kind: FlawKind::TagPattern, repair: Some("#HIGH-VALUE".into()) }]);
        assert_eq!(kinds(Field::IntegrationIds, json!(["Zendesk:1"])), [(Some(0), FlawKind::IntegrationPattern)]);
    }
}
