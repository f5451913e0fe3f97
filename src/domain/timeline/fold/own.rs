//! Our own edits: which recorded calls they made.

use super::super::entry::{Entry, EntryId};
use super::super::story::{Cause, Subject};
use super::Fold;
use crate::domain::page_value::PageValue;

/// How far in time an edit and its call may lie apart, in milliseconds: a late part of a switch waits for the new
/// connection.
const NEAR_MS: u64 = 60_000;

/// A call that one of our edits makes.
pub(super) struct Expected {
    own: EntryId,
    t: i64,
    name: &'static str,
    argument: Option<PageValue>,
}

impl Fold {
    /// An edit of ours; the extension may write it down before or after the page told of its calls.
    pub(super) fn own(&mut self, entry: &Entry, ask: &PageValue) {
        for (name, argument) in calls_of(ask) {
            let expected = Expected { own: entry.id, t: entry.t, name, argument };
            let made = (0..self.story.calls.len()).rev().find(|index| self.is_made_by(*index, &expected));
            match made {
                Some(index) => self.mark_own(index, entry.id),
                None => self.expected.push(expected),
            }
        }
        if ask.get("act").and_then(PageValue::as_text) == Some("setCode") {
            let code = ask.get("code").filter(|code| !code.is_nothing()).cloned();
            self.step(Subject::LookupCode, (entry.id, entry.t), Cause::OwnEdit, code);
        }
    }

    /// Looks whether a new call is one that an edit of ours was to make.
    pub(super) fn claim(&mut self, index: usize) {
        if let Some(at) = self.expected.iter().position(|expected| self.is_made_by(index, expected)) {
            let own = self.expected.remove(at).own;
            self.mark_own(index, own);
        }
    }

    fn is_made_by(&self, index: usize, expected: &Expected) -> bool {
        let call = &self.story.calls[index];
        let near = call.t.abs_diff(expected.t) <= NEAR_MS;
        let same = match (&expected.argument, call.call.arg(0)) {
            (None, _) => true,
            (Some(asked), made) => made.is_some_and(|made| asked.is_made_as(made)),
        };
        near && same && call.own.is_none() && call.is(expected.name)
    }

    fn mark_own(&mut self, index: usize, own: EntryId) {
        let call = &mut self.story.calls[index];
        call.own = Some(own);
        let entry = call.entry;
        let steps = self.story.traces.iter_mut().flat_map(|trace| &mut trace.steps);
        for step in steps.filter(|step| step.entry == entry && step.cause == Cause::Call) {
            step.cause = Cause::OwnEdit;
        }
    }
}

/// The calls that the probe makes for an ask (`protocol::message::Ask`).
fn calls_of(ask: &PageValue) -> Vec<(&'static str, Option<PageValue>)> {
    let part = |key| ask.get(key).filter(|value: &&PageValue| !value.is_nothing()).cloned();
    match ask.get("act").and_then(PageValue::as_text) {
        Some("update") => vec![("updateConnection", part("update"))],
        Some("reset") => vec![("reset", None)],
        Some("switch") => {
            let updates = [part("update"), part("late")].into_iter().flatten();
            let mut calls = vec![("reset", None)];
            calls.extend(updates.map(|update| ("updateConnection", Some(update))));
            calls
        }
        Some("askCode") => vec![("getLookupCode", None)],
        _ => vec![],
    }
}
