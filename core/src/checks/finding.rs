//! What a check found.

use super::Check;
use crate::edit::patch::VisitorPatch;
use crate::ordered;
use crate::recording::entry::EntryId;
use crate::visitor::Field;
use crate::visitor::flaw::FlawKind;
use crate::visitor::page_value::PageValue;

/// How many findings one check makes, and how much evidence one finding carries; a page may repeat itself for ever.
const MAX_FINDINGS: usize = 50;
const MAX_EVIDENCE: usize = 20;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something is lost, wrong at the server, or does not work at all.
    Error,
    /// It works today and is likely to hurt: off the documented contract, or ambiguous.
    Warning,
    /// Worth knowing; may be meant.
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

/// One finding of a check: the same thing seen many times is one finding with much evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check's id.
    pub check: &'static str,
    pub severity: Severity,
    pub about: About,
    /// At least one, oldest first, and at most twenty of them.
    pub evidence: Vec<Evidence>,
    /// How often it was seen, at least as often as there is evidence.
    pub count: usize,
    pub fix: Option<Fix>,
}

/// What a finding is about, beyond its check. All of it is for showing as text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct About {
    pub field: Option<Field>,
    /// A function, setting, live chat, address or key.
    pub name: Option<String>,
    pub value: Option<PageValue>,
    pub flaw: Option<FlawKind>,
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

/// What shows a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// An entry of the timeline.
    Entry(EntryId),
    /// A mere look at the page.
    Look(Seen),
}

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Field(Field),
    /// A call in the queue, by its place.
    WaitingCall(usize),
    /// How far the SDK has come.
    Sdk,
    /// The effective configuration or the account settings.
    Settings,
}

/// A repair, at least one part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// An edit of this visitor, to review before it is sent.
    pub edit: Option<VisitorPatch>,
    /// What to hand to the site's developer.
    pub code: Option<String>,
}

/// Findings in the making.
#[derive(Default)]
pub struct Findings {
    check: Option<&'static Check>,
    found: Vec<Finding>,
    of_check: usize,
}

impl Findings {
    /// From here on they are of `check`.
    pub(super) fn of(&mut self, check: &'static Check) {
        (self.check, self.of_check) = (Some(check), 0);
    }

    /// Adds what was found, without a repair.
    pub fn add(&mut self, about: About, evidence: Evidence) {
        self.add_with(about, evidence, || None);
    }

    /// Adds what was found; `fix` is asked for the first time only.
    pub fn add_with(&mut self, about: About, evidence: Evidence, fix: impl FnOnce() -> Option<Fix>) {
        let Some(check) = self.check else { return };
        let mine = self.found.len() - self.of_check..;
        if let Some(known) = self.found[mine].iter_mut().find(|finding| finding.about == about) {
            if known.evidence.contains(&evidence) {
                return;
            }
            known.count += 1;
            if known.evidence.len() < MAX_EVIDENCE {
                known.evidence.push(evidence);
            }
        } else if self.of_check < MAX_FINDINGS {
            self.of_check += 1;
            let (check, severity) = (check.id, check.severity);
            self.found.push(Finding { check, severity, about, evidence: vec![evidence], count: 1, fix: fix() });
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        let mut found = Vec::with_capacity(self.found.len());
        for finding in self.found {
            ordered::insert(&mut found, finding, |a, b| a.severity < b.severity);
        }
        found
    }
}
