//! The flaws of a value, item by item, and their repairs.

use crate::js_number::loses_digits;
use crate::visitor::edges;
use crate::visitor::escaped;
use crate::visitor::field::{Field, Shape};
use crate::visitor::integration_id::{IntegrationId, live_chat_of};
use crate::visitor::missing_part;
use crate::visitor::page_value::{PageValue, ValueKind, is_shortened_number};
use crate::visitor::tag::Tag;
use crate::visitor::template;
use serde_json::Number;

/// One flaw of a field's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// The index of the list item; `None` for the value as a whole.
    pub item: Option<usize>,
    pub kind: FlawKind,
    /// A text to replace the value or item, if one is obvious.
    pub repair: Option<String>,
}

/// The kinds of flaws. The documentation page's table is the contract; *seen* marks the behavior of 2.2.119.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Not the documented JSON type.
    WrongType(ValueKind),
    /// A tag that doesn't match `/^#[A-Z-]+$/`.
    TagPattern,
    /// An integration ID that doesn't match `/^[a-z]{3,}:.+$/`.
    IntegrationPattern,
    /// A snippet's placeholder, which the SDK silently ignores (*seen*).
    Placeholder,
    /// A server-side template that was not rendered.
    Template,
    /// An empty string.
    Empty,
    /// The text `undefined` or `null`: the page converted a missing value to a string.
    NothingAsText,
    /// A part is a missing value or an object converted to a string: `Ada undefined`.
    MissingPart,
    /// Encoded too often for HTML, as JSON or for a URL, or in the wrong character set: `O&#039;Brien`, `RenÃ©e`.
    Escaped,
    /// White space or invisible characters at its edges.
    Padded,
    /// An integer beyond JavaScript's exact range, whose last digits changed, or one shortened with an exponent.
    DigitsLost,
    /// Passed to `init` of an SDK version that doesn't send it (2.x, *seen*).
    NotSentFromInit,
    /// Metadata that contains a list or an object.
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
            Self::MissingPart => "missing-part",
            Self::Escaped => "escaped",
            Self::Padded => "padded",
            Self::DigitsLost => "digits-lost",
            Self::NotSentFromInit => "not-sent-from-init",
            Self::NotFlat => "not-flat",
        }
    }
}

/// Finds the flaws of `value` as `field`. A value that could not be read has none.
pub fn flaws(field: Field, value: &PageValue) -> Vec<Flaw> {
    let mut found = judge(field, value);
    if !found.is_empty() && !value.is_whole() {
        // A repair would replace unread parts.
        found.iter_mut().for_each(|flaw| flaw.repair = None);
    }
    found
}

fn judge(field: Field, value: &PageValue) -> Vec<Flaw> {
    let whole = |kind, repair| Flaw { item: None, kind, repair };
    match (field.shape(), value) {
        (_, PageValue::Null) => vec![],
        _ if is_beyond_judgement(value) => vec![],
        _ if is_placeholder(field, value) => vec![whole(FlawKind::Placeholder, None)],
        (Shape::Text, PageValue::Text(text)) => text_flaw(None, text).into_iter().collect(),
        (Shape::Text, PageValue::Number(n)) => vec![number_flaw(None, n)],
        (Shape::Metadata, PageValue::Map(entries, _)) => {
            entries.iter().enumerate().filter_map(|(i, (_, value))| metadata_flaw(i, value)).collect()
        }
        (Shape::List, PageValue::List(items, _)) => {
            items.iter().enumerate().filter_map(|(i, item)| item_flaw(field, i, item)).collect()
        }
        (_, other) => vec![whole(FlawKind::WrongType(other.kind()), None)],
    }
}

/// Whether its type or text is unknown, or the browser converts it to a text when it is sent.
fn is_beyond_judgement(value: &PageValue) -> bool {
    match value {
        PageValue::CutText { .. } | PageValue::Proxied(_) | PageValue::Converted { .. } | PageValue::Original => true,
        PageValue::Opaque(_) => !value.is_whole(),
        _ => false,
    }
}

