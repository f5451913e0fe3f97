//! Tests of one value. If a value was cut or not read, the result is unknown unless the known part decides it.

use super::field::{Count, FieldExpectation, KeyExpectation, ValueType};
use super::literal::Literal;
use super::text_pattern::TextPattern;
use super::truth::Truth;
use super::verdict::{Reason, Requirement};
use crate::js_number::{self, loses_digits};
use crate::visitor::integration_id::{IntegrationId, live_chat_of};
use crate::visitor::page_value::{PageValue, ValueKind};
use serde_json::{Number, Value};
use std::slice::from_ref;

const UNREAD: Truth = Truth::Unknown(Reason::Unread);
const MASKED: Truth = Truth::Unknown(Reason::Masked);

/// A test of a value.
#[derive(Clone, Copy)]
pub(super) enum Test<'a> {
    Present,
    OneOf(&'a [Literal]),
    Matches(&'a TextPattern),
    Type(ValueType),
    Count(Count),
    Includes(&'a str),
    System(&'a str),
}

/// The tests that one value of a field must pass.
pub(super) fn tests_of_field(expected: &FieldExpectation) -> Vec<Test<'_>> {
    let FieldExpectation { present, equals, one_of, matches, value_type, .. } = expected;
    let mut tests = value_tests(*present, equals.as_ref(), one_of.as_deref(), matches.as_ref(), *value_type);
    tests.extend(expected.count.map(Test::Count));
    tests.extend(expected.includes.iter().flat_map(|items| items.iter()).map(|item| Test::Includes(item)));
    tests.extend(expected.systems.iter().flat_map(|items| items.iter()).map(|system| Test::System(system)));
    tests
}

/// The tests that the value of a key must pass.
pub(super) fn tests_of_key(expected: &KeyExpectation) -> Vec<Test<'_>> {
    let KeyExpectation { present, equals, one_of, matches, value_type } = expected;
    value_tests(*present, equals.as_ref(), one_of.as_deref(), matches.as_ref(), *value_type)
}

fn value_tests<'a>(
    present: Option<bool>,
    equals: Option<&'a Literal>,
    one_of: Option<&'a [Literal]>,
    matches: Option<&'a TextPattern>,
    value_type: Option<ValueType>,
) -> Vec<Test<'a>> {
    let present = (present == Some(true)).then_some(Test::Present);
    let equals = equals.map(|literal| Test::OneOf(from_ref(literal)));
    let rest = [one_of.map(Test::OneOf), matches.map(Test::Matches), value_type.map(Test::Type)];
    [present, equals].into_iter().chain(rest).flatten().collect()
}

impl Test<'_> {
    /// Whether `value` passes. `masked`: texts and numbers are replaced by others of the same form.
    pub fn run(self, value: &PageValue, masked: bool) -> Truth {
        match self {
            Self::Present => is_present(value),
            Self::OneOf(literals) => {
                Truth::any(literals.iter().map(|literal| equals_as_list(literal.value(), value, masked)))
            }
            Self::Matches(pattern) => matches(pattern, value, masked),
            Self::Type(wanted) => has_type(wanted, value),
            Self::Count(count) => has_count(count, value),
            Self::Includes(item) => includes(item, value, masked),
            Self::System(system) => has_system(system, value, masked),
        }
    }

    pub fn requirement(self) -> Requirement {
        match self {
            Self::Present => Requirement::Present,
            Self::OneOf(literals) => Requirement::OneOf(literals.iter().map(|one| one.value().clone()).collect()),
            Self::Matches(pattern) => Requirement::Matches(pattern.as_str().to_owned()),
            Self::Type(wanted) => Requirement::Type(wanted.name()),
            Self::Count(count) => Requirement::Count(count),
            Self::Includes(item) => Requirement::Includes(item.to_owned()),
            Self::System(system) => Requirement::System(system.to_owned()),
        }
    }
}

