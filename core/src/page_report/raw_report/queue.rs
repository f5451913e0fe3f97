//! Reads the calls that wait in the SDK's queue.

use super::values::*;
use crate::page_report::WaitingCall;
use crate::visitor::argument::argument;
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, PerField};

/// The waiting calls. `own_positions`: which of them the inspector made.
pub(super) fn waiting_calls(calls: &PageValue, own_positions: &PageValue) -> Vec<WaitingCall> {
    let own: Vec<_> = items(own_positions).iter().filter_map(count).collect();
    (0..).zip(items(calls)).map(|(position, entry)| waiting_call(entry, own.contains(&position))).collect()
}

fn waiting_call(entry: &PageValue, own: bool) -> WaitingCall {
    let parts = items(entry);
    let name = parts.first().and_then(short).unwrap_or_default();
    let arguments = parts.iter().skip(1).cloned().map(|value| argument(&name, value)).collect();
    WaitingCall { name, arguments, own }
}

/// The values that the waiting calls would set, by field. A waiting `reset` runs before all waiting updates, whatever
/// their order, and clears the identity, but not metadata (docs/sdk-reference.md#reset).
pub(super) fn pending(calls: &[WaitingCall], config: &PageValue) -> PerField<Option<PageValue>> {
    let mut fields = PerField::default();
    for call in calls.iter().filter(|call| call.name == "init") {
        give(&mut fields, call.arguments.first());
    }
    if calls.iter().any(|call| call.name == "reset") {
        for field in Field::ALL.into_iter().filter(|field| field.is_identity()) {
            let given = fields[field].as_ref().or(config.get(field.key()));
            fields[field] = given.filter(|value| !value.is_nothing()).map(|_| PageValue::Null);
        }
    }
    for call in calls.iter().filter(|call| call.name == "updateConnection") {
        give(&mut fields, call.arguments.first());
    }
    fields
}

/// Writes the values of a call's argument to `fields`. An argument that could not be read may set any field.
fn give(fields: &mut PerField<Option<PageValue>>, argument: Option<&PageValue>) {
    let is_unread =
        |value: &&PageValue| matches!(value, PageValue::Opaque(_) | PageValue::Proxied(_)) && !value.is_whole();
    let unread = argument.filter(is_unread);
    for field in Field::ALL {
        match unread.or_else(|| argument?.get(field.key())) {
            None | Some(PageValue::Undefined) => {}
            Some(value) => fields[field] = Some(value.clone()),
        }
    }
}