fn item_flaw(field: Field, index: usize, item: &PageValue) -> Option<Flaw> {
    let at = |kind, repair| Some(Flaw { item: Some(index), kind, repair });
    let text = match item {
        PageValue::Text(text) => text,
        unread if is_beyond_judgement(unread) => return None,
        PageValue::Number(n) => return Some(number_flaw(Some(index), n)),
        other => return at(FlawKind::WrongType(other.kind()), None),
    };
    item_text_flaw(field, text).map(|(kind, repair)| Flaw { item: Some(index), kind, repair })
}

/// A number instead of a text. A number that lost digits has no repair.
fn number_flaw(item: Option<usize>, number: &Number) -> Flaw {
    match loses_digits(number) {
        true => Flaw { item, kind: FlawKind::DigitsLost, repair: None },
        false => {
            let kind = FlawKind::WrongType(ValueKind::Number);
            Flaw { item, kind, repair: Some(number.as_str().to_owned()) }
        }
    }
}

/// The flaw of `text` as an item of the list `field`, and its repair.
pub fn item_text_flaw(field: Field, text: &str) -> Option<(FlawKind, Option<String>)> {
    match plain_text_flaw(text) {
        // The repair may not match the field's pattern either.
        Some((FlawKind::Padded | FlawKind::Escaped, Some(repair))) if pattern_flaw(field, &repair).is_some() => {
            pattern_flaw(field, &repair)
        }
        None => pattern_flaw(field, text),
        flaw => flaw,
    }
}

fn pattern_flaw(field: Field, text: &str) -> Option<(FlawKind, Option<String>)> {
    match field {
        Field::Tags if Tag::parse(text).is_none() => {
            Some((FlawKind::TagPattern, Tag::repair(text).map(|tag| tag.as_str().to_owned())))
        }
        // The SDK adds the IDs of live chats, whatever their form.
        Field::IntegrationIds if IntegrationId::parse(text).is_none() && live_chat_of(text).is_none() => {
            let repair = IntegrationId::repair(text).map(|id| id.as_str().to_owned());
            Some((FlawKind::IntegrationPattern, repair))
        }
        _ => None,
    }
}

fn text_flaw(item: Option<usize>, text: &str) -> Option<Flaw> {
    plain_text_flaw(text).map(|(kind, repair)| Flaw { item, kind, repair })
}

/// The flaw of a text in any field, and its repair. Applies to read and typed text.
pub fn plain_text_flaw(text: &str) -> Option<(FlawKind, Option<String>)> {
    let trimmed = edges::trim(text);
    let kind = match trimmed {
        "" => FlawKind::Empty,
        "undefined" | "null" => FlawKind::NothingAsText,
        _ if is_placeholder_text(trimmed) => FlawKind::Placeholder,
        _ if template::is_unrendered(trimmed) => FlawKind::Template,
        _ if missing_part::has_missing_part(trimmed) => FlawKind::MissingPart,
        _ if is_shortened_number(trimmed) => FlawKind::DigitsLost,
        _ if escaped::is_json(trimmed) => FlawKind::Escaped,
        _ => return encoding_flaw(text, trimmed, escaped::decoded(trimmed)),
    };
    Some((kind, None))
}

fn encoding_flaw(text: &str, trimmed: &str, decoded: Option<String>) -> Option<(FlawKind, Option<String>)> {
    match decoded {
        Some(decoded) => Some((FlawKind::Escaped, Some(decoded).filter(|text| plain_text_flaw(text).is_none()))),
        None => (trimmed != text).then(|| (FlawKind::Padded, Some(trimmed.to_owned()))),
    }
}

/// Whether a text is one of the snippet's placeholders, for whichever field.
fn is_placeholder_text(text: &str) -> bool {
    Field::ALL.into_iter().any(|field| field.placeholders().contains(&text))
}

/// Whether `value` is one of [`Field::placeholders`], as a string or joined from a list.
pub fn is_placeholder(field: Field, value: &PageValue) -> bool {
    let words = field.placeholders();
    match value {
        PageValue::Text(text) => words.contains(&text.as_str()),
        PageValue::List(items, 0) => words.iter().any(|word| is_joined(items, word)),
        _ => false,
    }
}

