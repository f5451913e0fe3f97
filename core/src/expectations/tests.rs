//! Each matcher with the verdicts met, not met, not yet and unknown. [`read`](super::read) rejects errors in the file.

mod fields;
mod reading;
mod rest;
mod table;
mod visits;

use super::*;
use crate::recording::entry::EntryId;
use crate::recording::fixture::Tab;
use serde_json::{Value, json};

/// Long after the start of a page.
const OVER: i64 = 60_000;

/// A file with one expectation of `expect` at every page of `acme.test`.
fn file(when: Value, expect: Value) -> Expectations {
    let pages = ["https://acme.test/*"];
    let text =
        json!({"schema": SCHEMA, "expectations": [{"name": "it", "pages": pages, "when": when, "expect": expect}]});
    read(&text.to_string(), Format::Json).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// Judges a tab `later` milliseconds after the start of the page it shows, while it may show more.
fn judge_at(tab: &Tab, masked: bool, later: i64, file: &Expectations) -> Vec<VisitVerdict> {
    judge_until(tab, masked, later, true, file)
}

/// Judges a recording that ends that much later.
fn judge_ended(tab: &Tab, later: i64, file: &Expectations) -> Vec<VisitVerdict> {
    judge_until(tab, false, later, false, file)
}

fn judge_until(tab: &Tab, masked: bool, later: i64, goes_on: bool, file: &Expectations) -> Vec<VisitVerdict> {
    let history = tab.history();
    let until = history.page().unwrap().origin + later;
    let timeline = if masked { &crate::recording::mask::mask(&tab.timeline) } else { &tab.timeline };
    let history = crate::recording::replay::replay(timeline);
    judge(file, &Recorded { timeline, history: &history, until, masked, goes_on }).remove(0).visits
}

/// The verdict on the only part of `expect` in the only visit, when the time is over.
fn verdict(tab: &Tab, expect: Value) -> Verdict {
    verdict_at(tab, OVER, expect)
}

fn verdict_at(tab: &Tab, later: i64, expect: Value) -> Verdict {
    only(judge_at(tab, false, later, &file(json!({}), expect)))
}

fn masked_verdict(tab: &Tab, expect: Value) -> Verdict {
    only(judge_at(tab, true, OVER, &file(json!({}), expect)))
}

fn only(mut visits: Vec<VisitVerdict>) -> Verdict {
    assert_eq!((visits.len(), visits[0].verdicts.len()), (1, 1), "{visits:#?}");
    visits.remove(0).verdicts.remove(0).1
}

fn is_met(verdict: &Verdict) -> bool {
    verdict.outcome() == Outcome::Met
}

fn unknown(reason: Reason) -> Verdict {
    Verdict::CannotBeKnown { reason }
}

/// The entry of this number in the first document.
fn entry(n: u64) -> EntryId {
    EntryId { doc: crate::recording::entry::DocId(0), seq: crate::recording::entry::Seq::Page(n) }
}

/// What is required, the value and the number of the entry that proves it.
fn not_met(verdict: Verdict) -> (Requirement, Option<Value>, Option<EntryId>) {
    match verdict {
        Verdict::NotMet { requirement, value, entry } => (requirement, value.map(|value| value.to_json()), entry),
        other => panic!("{other:?}"),
    }
}
