//! Helpers for the checks of single values: the value's flaws, and its fix.

use super::finding::{About, Findings, Fix};
use super::{Facts, ProvidedValue, fix};
use crate::visitor::Field;
use crate::visitor::edges;
use crate::visitor::flaw::{Flaw, flaws};
use crate::visitor::page_value::PageValue;
use serde_json::Value;

/// Adds each provided value with a flaw that `wanted` selects. The fix is the whole value with all repairs.
pub fn find(facts: &Facts, findings: &mut Findings, wanted: fn(Field, &Flaw) -> bool) {
    for given in facts.given() {
        let &ProvidedValue { field, value, evidence, .. } = given;
        for flaw in given.flaws.iter().filter(|flaw| wanted(field, flaw)) {
            let part = part(value, flaw.item);
            let about = About {
                value: Some(part.clone()),
                flaw: Some(flaw.kind),
                in_item: flaw.item.is_some(),
                ..About::field(field)
            };
            findings.add_with(about, evidence, || {
                let repairable = flaw.repair.is_some() || (flaw.item.is_some() && is_meaningless(part));
                if repairable { fixed(facts, field, value) } else { None }
            });
        }
    }
}

/// Applies every repair and omits meaningless members.
fn fixed(facts: &Facts, field: Field, value: &PageValue) -> Option<Fix> {
    fix::set(field, repaired(field, value)?, facts.is_current(field, value))
}

fn repaired(field: Field, value: &PageValue) -> Option<Value> {
    let found = flaws(field, value);
    if let Some(whole) = found.iter().find(|flaw| flaw.item.is_none()) {
        return whole.repair.clone().map(Value::String);
    }
    let PageValue::List(items, 0) = value else { return None };
    // Setting the value would lose the unread parts.
    if !value.is_whole() {
        return None;
    }
    let repair = |i: usize| found.iter().find(|flaw| flaw.item == Some(i)).and_then(|flaw| flaw.repair.clone());
    let item = |(i, item): (usize, &PageValue)| match repair(i) {
        Some(text) => Some(Value::String(text)),
        None if is_meaningless(item) => None,
        None => item.to_wire_json(),
    };
    let items: Vec<_> = items.iter().enumerate().filter_map(item).collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

/// Whether a list member can be omitted.
fn is_meaningless(item: &PageValue) -> bool {
    item.is_nothing() || item.as_text().is_some_and(|text| edges::trim(text).is_empty())
}

/// The flawed item, or the whole value.
fn part(value: &PageValue, item: Option<usize>) -> &PageValue {
    let at = |i: usize| match value {
        PageValue::List(items, _) => items.get(i),
        PageValue::Map(entries, _) => entries.get(i).map(|(_, value)| value),
        _ => None,
    };
    item.and_then(at).unwrap_or(value)
}