/// Whether the items, joined by spaces, equal `whole`.
fn is_joined(items: &[PageValue], whole: &str) -> bool {
    let [first, others @ ..] = items else { return whole.is_empty() };
    let begin = first.as_text().and_then(|first| whole.strip_prefix(first));
    let end = others.iter().fold(begin, |rest, item| rest?.strip_prefix(' ')?.strip_prefix(item.as_text()?));
    end == Some("")
}

fn metadata_flaw(index: usize, value: &PageValue) -> Option<Flaw> {
    let kind = match value {
        unread if is_beyond_judgement(unread) => return None,
        PageValue::List(..) | PageValue::Map(..) => FlawKind::NotFlat,
        PageValue::Undefined | PageValue::Opaque(_) => FlawKind::WrongType(value.kind()),
        PageValue::Number(n) if loses_digits(n) => FlawKind::DigitsLost,
        PageValue::Text(text) => free_text_flaw(text)?,
        _ => return None,
    };
    Some(Flaw { item: Some(index), kind, repair: None })
}

/// The flaw of free text, which may contain sentences, quotations and blanks.
fn free_text_flaw(text: &str) -> Option<FlawKind> {
    match plain_text_flaw(text)?.0 {
        kind @ (FlawKind::Template | FlawKind::MissingPart) => Some(kind),
        FlawKind::NothingAsText if edges::trim(text) == "undefined" => Some(FlawKind::NothingAsText),
        FlawKind::Escaped => escaped::decoded_entities(text).map(|_| FlawKind::Escaped),
        _ => None,
    }
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
    fn placeholders_match_those_of_the_sdk() {
        assert_eq!(
            kinds(Field::Identities, json!(["list", "of", "identities", "here"])),
            [(None, FlawKind::Placeholder)]
        );
        assert_eq!(kinds(Field::Tags, json!("#list #of #tags #here")), [(None, FlawKind::Placeholder)]);
        for text in ["USER UNIQUE ID", "list of identities here"] {
            assert_eq!(kinds(Field::UniqueId, json!(text)), [(None, FlawKind::Placeholder)]);
            assert_eq!(kinds(Field::Identities, json!(["Ada", text])), [(Some(1), FlawKind::Placeholder)]);
        }
        // Two of them pass the SDK's comparison and are sent, so each is flawed.
        let sent = [(Some(0), FlawKind::NothingAsText), (Some(1), FlawKind::NothingAsText)];
        assert_eq!(kinds(Field::Identities, json!(["undefined", "undefined"])), sent);
    }

    #[test]
    fn unrendered_templates_are_found() {
        for text in [
            "${user.id}",
            "{{ user.email }}",
            "<?= $id ?>",
            "%s",
            "<sec:authentication property=\"name\"/>",
            "id-{{id}}",
            "@Model.UserId",
        ] {
            assert_eq!(kinds(Field::UniqueId, json!(text)), [(None, FlawKind::Template)], "{text}");
        }
        for text in ["100%", "a {b} c", "#VIP", "John <j@acme.com>", "$5", "}} {{"] {
            assert_eq!(kinds(Field::UniqueId, json!(text)), [], "{text}");
        }
    }

    #[test]
    fn unread_values_have_no_flaw() {
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
    fn unread_values_have_no_repair() {
        let found = flaws(Field::Tags, &PageValue::decode(json!(["#vip", {"$": "accessor"}])));
        assert_eq!(found, [Flaw { item: Some(0), kind: FlawKind::TagPattern, repair: None }]);
    }

    #[test]
    fn malformed_items_have_a_repair() {
        let found = flaws(Field::Tags, &PageValue::decode(json!(["#VIP", "#high-value"])));
        assert_eq!(found, [Flaw { item: Some(1), kind: FlawKind::TagPattern, repair: Some("#HIGH-VALUE".into()) }]);
        assert_eq!(kinds(Field::IntegrationIds, json!(["Zendesk:1"])), [(Some(0), FlawKind::IntegrationPattern)]);
    }

    #[test]
    fn parts_and_edges_of_a_text_are_checked() {
        let judged = |text: &str| {
            let found = flaws(Field::UniqueId, &PageValue::Text(text.into()));
            found.into_iter().map(|flaw| (flaw.kind, flaw.repair)).collect::<Vec<_>>()
        };
        assert_eq!(judged("user-undefined"), [(FlawKind::MissingPart, None)]);
        assert_eq!(judged("O&#039;Brien"), [(FlawKind::Escaped, Some("O'Brien".into()))]);
        assert_eq!(judged("&quot;%s&quot;"), [(FlawKind::Template, None)]);
        assert_eq!(judged("\n  cust-1042\u{a0}"), [(FlawKind::Padded, Some("cust-1042".into()))]);
        assert_eq!(judged(" undefined\u{200b}"), [(FlawKind::NothingAsText, None)]);
        assert_eq!(judged("\u{200b}"), [(FlawKind::Empty, None)]);
        assert_eq!(judged("Jennifer Null"), []);
    }

    #[test]
    fn a_repair_matches_the_pattern() {
        let judged = |field, text| item_text_flaw(field, text).unwrap();
        assert_eq!(judged(Field::Tags, "#VIP "), (FlawKind::Padded, Some("#VIP".into())));
        assert_eq!(judged(Field::Tags, "\u{200b}#vip "), (FlawKind::TagPattern, Some("#VIP".into())));
        let integration = judged(Field::IntegrationIds, "&quot;Zendesk:1&quot;");
        assert_eq!(integration, (FlawKind::IntegrationPattern, Some("zendesk:1".into())));
    }

    #[test]
    fn a_number_that_lost_digits_has_no_repair() {
        for lost in [json!(10203040506070808_u64), json!(9007199254740992_u64), json!(1e21)] {
            let found = flaws(Field::UniqueId, &PageValue::decode(lost.clone()));
            assert_eq!(found, [Flaw { item: None, kind: FlawKind::DigitsLost, repair: None }], "{lost}");
            assert_eq!(kinds(Field::Metadata, json!({ "id": lost })), [(Some(0), FlawKind::DigitsLost)]);
        }
        let exact = flaws(Field::UniqueId, &PageValue::decode(json!(9007199254740991_u64)));
        assert_eq!(exact[0].repair.as_deref(), Some("9007199254740991"));
    }

    #[test]
    fn a_shortened_number_has_lost_digits() {
        for lost in ["4.37157E+14", "1e+21", "1.0203040506070809e+21"] {
            assert_eq!(plain_text_flaw(lost), Some((FlawKind::DigitsLost, None)), "{lost}");
        }
        for other in ["3.5e+2", "12E+30", "1E5", "1e10", "E+12", "1.E+12", "42+e+12"] {
            assert_eq!(plain_text_flaw(other), None, "{other}");
        }
    }

    #[test]
    fn json_as_a_text_has_no_repair_and_is_fine_in_metadata() {
        assert_eq!(plain_text_flaw("[\"ada\"]"), Some((FlawKind::Escaped, None)));
        let fine = json!({"a": "[\"ada\"]", "b": "'quoted'", "c": "4.37E+14", "d": "50%20", "e": "Ada%20Marsh"});
        assert_eq!(kinds(Field::Metadata, fine), []);
        assert_eq!(kinds(Field::Metadata, json!({"a": "undefined"})), [(Some(0), FlawKind::NothingAsText)]);
    }

    #[test]
    fn live_chat_ids_have_no_flaw() {
        assert_eq!(kinds(Field::IntegrationIds, json!(["twilio_flex:CH1", "intercom:7"])), []);
        assert_eq!(kinds(Field::IntegrationIds, json!(["my_crm:1"])), [(Some(0), FlawKind::IntegrationPattern)]);
    }

    #[test]
    fn free_text_in_metadata_has_no_flaw() {
        assert_eq!(kinds(Field::Metadata, json!({"a": "Note: ", "b": "\"quoted\"", "c": "null"})), []);
        let odd = json!({"a": "Tom &amp; Co.", "b": "[object Object]", "c": "%{plan}"});
        let found: Vec<_> = kinds(Field::Metadata, odd).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(found, [FlawKind::Escaped, FlawKind::MissingPart, FlawKind::Template]);
    }
}
