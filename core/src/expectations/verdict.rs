//! The verdicts on expectations.

use super::field::Count;
use super::file::Expectation;
use crate::recording::entry::{DocId, EntryId};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

/// The verdicts on one expectation, one for each time it applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    pub expectation: &'a Expectation,
    /// In the order of the recording; empty if no page of the recording matches.
    pub visits: Vec<VisitVerdict>,
}

/// The verdicts for one visit of a page, or one trigger in it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitVerdict {
    /// The page load that it is part of; `None` for all that the recording no longer has.
    pub document: Option<DocId>,
    /// The URL with which the visit began; empty if it is unknown.
    pub url: String,
    /// The entry that began the time in which the expectation must hold, if it is recorded.
    pub since: Option<EntryId>,
    /// Each part of the expectation with its verdict: at least one.
    pub verdicts: Vec<(Subject, Verdict)>,
}

/// A part of an expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The page or the trigger, if the parts could not be judged.
    Visit,
    Field(Field),
    /// A key of the metadata.
    Key(String),
    /// A part of what is expected of the calls, by its key.
    Calls(&'static str),
    Findings,
    Connected,
    SdkVersion,
    Region,
}

/// The verdict on a part of an expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It holds, as this entry shows if there is one.
    Met {
        entry: Option<EntryId>,
    },
    NotMet {
        requirement: Requirement,
        /// The value, if there is one.
        value: Option<PageValue>,
        /// The entry that proves it. `None` only if the document has no entry.
        entry: Option<EntryId>,
    },
    /// It may still hold.
    NotYet {
        awaited: Awaited,
    },
    CannotBeKnown {
        reason: Reason,
    },
}

/// What decides a verdict that is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The end of the time, in this many milliseconds.
    End(i64),
    Trigger,
    /// The visitor logs out.
    LogOut,
}

/// Why a verdict can't be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Missing entries may decide the verdict.
    EntriesMissing,
    /// The recording has lost whole page loads, which may have been visits.
    PagesMissing,
    /// The value was cut, or only running the page's code could return it.
    Unread,
    /// The recording is masked, and the verdict depends on the masked text.
    Masked,
    /// No entry shows who set the value.
    SetterUnknown,
    /// A person edited the value with the inspector.
    Edited,
    /// The page makes calls that the recorder doesn't see.
    CallsUnseen,
    /// The SDK's version is not numbers, or its region was not seen.
    NotReported,
    /// There are more visits, triggers or URLs than the limit.
    TooMany,
    /// A check found more in the page than is kept.
    FindingsOmitted,
    /// The page was left before the time was over.
    PageLeft,
    /// The trigger did not happen.
    NotTriggered,
    /// The visitor did not log out.
    NotLoggedOut,
}

