//! The input of the checks: a tab's history, the report of one frame, or both.

use super::finding::{Evidence, ReportPart};
use crate::page_report::connection::Sdk;
use crate::page_report::{self, Report};
use crate::recording::history::{Cause, DocumentHistory, HistoryStep, Observation, RecordedCall, TabHistory, ValueKey};
use crate::sdk_version::is_version_2;
use crate::visitor::argument::sets_values;
use crate::visitor::flaw::{Flaw, flaws};
use crate::visitor::observed::Source;
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, Visitor};

/// Everything that the checks can use: the history and the report.
pub struct Facts<'a> {
    pub history: &'a TabHistory,
    pub report: Option<&'a ReportFacts<'a>>,
    given: Vec<ProvidedValue<'a>>,
    /// A call or the configuration of the page that the tab shows could not be read.
    page_has_unread: bool,
}

/// The report of one frame.
#[derive(Clone, Debug)]
pub struct ReportFacts<'a> {
    pub sdk: &'a Sdk,
    pub visitor: &'a Visitor,
    /// The effective configuration, if it can be read.
    pub config: Option<&'a PageValue>,
    /// The account settings.
    pub account: Option<&'a PageValue>,
    pub version: Option<&'a str>,
    /// All waiting calls, those of the inspector included. [`Facts::waiting`] gives the page's.
    pub calls: Vec<WaitingCall<'a>>,
    /// `localStorage.upscopeTestingKey`.
    pub testing_key: Option<&'a str>,
    pub top: bool,
    /// The document's time origin, in milliseconds since the epoch, by which its recording is found.
    pub origin: Option<i64>,
    /// The document has loaded, or that is unknown.
    pub loaded: bool,
    /// Milliseconds since the document started.
    pub since: i64,
}

/// A call in the queue.
#[derive(Clone, Copy, Debug)]
pub struct WaitingCall<'a> {
    pub name: &'a str,
    pub arguments: &'a [PageValue],
    /// The inspector made the call.
    pub own: bool,
}

/// A value that a call, the account settings or the URL provide for a field.
pub struct ProvidedValue<'a> {
    pub field: Field,
    pub value: &'a PageValue,
    pub evidence: Evidence,
    pub flaws: Vec<Flaw>,
}

impl<'a> Facts<'a> {
    /// `history`: empty if nothing was recorded.
    pub fn new(history: &'a TabHistory, report: Option<&'a ReportFacts<'a>>) -> Self {
        let page_has_unread = history.page().is_some_and(has_unread);
        let mut facts = Self { history, report, given: vec![], page_has_unread };
        facts.given = facts.find_given();
        facts
    }

