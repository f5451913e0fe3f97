//! The verdicts as data for every format, with texts for people. Nothing in it depends on the time of the run.

use inspector_core::expectations::{Judged, Outcome, Subject, Verdict, VisitVerdict};
use inspector_core::js_text;
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::{EntryData, EntryId};
use inspector_core::recording::mask::Masker;
use inspector_core::recording::summary::summary_line;
use inspector_core::visitor::page_value::PageValue;
use serde::Serialize;

use crate::describe;
use crate::secrets::Secrets;

/// Maximum number of characters of a value in a report.
const MAX_VALUE: usize = 200;

/// The verdicts on all recordings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub schema: &'static str,
    /// The file of expectations.
    pub expectations: String,
    pub recordings: Vec<RecordingReport>,
    pub summary: Vec<Summary>,
}

/// The schema of the JSON format.
pub const SCHEMA: &str = "upscope-inspector/verdicts@1";

/// The verdicts on one recording.
#[derive(Serialize)]
pub struct RecordingReport {
    pub file: String,
    pub expectations: Vec<ExpectationReport>,
}

/// One expectation in all recordings.
#[derive(Serialize)]
pub struct Summary {
    pub name: String,
    #[serde(serialize_with = "outcome")]
    pub outcome: Outcome,
}

/// One expectation in one recording.
#[derive(Serialize)]
pub struct ExpectationReport {
    pub name: String,
    #[serde(serialize_with = "outcome")]
    pub outcome: Outcome,
    pub visits: Vec<VisitReport>,
}

/// One visit of a page.
#[derive(Serialize)]
pub struct VisitReport {
    /// Empty for page loads that the recording no longer has.
    pub url: String,
    #[serde(serialize_with = "outcome")]
    pub outcome: Outcome,
    pub parts: Vec<PartReport>,
}

/// One part of an expectation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartReport {
    /// Its path in the file, for example `tags`.
    pub subject: String,
    #[serde(serialize_with = "outcome")]
    pub outcome: Outcome,
    /// The expected value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// The value, as JavaScript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// Why the verdict can't be known, or what it awaits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The milliseconds until it counts as not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<i64>,
    /// The entry of the recording that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryReport>,
}

/// An entry of a recording.
#[derive(Serialize)]
pub struct EntryReport {
    /// Milliseconds since the start of its page.
    pub t: i64,
    pub kind: &'static str,
    pub name: String,
    /// The code that made a call: URL, line and column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// Writes reports on one recording.
pub struct Writer<'a> {
    timeline: &'a Timeline,
    /// Replaces personal data, if the output must not contain any.
    masker: Option<Masker>,
    secrets: &'a Secrets,
}

impl<'a> Writer<'a> {
    /// A writer for one recording. `mask`: whether the output must not contain personal data.
    pub fn new(timeline: &'a Timeline, mask: bool, secrets: &'a Secrets) -> Self {
        Self { timeline, masker: mask.then(Masker::default), secrets }
    }

    pub fn recording(&mut self, file: String, judged: &[Judged]) -> RecordingReport {
        RecordingReport { file, expectations: judged.iter().map(|judged| self.expectation(judged)).collect() }
    }

    fn expectation(&mut self, judged: &Judged) -> ExpectationReport {
        let visits = judged.visits.iter().map(|visit| self.visit(visit)).collect();
        ExpectationReport { name: self.hide(judged.expectation.name.to_string()), outcome: judged.outcome(), visits }
    }

    fn visit(&mut self, visit: &VisitVerdict) -> VisitReport {
        let url = self.url(&visit.url);
        let parts = visit.verdicts.iter().map(|(subject, verdict)| self.part(subject, verdict)).collect();
        VisitReport { url, outcome: visit.outcome(), parts }
    }

    fn part(&mut self, subject: &Subject, verdict: &Verdict) -> PartReport {
        let mut part = PartReport {
            subject: self.hide(subject.name()),
            outcome: verdict.outcome(),
            expected: None,
            seen: None,
            reason: None,
            left: None,
            entry: None,
        };
        match verdict {
            Verdict::Met { entry } => part.entry = entry.and_then(|entry| self.entry(entry)),
            Verdict::NotMet { requirement, value, entry } => {
                let masked = self.masker.as_mut().map(|masker| requirement.masked(masker, subject));
                part.expected = Some(self.hide(describe::requirement(masked.as_ref().unwrap_or(requirement))));
                part.seen = match value {
                    Some(value) => Some(self.value(value, subject)),
                    None => subject.has_value().then(|| "nothing".to_owned()),
                };
                part.entry = entry.and_then(|entry| self.entry(entry));
            }
            Verdict::NotYet { awaited } => {
                part.left = verdict.left();
                part.reason = describe::awaited(*awaited);
            }
            Verdict::CannotBeKnown { reason } => part.reason = Some(describe::reason(*reason)),
        }
        part
    }

    fn entry(&mut self, id: EntryId) -> Option<EntryReport> {
        let entry = self.timeline.entry(id)?;
        let at = match &entry.what {
            EntryData::Call(call) => call.at.as_ref(),
            _ => None,
        };
        let code = at.map(|at| format!("{}:{}:{}", self.url(&at.url), at.line, at.column));
        let name = summary_line(entry).name;
        // The line of a failed script is its URL.
        let name = if matches!(entry.what, EntryData::Script { .. }) { self.url(&name) } else { name };
        Some(EntryReport { t: entry.t, kind: entry.what.kind().name(), name: self.hide(name), code })
    }

    fn hide(&self, text: String) -> String {
        self.secrets.hide(&text)
    }

    pub fn url(&mut self, url: &str) -> String {
        let url = self.secrets.hide(url);
        self.masker.as_mut().map_or_else(|| url.clone(), |masker| masker.url(&url))
    }

    fn value(&mut self, value: &PageValue, subject: &Subject) -> String {
        let value = self.secrets.hide_value(value);
        let masked = self.masker.as_mut().map(|masker| masker.value(&value, subject.mask_context()));
        let mut out = String::new();
        js_text::page_value_inline(&mut out, masked.as_ref().unwrap_or(&value), MAX_VALUE);
        match out.char_indices().nth(MAX_VALUE) {
            Some((at, _)) => format!("{}…", &out[..at]),
            None => out,
        }
    }
}

fn outcome<S: serde::Serializer>(outcome: &Outcome, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(outcome.name())
}
