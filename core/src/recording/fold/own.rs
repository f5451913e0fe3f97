//! Our own edits: which recorded calls they made.
//!
//! The probe announces each of its calls to the recorder with the number of its act, so no clock is asked. A page may see the
//! number and say it too; all it can reach is that a call which does just what was asked for counts as ours.

use super::super::entry::{Entry, EntryId, Seq, Via, What};
use super::super::story::{Cause, Subject};
use super::Fold;
use crate::visitor::page_value::PageValue;

/// A call that one of our edits makes.
pub(super) struct Expected {
    own: EntryId,
    /// Of a recording of an older version, in which no call was announced.
    is_old: bool,
    name: &'static str,
    argument: Option<PageValue>,
}

impl Fold {
    /// An edit of ours. In recordings of older versions it may stand behind its calls.
    pub(super) fn own(&mut self, entry: &Entry, ask: &PageValue) {
        let is_old = matches!(entry.what, What::Own { after: None, .. });
        for (name, argument) in calls_of(ask) {
            let expected = Expected { own: entry.id, is_old, name, argument };
            let made = (0..self.story.calls.len()).rev().find(|index| self.is_made_by(*index, &expected));
            match made.filter(|_| is_old) {
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

    /// A call that was found in the queue, past the function, could not be announced: the first that says the same counts.
    fn is_made_by(&self, index: usize, expected: &Expected) -> bool {
        let call = &self.story.calls[index];
        let announced = match call.call.own {
            Some(number) => Seq::Own(number) == expected.own.seq,
            None => expected.is_old || call.call.via != Via::Function,
        };
        let argument = expected.argument.as_ref();
        let same = argument.is_none_or(|asked| call.call.arg(0).is_some_and(|made| is_copy_of(made, asked)));
        announced && same && call.own.is_none() && call.is(expected.name)
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

/// Whether `given` is what the recorder may have copied of `whole`, which it cuts where that is long or deep. What the person
/// kept as the page has it can be anything.
fn is_copy_of(given: &PageValue, whole: &PageValue) -> bool {
    match (given, whole) {
        (_, PageValue::Kept) => true,
        (PageValue::CutText { start, length }, PageValue::Text(text)) => {
            text.starts_with(start.as_str()) && *length == text.encode_utf16().count() as u64
        }
        (PageValue::List(items, cut), PageValue::List(all, 0)) => {
            items.len() as u64 + cut == all.len() as u64
                && items.iter().zip(all).all(|(item, one)| is_copy_of(item, one))
        }
        (PageValue::Map(entries, cut), PageValue::Map(all, 0)) => {
            let is_copied =
                |(key, value): &(String, PageValue)| whole.get(key).is_some_and(|one| is_copy_of(value, one));
            entries.len() as u64 + cut == all.len() as u64 && entries.iter().all(is_copied)
        }
        (PageValue::Opaque(kind), _) => kind == "deep",
        _ => given == whole,
    }
}

/// The calls that the probe makes for an `Ask` of the extension.
fn calls_of(ask: &PageValue) -> Vec<(&'static str, Option<PageValue>)> {
    let part = |key| ask.get(key).filter(|value: &&PageValue| !value.is_nothing()).cloned();
    match ask.get("act").and_then(PageValue::as_text) {
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