/// The requirement that is not met: one part of what the file expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Requirement {
    Present,
    Absent,
    /// One of these values.
    OneOf(Vec<serde_json::Value>),
    Matches(String),
    Type(&'static str),
    Count(Count),
    Includes(String),
    Excludes(String),
    System(String),
    /// A flaw that no value may have.
    Never(&'static str),
    SetBy(Vec<&'static str>),
    /// Milliseconds after the start of the page.
    Before(i64),
    NotOverwritten,
    Called(String),
    NotCalled(String),
    CalledOnce(String),
    /// The first call of the second function comes after that of the first one.
    CalledAfter(String, String),
    ResetOnLogout,
    /// No finding of this check.
    NoFinding(&'static str),
    Connected,
    NotConnected,
    AtLeast(String),
}

/// The outcome of a verdict, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    NotMet,
    CannotBeKnown,
    NotYet,
    Met,
    /// The page was left too early, the trigger did not happen, or the visitor did not log out.
    NotJudged,
    /// No page of the recording matches.
    NotVisited,
}

impl Judged<'_> {
    /// The most severe outcome of all visits. A visit that was not judged counts only if no other one was.
    pub fn outcome(&self) -> Outcome {
        outcome_in(&self.visits, None)
    }
}

/// The most severe outcome of the visits in one page load, or in all of them.
pub fn outcome_in(visits: &[VisitVerdict], document: Option<DocId>) -> Outcome {
    let visits = visits.iter().filter(|visit| document.is_none() || visit.document == document);
    visits.map(VisitVerdict::outcome).min().unwrap_or(Outcome::NotVisited)
}

impl VisitVerdict {
    /// A visit that can't be judged in parts.
    pub(super) fn unjudged(document: Option<DocId>, url: &str, since: Option<EntryId>, verdict: Verdict) -> Self {
        Self { document, url: url.to_owned(), since, verdicts: vec![(Subject::Visit, verdict)] }
    }

    /// The entry that proves the first part that is not met.
    pub fn proof(&self) -> Option<EntryId> {
        self.verdicts.iter().find_map(|(_, verdict)| match verdict {
            Verdict::NotMet { entry, .. } => *entry,
            _ => None,
        })
    }

    /// The most severe outcome of all parts.
    pub fn outcome(&self) -> Outcome {
        let mut outcomes: Vec<_> = self.verdicts.iter().map(|(_, verdict)| verdict.outcome()).collect();
        outcomes.sort();
        match outcomes[..] {
            // A part that was not judged leaves the whole undecided.
            [Outcome::Met, .., Outcome::NotJudged] | [] => Outcome::NotJudged,
            [gravest, ..] => gravest,
        }
    }
}

impl Verdict {
    /// Milliseconds until the verdict changes without an entry.
    pub fn left(&self) -> Option<i64> {
        match self {
            Self::NotYet { awaited: Awaited::End(left) } => Some(*left),
            _ => None,
        }
    }

    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Met { .. } => Outcome::Met,
            Self::NotMet { .. } => Outcome::NotMet,
            Self::NotYet { .. } => Outcome::NotYet,
            Self::CannotBeKnown { reason } if reason.is_early() => Outcome::NotJudged,
            Self::CannotBeKnown { .. } => Outcome::CannotBeKnown,
        }
    }
}

impl Outcome {
    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotMet => "not-met",
            Self::CannotBeKnown => "cannot-be-known",
            Self::NotYet => "not-yet",
            Self::Met => "met",
            Self::NotJudged => "not-judged",
            Self::NotVisited => "not-visited",
        }
    }
}

impl Reason {
    /// Whether the recording ended, or the page was left, before the expectation applied or its time was over.
    fn is_early(self) -> bool {
        matches!(self, Self::PageLeft | Self::NotTriggered | Self::NotLoggedOut)
    }

    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::EntriesMissing => "entries-missing",
            Self::PagesMissing => "pages-missing",
            Self::Unread => "unread",
            Self::Masked => "masked",
            Self::SetterUnknown => "setter-unknown",
            Self::Edited => "edited",
            Self::CallsUnseen => "calls-unseen",
            Self::NotReported => "not-reported",
            Self::TooMany => "too-many",
            Self::FindingsOmitted => "findings-omitted",
            Self::PageLeft => "page-left",
            Self::NotTriggered => "not-triggered",
            Self::NotLoggedOut => "not-logged-out",
        }
    }
}

impl Subject {
    /// Whether it is about a value, which may be missing.
    pub fn has_value(&self) -> bool {
        matches!(self, Self::Field(_) | Self::Key(_))
    }

    /// The path in the file, for example `metadata.keys.plan`.
    pub fn name(&self) -> String {
        match self {
            Self::Visit => "when".to_owned(),
            Self::Field(field) => field.key().to_owned(),
            Self::Key(key) => format!("metadata.keys.{key}"),
            Self::Calls(part) => format!("calls.{part}"),
            Self::Findings => "findings".to_owned(),
            Self::Connected => "connected".to_owned(),
            Self::SdkVersion => "sdk.atLeast".to_owned(),
            Self::Region => "sdk.region".to_owned(),
        }
    }
}