/// Whether there is a non-empty value.
pub(super) fn is_present(value: &PageValue) -> Truth {
    match value {
        PageValue::Null | PageValue::Undefined => Truth::No,
        PageValue::Text(text) => Truth::from(!text.is_empty()),
        PageValue::List(..) | PageValue::Map(..) => Truth::from(value.has_parts()),
        PageValue::Proxied(_) | PageValue::Original => UNREAD,
        PageValue::Opaque(_) if !value.is_whole() => UNREAD,
        // JSON omits it, or has `null`.
        PageValue::Opaque(_) => Truth::No,
        _ => Truth::Yes,
    }
}

/// Whether a list, or a text that the SDK treats as a list of one item, has the item.
pub(super) fn includes(item: &str, value: &PageValue, masked: bool) -> Truth {
    let item = Value::from(item);
    in_items(value, |found| equals(&item, found, masked))
}

/// The value of a key of the metadata; `None` if there is none, an error if that is unknown.
pub(super) fn member<'a>(metadata: &'a PageValue, key: &str) -> Result<Option<&'a PageValue>, Reason> {
    match metadata {
        PageValue::Map(_, cut) => match metadata.get(key) {
            None if *cut > 0 => Err(Reason::Unread),
            found => Ok(found),
        },
        value if value.is_whole() => Ok(None),
        _ => Err(Reason::Unread),
    }
}

/// Like [`equals`], but a single text equals a list with only this text.
fn equals_as_list(expected: &Value, value: &PageValue, masked: bool) -> Truth {
    match (expected, value) {
        (Value::Array(items), PageValue::Text(_) | PageValue::CutText { .. }) if items.len() == 1 => {
            equals(&items[0], value, masked)
        }
        _ => equals(expected, value, masked),
    }
}

fn equals(expected: &Value, value: &PageValue, masked: bool) -> Truth {
    match (expected, value) {
        (_, PageValue::Proxied(_) | PageValue::Original) => UNREAD,
        (_, PageValue::Opaque(_)) if !value.is_whole() => UNREAD,
        (_, PageValue::Opaque(_)) => Truth::from(expected.is_null()),
        (Value::Null, PageValue::Null | PageValue::Undefined) => Truth::Yes,
        (Value::Bool(expected), PageValue::Bool(found)) => Truth::from(expected == found),
        (Value::Number(_), PageValue::Number(_))
        | (Value::String(_), PageValue::Text(_) | PageValue::CutText { .. } | PageValue::Converted { .. })
            if masked =>
        {
            MASKED
        }
        (Value::Number(expected), PageValue::Number(found)) => is_same_number(expected, found),
        (Value::String(expected), PageValue::Text(text) | PageValue::Converted { text, .. }) => {
            Truth::from(expected == text)
        }
        (Value::String(expected), PageValue::CutText { start, length }) => may_continue(start, *length, expected),
        (Value::Array(expected), PageValue::List(items, cut)) => {
            let rest = if *cut > 0 { UNREAD } else { Truth::Yes };
            let length = Truth::from(expected.len() as u64 == (items.len() as u64).saturating_add(*cut));
            let pairs = expected.iter().zip(items).map(|(one, other)| equals(one, other, masked));
            Truth::all([length, rest].into_iter().chain(pairs))
        }
        (Value::Object(expected), PageValue::Map(entries, cut)) => {
            let rest = if *cut > 0 { UNREAD } else { Truth::Yes };
            let is_omitted = |value: &PageValue| value.is_whole() && value.to_wire_json().is_none();
            let others = entries.iter().filter(|(_, value)| !is_omitted(value));
            let is_expected = |(key, _): &(String, PageValue)| Truth::from(expected.contains_key(key));
            let pairs = expected.iter().map(|(key, one)| match value.get(key) {
                Some(other) => equals(one, other, masked),
                None if *cut > 0 => UNREAD,
                None => Truth::No,
            });
            Truth::all([rest].into_iter().chain(others.map(is_expected)).chain(pairs))
        }
        _ => Truth::No,
    }
}

