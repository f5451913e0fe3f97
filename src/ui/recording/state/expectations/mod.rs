//! The expectations beside a recording: those of the person and of the organization, and the verdicts on them.

mod update;

pub use update::{ExpectationEffect, ExpectationEvent, update};

use crate::errors::BrowserError;
use crate::storage_format::expectations::{EXPECTATIONS_KEY, EXPECTATIONS_LOCK, ExpectationDraft};
use crate::ui::stored_list::{self, ListError, Removal, RowButton, StoredItem};
use inspector_core::expectations::stored::{StoredExpectation, changed, read_one, read_stored, write};
use inspector_core::expectations::{Expectation, NotExpectations, Outcome, Recorded, VisitVerdict, judge, outcome_in};
use inspector_core::named_list::{ListChange, ListChangeError, Named};
use inspector_core::recording::entry::DocId;

/// The result of changing or reading the list.
pub type ListResult = stored_list::ListResult<StoredExpectation>;

impl StoredItem for StoredExpectation {
    const KEY: &str = EXPECTATIONS_KEY;
    const LOCK: &str = EXPECTATIONS_LOCK;

    fn read_stored(text: &str) -> Option<Vec<Self>> {
        read_stored(text)
    }

    fn write(expectations: &[Self]) -> String {
        write(expectations)
    }

    fn changed(expectations: Vec<Self>, change: ListChange<Self>) -> Result<Vec<Self>, ListChangeError> {
        changed(expectations, change)
    }
}

/// The expectations and what is done with them.
#[derive(Debug, Default)]
pub struct Expectations {
    /// Those of the person; `None` until they are read.
    pub own: Option<Vec<StoredExpectation>>,
    /// Those of the organization, which can't be changed here.
    pub managed: Vec<StoredExpectation>,
    /// Why the organization's can't be read.
    pub managed_error: Option<NotExpectations>,
    /// The verdicts on each expectation, in the order of [`Self::all`].
    verdicts: Vec<Vec<VisitVerdict>>,
    /// The time until which the tab is recorded, in milliseconds since the epoch.
    pub now: i64,
    pub editor: Option<ExpectationDraft>,
    pub removed: Removal<StoredExpectation>,
    pub import: Option<Import>,
    pub failed: Option<ListError>,
    /// The element to focus, until the next event, because the focused one was removed or replaced.
    pub focus: Option<Focus>,
    /// The follow-up of a change, once it is stored.
    then: Option<FollowUp>,
}

/// Identifies an expectation in the view.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExpectationKey {
    pub is_managed: bool,
    pub name: String,
}

/// Where an expectation applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the page load that is shown, or anywhere in a file.
    Here,
    /// In other page loads of the recording.
    OtherPages,
    /// In none of the recording.
    Nowhere,
}

/// The result of importing a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    Done {
        imported: usize,
        /// Expectations of the file that the list already had.
        known: usize,
    },
    Wrong(NotExpectations),
    TooLarge,
    /// The browser couldn't read it.
    Unreadable(BrowserError),
}

/// A button or an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Undo,
    Import,
    Editor,
    /// A button of the person's expectation at this index.
    Row(usize, RowButton),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum FollowUp {
    CloseEditor,
    ReportImport(Import),
    Focus(Focus),
    /// Focus a button of the expectation with this name, which was moved.
    FocusMoved {
        name: String,
        up: bool,
    },
}

impl Expectations {
    pub fn own(&self) -> &[StoredExpectation] {
        self.own.as_deref().unwrap_or_default()
    }

    /// The organization's expectations, then the person's.
    pub fn all(&self) -> impl Iterator<Item = &StoredExpectation> {
        self.managed.iter().chain(self.own())
    }

    /// The expectation with this key, and its verdicts.
    pub fn find(&self, key: &ExpectationKey) -> Option<(&StoredExpectation, &[VisitVerdict])> {
        let (list, before) = match key.is_managed {
            true => (&self.managed[..], 0),
            false => (self.own(), self.managed.len()),
        };
        let at = list.iter().position(|stored| stored.name() == key.name)?;
        Some((&list[at], self.verdicts.get(before + at).map_or(&[][..], Vec::as_slice)))
    }

    /// The expectation with this key, and the newest visit in which it is not met; `None` if there is no such visit.
    pub fn failing_visit(&self, key: &ExpectationKey) -> Option<(&Expectation, &VisitVerdict)> {
        let (stored, visits) = self.find(key)?;
        let visit = visits.iter().rev().find(|visit| visit.outcome() == Outcome::NotMet)?;
        Some((stored.expectation(), visit))
    }

    /// The newest visit of another page load than `page` in which the expectation with this key is not met.
    pub fn failed_elsewhere(&self, key: &ExpectationKey, page: DocId) -> Option<&VisitVerdict> {
        let (_, visits) = self.find(key)?;
        visits
            .iter()
            .rev()
            .find(|visit| visit.document.is_some_and(|document| document != page) && visit.outcome() == Outcome::NotMet)
    }

    /// The index of the person's expectation with this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.own().iter().position(|stored| stored.name() == name)
    }

    /// The keys of the expectations that apply at `place`.
    pub fn at(&self, place: Place, page: Option<DocId>) -> Vec<ExpectationKey> {
        let visits = |at: usize| self.verdicts.get(at).map_or(&[][..], Vec::as_slice);
        let is_there = |(at, _): &(usize, &StoredExpectation)| place_of(visits(*at), page) == place;
        let key = |(at, stored): (usize, &StoredExpectation)| ExpectationKey {
            is_managed: at < self.managed.len(),
            name: stored.name().to_owned(),
        };
        self.all().enumerate().filter(is_there).map(key).collect()
    }

    /// The number of expectations that are not met in `page`, or in the whole recording.
    pub fn failing(&self, page: Option<DocId>) -> usize {
        self.verdicts.iter().filter(|visits| outcome_in(visits, page) == Outcome::NotMet).count()
    }

    /// Compares the recording with all expectations.
    pub fn judge(&mut self, recorded: &Recorded) {
        let all: Vec<_> = self.all().map(StoredExpectation::expectation).collect();
        let judged = if all.is_empty() { vec![] } else { judge(all, recorded) };
        self.verdicts = judged.into_iter().map(|judged| judged.visits).collect();
    }

    /// Whether a verdict changes when time passes.
    pub fn is_open(&self) -> bool {
        let mut verdicts = self.verdicts.iter().flatten().flat_map(|visit| &visit.verdicts);
        verdicts.any(|(_, verdict)| verdict.left().is_some())
    }

    /// The edited expectation, or what is wrong in it; `None` if none is edited.
    pub fn edited(&self) -> Option<Result<StoredExpectation, NotExpectations>> {
        self.editor.as_ref().map(|draft| read_one(&draft.text))
    }
}

/// The most important place of these visits. `page`: the page load that is shown, or `None` for the whole recording.
fn place_of(visits: &[VisitVerdict], page: Option<DocId>) -> Place {
    let is_here = |visit: &VisitVerdict| page.is_none() || visit.document == page;
    if visits.iter().any(is_here) {
        Place::Here
    } else if visits.iter().any(|visit| visit.document.is_some()) {
        Place::OtherPages
    } else {
        Place::Nowhere
    }
}
