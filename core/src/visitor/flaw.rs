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
        FlawKind::Template => template::is_only_template(edges::trim(text)).then_some(FlawKind::Template),
        FlawKind::MissingPart => Some(FlawKind::MissingPart),
        FlawKind::NothingAsText if edges::trim(text) == "undefined" => Some(FlawKind::NothingAsText),
        FlawKind::Escaped => escaped::decoded_entities(text).map(|_| FlawKind::Escaped),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