/// Compares numbers as JavaScript does. Digits that a number can't represent may differ.
fn is_same_number(expected: &Number, found: &Number) -> Truth {
    if loses_digits(expected) || loses_digits(found) {
        return UNREAD;
    }
    Truth::from(js_number::is_same(expected, found))
}

/// Whether a text of this start and length in UTF-16 code units can be `whole`.
fn may_continue(start: &str, length: u64, whole: &str) -> Truth {
    // A cut within a character leaves a replacement.
    let start = start.trim_end_matches(char::REPLACEMENT_CHARACTER);
    let is_possible = whole.starts_with(start) && whole.encode_utf16().count() as u64 == length;
    if is_possible { UNREAD } else { Truth::No }
}

fn matches(pattern: &TextPattern, value: &PageValue, masked: bool) -> Truth {
    match value {
        PageValue::List(items, cut) => {
            let rest = if *cut > 0 { UNREAD } else { Truth::Yes };
            Truth::all([rest].into_iter().chain(items.iter().map(|item| matches(pattern, item, masked))))
        }
        PageValue::Text(_) | PageValue::Converted { .. } | PageValue::Number(_) if masked => MASKED,
        PageValue::Text(text) | PageValue::Converted { text, .. } => Truth::from(pattern.is_match(text)),
        PageValue::Number(number) if loses_digits(number) => UNREAD,
        PageValue::Number(number) => Truth::from(pattern.is_match(number.as_str())),
        PageValue::CutText { .. } => UNREAD,
        other if other.is_whole() || matches!(other, PageValue::Map(..)) => Truth::No,
        _ => UNREAD,
    }
}

fn has_type(wanted: ValueType, value: &PageValue) -> Truth {
    let found = match value.kind() {
        ValueKind::Bool => Some(ValueType::Boolean),
        ValueKind::Number => Some(ValueType::Number),
        ValueKind::Text => Some(ValueType::String),
        ValueKind::List => Some(ValueType::Array),
        ValueKind::Map => Some(ValueType::Object),
        ValueKind::Null | ValueKind::Undefined => None,
        ValueKind::Other if value.is_whole() => None,
        ValueKind::Other => return UNREAD,
    };
    Truth::from(found == Some(wanted))
}

fn has_count(count: Count, value: &PageValue) -> Truth {
    let found = match value {
        PageValue::List(items, cut) => (items.len() as u64).saturating_add(*cut),
        PageValue::Text(_) | PageValue::CutText { .. } => 1,
        other if other.is_whole() || matches!(other, PageValue::Map(..)) => return Truth::No,
        _ => return UNREAD,
    };
    Truth::from(found >= count.at_least && count.at_most.is_none_or(|most| found <= most))
}

fn has_system(system: &str, value: &PageValue, masked: bool) -> Truth {
    in_items(value, |item| match item {
        PageValue::Text(text) | PageValue::CutText { start: text, .. } => match text.split_once(':') {
            Some((found, id)) if found == system => Truth::from(!id.is_empty()),
            // A mask may hide the system of an ID that is not of the documented form.
            _ if masked && IntegrationId::parse(text).is_none() && live_chat_of(text).is_none() => MASKED,
            None if matches!(item, PageValue::CutText { .. }) => UNREAD,
            _ => Truth::No,
        },
        other if other.is_whole() => Truth::No,
        _ => UNREAD,
    })
}

/// Whether `test` is true for an item of the list.
fn in_items(value: &PageValue, test: impl Fn(&PageValue) -> Truth) -> Truth {
    match value {
        PageValue::List(items, cut) => {
            let rest = if *cut > 0 { UNREAD } else { Truth::No };
            Truth::any(items.iter().map(test).chain([rest]))
        }
        PageValue::Text(_) | PageValue::CutText { .. } => test(value),
        other if other.is_whole() || matches!(other, PageValue::Map(..)) => Truth::No,
        _ => UNREAD,
    }
}