    /// The recorded documents, oldest first.
    pub fn docs(&self) -> &'a [DocumentHistory] {
        &self.history.documents
    }

    /// The recorded documents, one list per site, for values that outlive a page load. Two hosts are one site if they
    /// had the same short ID. If one had none, a cookie that is unique to the visitor shows it, since the SDK reads its
    /// cookie if `localStorage` is empty. A common domain is not evidence: unrelated customers may share one, and the
    /// browser may block the cookie.
    pub fn sites(&self) -> Vec<Vec<&'a DocumentHistory>> {
        let docs = self.docs();
        // A missing document may have ended what an earlier one set.
        if self.history.gone {
            return docs.iter().map(|doc| vec![doc]).collect();
        }
        let ids: Vec<Vec<_>> = docs.iter().map(short_ids).collect();
        let sites: Vec<_> = docs.iter().map(DocumentHistory::site).collect();
        let mut site_of: Vec<usize> = (0..docs.len()).collect();
        for (at, doc) in docs.iter().enumerate() {
            for earlier in 0..at {
                let (one, other) = (site_of[earlier], site_of[at]);
                let is_one = sites[at] == sites[earlier] || is_same(&ids[at], &ids[earlier], (doc, &docs[earlier]));
                if one != other && is_one {
                    let joined = one.min(other);
                    site_of.iter_mut().filter(|site| [one, other].contains(site)).for_each(|site| *site = joined);
                }
            }
        }
        let of_site = |site| docs.iter().zip(&site_of).filter(|(_, of)| **of == site).map(|(doc, _)| doc).collect();
        (0..docs.len()).map(of_site).filter(|site: &Vec<_>| !site.is_empty()).collect()
    }

    /// The page's waiting calls in the report, with their evidence.
    pub fn waiting(&self) -> impl Iterator<Item = (WaitingCall<'a>, Evidence)> + use<'a> {
        let calls = self.report.map(|report| report.calls.as_slice()).unwrap_or_default();
        let page_calls = calls.iter().enumerate().filter(|(_, call)| !call.own);
        page_calls.map(|(i, call)| (*call, Evidence::Report(ReportPart::WaitingCall(i))))
    }

    /// All values from the page's calls, account settings, the URL and the report, with their flaws. `undefined` is not a value.
    pub fn given(&self) -> &[ProvidedValue<'a>] {
        &self.given
    }

    fn find_given(&self) -> Vec<ProvidedValue<'a>> {
        let mut given = vec![];
        for doc in self.docs() {
            for call in doc.page_calls().filter(|call| sets_values(&call.call.name)) {
                given.extend(values(call.call.arg(0), Evidence::Entry(call.entry)));
            }
            given.extend(Field::ALL.into_iter().flat_map(|field| ungiven(doc, field)));
        }
        let Some(report) = self.report else { return given };
        for field in Field::ALL {
            let now = &report.visitor.field(field).now;
            // A value in the queue may be the inspector's. The waiting calls below have the page's.
            let now = now.value().filter(|_| now.source() != Some(&Source::Queue));
            given.extend(now.map(|value| ProvidedValue::new(field, value, Evidence::Report(ReportPart::Field(field)))));
        }
        for (call, evidence) in self.waiting().filter(|(call, _)| sets_values(call.name)) {
            given.extend(values(call.arguments.first(), evidence));
        }
        given
    }

    /// Whether `value` is certainly the current value of the visitor's field, so that an edit would correct it.
    pub fn is_current(&self, field: Field, value: &PageValue) -> bool {
        let now = match self.report {
            Some(report) => report.visitor.field(field).now.value(),
            None => self.history.page().filter(|_| !self.page_has_unread).and_then(|doc| current(doc, field)),
        };
        now == Some(value)
    }

    /// Whether `doc` is the page that the tab shows, and what it set is known, so that an edit may correct it.
    pub fn is_live(&self, doc: &DocumentHistory) -> bool {
        let is_shown = self.history.page().is_some_and(|page| page.document == doc.document);
        is_shown && doc.marks.left.is_none() && !self.page_has_unread
    }

    /// The recording of the document that the report is about.
    pub fn reported(&self) -> Option<&'a DocumentHistory> {
        let report = self.report?;
        self.docs().iter().find(|doc| doc.top == report.top && Some(doc.origin) == report.origin)
    }

    /// How long the page of the report has been in a state, in milliseconds. `begin`: when the state began, by the
    /// recording of this page. Without a recording, it may have begun with the document. A complete recording without
    /// the beginning is older than the state.
    pub fn lasts(&self, begin: impl Fn(&DocumentHistory) -> Option<i64>) -> i64 {
        let Some(report) = self.report else { return 0 };
        match self.reported() {
            Some(doc) if doc.marks.ahead => 0,
            Some(doc) => match begin(doc) {
                Some(begin) => report.since - begin.max(doc.marks.shown),
                None if doc.complete => 0,
                None => report.since,
            },
            None => report.since,
        }
    }

    /// The page's recorded calls.
    pub fn calls(&self) -> impl Iterator<Item = (&'a DocumentHistory, &'a RecordedCall)> + use<'a> {
        let history = self.history;
        history.documents.iter().flat_map(|doc| doc.page_calls().map(move |call| (doc, call)))
    }
}

impl<'a> ProvidedValue<'a> {
    fn new(field: Field, value: &'a PageValue, evidence: Evidence) -> Self {
        Self { field, value, evidence, flaws: flaws(field, value) }
    }
}

impl<'a> From<&'a Report> for ReportFacts<'a> {
    fn from(report: &'a Report) -> Self {
        let settings = &report.settings;
        Self {
            sdk: &report.sdk,
            visitor: &report.visitor,
            config: settings.config.as_ref(),
            account: settings.account.as_ref(),
            version: settings.version.value().map(String::as_str),
            calls: report.calls.iter().map(WaitingCall::from).collect(),
            testing_key: settings.testing_key.as_deref(),
            top: report.page.top,
            origin: report.page.origin(),
            loaded: report.page.loaded,
            since: report.page.age,
        }
    }
}

impl<'a> From<&'a page_report::WaitingCall> for WaitingCall<'a> {
    fn from(call: &'a page_report::WaitingCall) -> Self {
        Self { name: &call.name, arguments: &call.arguments, own: call.own }
    }
}

impl ReportFacts<'_> {
    pub fn is_version_2(&self) -> bool {
        self.version.is_some_and(is_version_2)
    }
}

/// All short IDs of a document.
fn short_ids(doc: &DocumentHistory) -> Vec<&PageValue> {
    doc.value_history(ValueKey::ShortId).steps.iter().filter_map(|step| step.value.as_ref()).collect()
}

