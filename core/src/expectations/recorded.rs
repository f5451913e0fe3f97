//! The recorded pages of a tab, prepared for verdicts.

use super::page::Page;
use super::verdict::Reason;
use crate::checks::{Checked, Facts, Omission, ProvidedValue, check_all};
use crate::recording::Timeline;
use crate::recording::history::{DocumentHistory, TabHistory};
use crate::visitor::address::Purpose;
use crate::visitor::{Field, PerField};
use std::cell::OnceCell;

/// How long an entry from a recorded page may be in transit, in milliseconds: the relay waits up to a second for the
/// page to load, and changes are collected. A live verdict ignores the most recent part, because entries of it may be
/// missing.
pub const IN_TRANSIT: i64 = 1_500;

/// The time up to which everything is recorded, if it is `now`, in milliseconds since the epoch.
pub fn recorded_until(now: i64) -> i64 {
    now.saturating_sub(IN_TRANSIT)
}

/// What was recorded in one tab.
pub struct Recorded<'a> {
    pub timeline: &'a Timeline,
    /// The history derived from `timeline`.
    pub history: &'a TabHistory,
    /// The time until which it is recorded, in milliseconds since the epoch. Later entries may be in transit.
    pub until: i64,
    /// Whether personal data is replaced by masks.
    pub masked: bool,
    /// Whether more entries of the current page may follow.
    pub goes_on: bool,
}

impl<'a> Recorded<'a> {
    /// The recording of a tab that the extension records. `now` is in milliseconds since the epoch.
    pub fn live(timeline: &'a Timeline, history: &'a TabHistory, now: i64) -> Self {
        Self { timeline, history, until: recorded_until(now), masked: false, goes_on: true }
    }

    /// A recording that has ended at `until`, as in a file.
    pub fn ended(timeline: &'a Timeline, history: &'a TabHistory, until: i64, masked: bool) -> Self {
        Self { timeline, history, until, masked, goes_on: false }
    }
}

/// The pages of a tab: its top documents that were shown, oldest first.
pub(super) struct Tab<'a> {
    pub pages: Vec<Page<'a>>,
    pub masked: bool,
    /// Whether whole page loads were dropped.
    pub is_in_part: bool,
    /// Whether more may be recorded.
    pub goes_on: bool,
    pub facts: Facts<'a>,
    checked: OnceCell<Checked>,
    /// The indices in `facts` of the values that have flaws or could not be read as a whole.
    doubtful: OnceCell<PerField<Vec<usize>>>,
}

impl<'a> Tab<'a> {
    pub fn new(recorded: &Recorded<'a>) -> Self {
        let last = recorded.history.page().map(|page| page.document);
        let page = |history: &'a DocumentHistory| {
            let document = recorded.timeline.document(history.document)?;
            Some(Page::new(document, history, last == Some(history.document), recorded.until))
        };
        let shown = recorded.history.documents.iter().filter(|document| document.top && !document.marks.ahead);
        let pages = shown.filter_map(page).collect();
        let facts = Facts::new(recorded.history, None);
        let Recorded { masked, goes_on, .. } = *recorded;
        let is_in_part = recorded.history.gone;
        Self { pages, masked, is_in_part, goes_on, facts, checked: OnceCell::new(), doubtful: OnceCell::new() }
    }

    /// The values of a field that have flaws or could not be read as a whole.
    pub fn doubtful(&self, field: Field) -> impl Iterator<Item = &ProvidedValue<'a>> {
        let given = self.facts.given();
        let doubtful = self.doubtful.get_or_init(|| {
            let mut doubtful = PerField::<Vec<usize>>::default();
            for (at, one) in given.iter().enumerate().filter(|(_, one)| !one.flaws.is_empty() || !one.value.is_whole())
            {
                doubtful[one.field].push(at);
            }
            doubtful
        });
        doubtful[field].iter().map(|at| &given[*at])
    }

    /// What all checks find.
    pub fn checked(&self) -> &Checked {
        self.checked.get_or_init(|| check_all(&self.facts))
    }

    /// The reason why a check may have found more in a page than it reports, if the reason is one that `counts`.
    pub fn omitted(&self, page: &Page, counts: impl Fn(&Omission) -> bool) -> Option<Reason> {
        let mut omissions = self.checked().omissions.iter();
        let is_omitted = omissions.any(|omission| omission.document == page.history.document && counts(omission));
        is_omitted.then_some(Reason::FindingsOmitted)
    }

    /// The purpose of the URL that the tab showed before the page at `index`, if it belongs to the same site.
    pub fn purpose_before(&self, index: usize) -> Option<Purpose> {
        let before = &self.pages[index.checked_sub(1)?];
        let last = before.purposes().last()?;
        (before.history.site() == self.pages[index].history.site()).then_some(*last)
    }
}
