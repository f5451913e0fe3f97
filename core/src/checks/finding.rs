//! The findings of the checks.

use super::Check;
use crate::edit::patch::VisitorPatch;
use crate::ordered;
use crate::recording::entry::{DocId, EntryId};
use crate::visitor::Field;
use crate::visitor::flaw::FlawKind;
use crate::visitor::page_value::PageValue;

/// Maximum number of findings of a check, because a page may repeat events indefinitely.
const MAX_FINDINGS: usize = 50;

/// Maximum number of pieces of evidence of a finding, for the same reason.
const MAX_EVIDENCE: usize = 20;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Data is missing or wrong on the server, or something doesn't work.
    Error,
    /// Likely to cause problems: undocumented or ambiguous.
    Warning,
    /// Possibly intentional.
    Note,
}

impl Severity {
    /// The stable attribute `data-severity`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A finding of a check. Repeated occurrences are one finding with more evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check's ID.
    pub check: &'static str,
    pub severity: Severity,
    pub about: About,
    /// The evidence, oldest first: at least one piece, and at most [`MAX_EVIDENCE`].
    pub evidence: Vec<Evidence>,
    /// The number of occurrences, including those whose evidence isn't kept.
    pub count: usize,
    pub fix: Option<Fix>,
}

/// The details of a finding, shown only as text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct About {
    pub field: Option<Field>,
    /// A function, setting, live chat, URL or key.
    pub name: Option<String>,
    pub value: Option<PageValue>,
    pub flaw: Option<FlawKind>,
    /// Whether `value` is an item of the field's list or the value of a metadata key.
    pub in_item: bool,
}

impl About {
    pub fn field(field: Field) -> Self {
        Self { field: Some(field), ..Self::default() }
    }

    pub fn name(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }

    pub fn value(self, value: &PageValue) -> Self {
        Self { value: Some(value.clone()), ..self }
    }
}

/// The evidence of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// An entry of the timeline.
    Entry(EntryId),
    /// The report of the page.
    Report(ReportPart),
}

/// The part of a report that is evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportPart {
    Field(Field),
    /// A call in the queue, by its index.
    WaitingCall(usize),
    /// The state of the SDK.
    Sdk,
    /// The effective configuration or the account settings.
    Settings,
}

/// A repair, with at least one part.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// An edit of this visitor, to review before it is sent.
    pub edit: Option<VisitorPatch>,
    /// Code for the site's developer.
    pub code: Option<String>,
}

/// A check of which not all findings and all evidence in a document are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omission {
    /// The check's ID.
    pub check: &'static str,
    pub severity: Severity,
    pub document: DocId,
}

/// What all checks found.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The most severe findings first.
    pub findings: Vec<Finding>,
    /// Each once.
    pub omissions: Vec<Omission>,
}

/// Collects findings.
#[derive(Default)]
pub struct Findings {
    check: Option<&'static Check>,
    found: Vec<Finding>,
    of_check: usize,
    omissions: Vec<Omission>,
}

impl Findings {
    /// Attributes further findings to `check`.
    pub(super) fn begin(&mut self, check: &'static Check) {
        (self.check, self.of_check) = (Some(check), 0);
    }

    /// Adds a finding without a repair.
    pub fn add(&mut self, about: About, evidence: Evidence) {
        self.add_with(about, evidence, || None);
    }

    /// Adds a finding. `fix` is called only for its first occurrence.
    pub fn add_with(&mut self, about: About, evidence: Evidence, fix: impl FnOnce() -> Option<Fix>) {
        let Some(check) = self.check else { return };
        let mine = self.found.len() - self.of_check..;
        if let Some(known) = self.found[mine].iter_mut().find(|finding| finding.about == about) {
            if known.evidence.contains(&evidence) {
                return;
            }
            known.count += 1;
            match known.evidence.len() {
                0..MAX_EVIDENCE => known.evidence.push(evidence),
                _ => self.omit(check, evidence),
            }
        } else if self.of_check < MAX_FINDINGS {
            self.of_check += 1;
            let (check, severity) = (check.id, check.severity);
            self.found.push(Finding { check, severity, about, evidence: vec![evidence], count: 1, fix: fix() });
        } else {
            self.omit(check, evidence);
        }
    }

    fn omit(&mut self, check: &'static Check, evidence: Evidence) {
        let Evidence::Entry(EntryId { doc: document, .. }) = evidence else { return };
        let omission = Omission { check: check.id, severity: check.severity, document };
        if !self.omissions.contains(&omission) {
            self.omissions.push(omission);
        }
    }

    pub(super) fn finish(self) -> Checked {
        let mut found = Vec::with_capacity(self.found.len());
        for finding in self.found {
            ordered::insert(&mut found, finding, |a, b| a.severity < b.severity);
        }
        Checked { findings: found, omissions: self.omissions }
    }
}
