//! Attributes recorded calls to the inspector's edits.
//!
//! The probe announces each of its calls to the recorder with the number of its act, so no clocks are compared. A page
//! can observe the number and reuse it. At worst, a page's call with the requested content is attributed to the
//! inspector.

use super::super::entry::{CallSource, Entry, EntryData, EntryId, Seq};
use super::super::history::{Cause, ValueKey};
use super::Replay;
use crate::visitor::page_value::PageValue;

/// A call that an edit of the inspector makes.
pub(super) struct ExpectedCall {
    own: EntryId,
    /// From a recording of an older version, which did not announce calls.
    is_old: bool,
    name: &'static str,
    argument: Option<PageValue>,
}

impl Replay {
    /// Replays an edit of the inspector. In recordings of older versions it may follow its calls.
    pub(super) fn inspector_edit(&mut self, entry: &Entry, command: &PageValue) {
        let is_old = matches!(entry.what, EntryData::Inspector { after: None, .. });
        for (name, argument) in calls_of(command) {
            let expected = ExpectedCall { own: entry.id, is_old, name, argument };
            let made = || (0..self.history.calls.len()).rev().find(|index| self.is_made_by(*index, &expected));
            match is_old.then(made).flatten() {
                Some(index) => self.attribute_to_act(index, entry.id),
                None => self.expected.push(expected),
            }
        }
        if command.get("act").and_then(PageValue::as_text) == Some("setCode") {
            let code = command.get("code").filter(|code| !code.is_nothing()).cloned();
            self.add_step(ValueKey::LookupCode, (entry.id, entry.t), Cause::OwnEdit, code);
        }
    }

    /// Attributes a new call to the edit that is expected to make it.
    pub(super) fn match_act(&mut self, index: usize) {
        if let Some(at) = self.expected.iter().position(|expected| self.is_made_by(index, expected)) {
            let own = self.expected.remove(at).own;
            self.attribute_to_act(index, own);
        }
    }

    /// Whether the call is the expected one. A call that was found in the queue could not be announced, so the first
    /// one with the same content matches.
    fn is_made_by(&self, index: usize, expected: &ExpectedCall) -> bool {
        let call = &self.history.calls[index];
        let announced = match call.call.own {
            Some(number) => Seq::Inspector(number) == expected.own.seq,
            None => expected.is_old || call.call.via != CallSource::Function,
        };
        let argument = expected.argument.as_ref();
        let same = argument.is_none_or(|asked| call.call.arg(0).is_some_and(|made| made.may_be_copy_of(asked)));
        announced && same && call.own.is_none() && call.is(expected.name)
    }

    fn attribute_to_act(&mut self, index: usize, own: EntryId) {
        let call = &mut self.history.calls[index];
        call.own = Some(own);
        let entry = call.entry;
        let steps = self.history.values.values_mut().flat_map(|value| &mut value.steps);
        for step in steps.filter(|step| step.entry == entry && step.cause == Cause::Call) {
            step.cause = Cause::OwnEdit;
        }
    }
}

/// The calls that the probe makes for an act.
fn calls_of(command: &PageValue) -> Vec<(&'static str, Option<PageValue>)> {
    let part = |key| command.get(key).filter(|value: &&PageValue| !value.is_nothing()).cloned();
    match command.get("act").and_then(PageValue::as_text) {
        Some("update") => vec![("updateConnection", part("update"))],
        Some("reset") => vec![("reset", None)],
        Some("switch") => {
            let updates = [part("update"), part("late")].into_iter().flatten();
            let mut calls = vec![("reset", None), ("getShortId", None)];
            calls.extend(updates.map(|update| ("updateConnection", Some(update))));
            calls
        }
        Some("askCode") => vec![("getLookupCode", None)],
        Some("setCode") => {
            let update = part("code").map(|code| PageValue::Map(vec![("lookupCode".to_owned(), code)], 0));
            update.map(|update| ("updateConnection", Some(update))).into_iter().collect()
        }
        _ => vec![],
    }
}
