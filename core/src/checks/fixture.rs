//! Helpers for the checks' tests.

pub mod unread;

use super::{Check, Facts, Finding, Findings, ReportFacts};
use crate::fixture::{encoded, visitor};
use crate::page_report::connection::{Link, Sdk};
use crate::recording::fixture::Tab;
use crate::recording::fixture::missing::with_missing;
use crate::recording::history::TabHistory;
use crate::recording::replay::replay;
use crate::visitor::Visitor;
use crate::visitor::page_value::PageValue;
use serde_json::{Value, json};
use unread::{assert_certain, assert_certain_with};

/// The findings of one check in a recording. A page without findings must have none whichever entries are missing, and
/// no finding may depend on a value that couldn't be read.
pub fn found(check: &'static Check, tab: &Tab) -> Vec<Finding> {
    let findings = run(check, &Facts::new(&tab.history(), None));
    assert_certain(&tab.timeline);
    if findings.is_empty() {
        for (missing, timeline) in with_missing(&tab.timeline) {
            assert_eq!(run(check, &Facts::new(&replay(&timeline), None)), [], "{}: {missing}", check.id);
        }
    }
    findings
}

/// The findings of one check.
pub fn run(check: &'static Check, facts: &Facts) -> Vec<Finding> {
    let mut findings = Findings::default();
    findings.begin(check);
    (check.run)(facts, &mut findings);
    findings.finish().findings
}

/// The report of a connected page with SDK 2.2.119, for tests to change.
#[derive(Clone)]
pub struct ReportFixture {
    pub sdk: Sdk,
    pub visitor: Visitor,
    pub config: PageValue,
    pub account: PageValue,
    pub version: Option<String>,
    /// `[name, ...arguments]`
    pub calls: Value,
    pub testing_key: Option<String>,
    pub loaded: bool,
    pub since: i64,
}

impl ReportFixture {
    pub fn new(config: Value) -> Self {
        Self {
            sdk: Sdk::Loaded(Link::HandshakeSeen),
            visitor: visitor(config.clone()),
            config: PageValue::decode(config),
            account: PageValue::decode(json!({ "apiKey": "K" })),
            version: Some("2.2.119".into()),
            calls: json!([]),
            testing_key: None,
            loaded: true,
            since: 60_000,
        }
    }

    /// The findings of one check in this report, without a recording. No finding of any check may depend on a value
    /// that could not be read.
    pub fn found(&self, check: &'static Check) -> Vec<Finding> {
        self.assert_certain();
        self.judge(&self.calls, |facts| run(check, facts))
    }

    /// The findings of one check in this report of the page that the recording shows, at the time of its last entry.
    pub fn found_in(&self, tab: &Tab, check: &'static Check) -> Vec<Finding> {
        let history = tab.history();
        let page = history.page().unwrap();
        let report = Self { since: page.last, ..self.clone() };
        report.judge_in(&history, Some(page.origin), &self.calls, |facts| run(check, facts))
    }

    fn assert_certain(&self) {
        let is_shown = |_: &str| false;
        let all = |report: &Self| report.judge(&report.calls, super::check);
        for (at, call) in self.calls.as_array().unwrap().iter().enumerate().filter(|(_, call)| call.get(1).is_some()) {
            assert_certain_with(&PageValue::decode(call[1].clone()), is_shown, |argument| {
                let mut calls = self.calls.clone();
                calls[at][1] = argument.encode();
                self.judge(&calls, super::check)
            });
        }
        assert_certain_with(&self.account, is_shown, |account| all(&Self { account: account.clone(), ..self.clone() }));
        // A test may have changed the visitor.
        if self.visitor == encoded(self.config.encode()) {
            assert_certain_with(&self.config, is_shown, |config| {
                all(&Self { config: config.clone(), visitor: encoded(config.encode()), ..self.clone() })
            });
        }
    }

    fn judge(&self, calls: &Value, judge: impl Fn(&Facts) -> Vec<Finding>) -> Vec<Finding> {
        self.judge_in(&TabHistory::default(), None, calls, judge)
    }

    fn judge_in(
        &self,
        history: &TabHistory,
        origin: Option<i64>,
        calls: &Value,
        judge: impl Fn(&Facts) -> Vec<Finding>,
    ) -> Vec<Finding> {
        let read = |call: &Value| (call[0].as_str().unwrap().to_owned(), PageValue::decode(call.clone()));
        let calls: Vec<_> = calls.as_array().unwrap().iter().map(read).collect();
        let report = ReportFacts {
            sdk: &self.sdk,
            visitor: &self.visitor,
            config: Some(&self.config),
            account: Some(&self.account),
            version: self.version.as_deref(),
            calls: calls.iter().map(waiting).collect(),
            testing_key: self.testing_key.as_deref(),
            top: true,
            origin,
            loaded: self.loaded,
            since: self.since,
        };
        judge(&Facts::new(history, Some(&report)))
    }
}

fn waiting((name, call): &(String, PageValue)) -> super::WaitingCall<'_> {
    match call {
        PageValue::List(items, _) => super::WaitingCall { name, arguments: &items[1..], own: false },
        _ => panic!("a call is a list"),
    }
}
