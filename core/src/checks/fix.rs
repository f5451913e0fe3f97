//! Fixes, as an edit and as code.

use super::finding::Fix;
use crate::edit::change::Change;
use crate::edit::patch::VisitorPatch;
use crate::js_text;
use crate::visitor::Field;
use crate::visitor::flaw::{FlawKind, flaws};
use crate::visitor::page_value::PageValue;
use serde_json::Value;

/// Sets `field` to `value`: as code, and as an edit if `now` says that an edit would correct the visitor.
pub fn set(field: Field, value: Value, now: bool) -> Option<Fix> {
    let patch = VisitorPatch::new([(field, Change::Set(value))])?;
    let code = js_text::call("updateConnection", &[patch.argument()]);
    Some(Fix { edit: now.then_some(patch), code: Some(code) })
}

/// A call with these fields of `argument`, if they have their documented types: as the code that `write` returns, and
/// as an edit if `now` says that an edit would correct the visitor. `None` if a field of the argument couldn't be read,
/// because the call would omit it, or if a field's value is meaningless: another check reports that value, and no visitor
/// should have it.
pub fn again(argument: Option<&PageValue>, fields: &[Field], now: bool, write: fn(String) -> String) -> Option<Fix> {
    let given = |field: &Field| argument?.get(field.key());
    if Field::ALL.iter().filter_map(given).any(|value| !value.is_whole()) {
        return None;
    }
    if fields.iter().any(|field| given(field).is_some_and(|value| has_meaningless_part(*field, value))) {
        return None;
    }
    let change = |field: &Field| {
        let change = match given(field)? {
            PageValue::Undefined => return None,
            PageValue::Null => Change::Remove,
            value => Change::Set(value.to_wire_json()?),
        };
        VisitorPatch::new([(*field, change.clone())])?;
        Some((*field, change))
    };
    let patch = VisitorPatch::new(fields.iter().filter_map(change))?;
    let code = write(js_text::call("updateConnection", &[patch.argument()]));
    Some(Fix { edit: now.then_some(patch), code: Some(code) })
}

/// Whether the value contains a text that the page's code didn't fill in, or a number that isn't the one it meant.
fn has_meaningless_part(field: Field, value: &PageValue) -> bool {
    use FlawKind::{DigitsLost, MissingPart, NothingAsText, Placeholder, Template};
    flaws(field, value)
        .iter()
        .any(|flaw| matches!(flaw.kind, DigitsLost | MissingPart | NothingAsText | Placeholder | Template))
}

/// A fix that is only code.
pub fn code(code: impl Into<String>) -> Option<Fix> {
    Some(Fix { edit: None, code: Some(code.into()) })
}

/// The code in a separate task.
pub fn in_next_task(code: String) -> String {
    format!("setTimeout(() => {{\n  {}\n}}, 0);", code.replace('\n', "\n  "))
}

/// The code that runs after Upscope has connected, outside of the SDK's callback.
pub fn once_connected(code: String) -> String {
    let inner = in_next_task(code).replace('\n', "\n  ");
    format!("Upscope('on', 'connection', () => {{\n  {inner}\n}});")
}