/// Whether two hosts have the same visitor, by their short IDs and cookies.
fn is_same(ids: &[&PageValue], others: &[&PageValue], (doc, other): (&DocumentHistory, &DocumentHistory)) -> bool {
    if !ids.is_empty() && !others.is_empty() {
        return ids.iter().any(|id| others.contains(id));
    }
    // A missing entry may be the short ID.
    if !doc.complete || !other.complete {
        return false;
    }
    let has =
        |cookie: &Observation<(String, String)>| other.marks.cookies.iter().any(|mark| mark.value == cookie.value);
    doc.marks.cookies.iter().any(has)
}

/// The visitor of the documents of a site, one after the other.
#[derive(Default)]
pub struct SiteVisitor<'a>(Option<&'a PageValue>);

impl<'a> SiteVisitor<'a> {
    /// Whether `doc` begins with another short ID than the document before ended with: another tab called `reset`, or
    /// the browser's data was deleted. What earlier documents set belongs to another visitor.
    pub fn is_replaced_in(&mut self, doc: &'a DocumentHistory) -> bool {
        let steps = &doc.value_history(ValueKey::ShortId).steps;
        let first = steps.first().filter(|step| step.cause != Cause::Reset).and_then(|step| step.value.as_ref());
        let last = steps.iter().rev().find_map(|step| step.value.as_ref());
        let is_other = first.is_some_and(|first| self.0.is_some_and(|known| known != first));
        self.0 = last.or(self.0);
        is_other
    }
}

/// The current value of a field. If the configuration couldn't be read, the value may be another one, unless a frame
/// carried it.
fn current(doc: &DocumentHistory, field: Field) -> Option<&PageValue> {
    let step = doc.value_history(ValueKey::Field(field)).now()?;
    let configured = doc.marks.config.as_ref().and_then(|config| config.value.get(field.key()));
    let is_read = step.sent.is_some() || configured.is_none_or(PageValue::is_whole);
    step.value.as_ref().filter(|_| is_read)
}

/// Whether a call or the configuration could not be read, so that the visitor may have other values than are known.
fn has_unread(doc: &DocumentHistory) -> bool {
    let is_unread = |mark: &Observation<PageValue>| !matches!(mark.value, PageValue::Map(..));
    doc.marks.config.as_ref().is_some_and(is_unread) || doc.calls.iter().any(RecordedCall::is_unread)
}

fn values(argument: Option<&PageValue>, evidence: Evidence) -> impl Iterator<Item = ProvidedValue<'_>> {
    Field::ALL.into_iter().filter_map(move |field| {
        let value = argument?.get(field.key()).filter(|value| **value != PageValue::Undefined)?;
        Some(ProvidedValue::new(field, value, evidence))
    })
}

/// Values that no call provided, and those that the configuration or a frame shows instead of what was read in a call.
fn ungiven(doc: &DocumentHistory, field: Field) -> impl Iterator<Item = ProvidedValue<'_>> {
    let others = [Cause::AccountSettings, Cause::UrlParameter, Cause::Unrecorded];
    let is_shown = move |step: &HistoryStep, value: &PageValue| {
        let given = doc.call(step.entry).and_then(|call| call.call.given(field.key()));
        matches!(step.cause, Cause::Call | Cause::Reset) && given != Some(value)
    };
    doc.value_history(ValueKey::Field(field)).steps.iter().filter_map(move |step| {
        let value = step.value.as_ref()?;
        // The inspector's act may be missing although its call is not.
        let is_by_page = doc.call(step.entry).is_none_or(RecordedCall::is_by_page);
        let is_ungiven = is_by_page && (others.contains(&step.cause) || is_shown(step, value));
        is_ungiven.then(|| ProvidedValue::new(field, value, Evidence::Entry(step.entry)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page_report::raw_report;

    #[test]
    fn the_pages_date_makes_no_document_older() {
        let text = r#"{"v":1,"page":{"document":"1000.5","at":4070908800000,"age":900}}"#;
        let (report, _) = raw_report::read(text, |_| false);
        assert_eq!(ReportFacts::from(&report).since, 900);
    }
    #[test]
    fn a_waiting_call_of_the_inspector_is_not_judged() {
        let found = |own: &str| {
            let sdk = r#""global":"function","version":"2.2.119","configured":true,"queue":1"#;
            let calls = r#"[["updateConnection",{"uniqueId":"{{id}}","metadata":{"plan":"pro"}}]]"#;
            let text = format!(r#"{{"v":1,"sdk":{{{sdk},"ownPositions":{own}}},"config":{{}},"calls":{calls}}}"#);
            let (report, _) = raw_report::read(&text, |_| false);
            crate::checks::check(&Facts::new(&TabHistory::default(), Some(&ReportFacts::from(&report)))).len()
        };
        assert_eq!((found("[]") > 0, found("[0]"), found("[1]") > 0), (true, 0, true));
    }
}
