//! The rows of the timeline: one for each entry, run of quiet entries, or gap.

use enum_map::{Enum, EnumMap};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::{Document, MissingEntries};
use inspector_core::recording::entry::{Entry, EntryId, EntryKind, Seq};
use inspector_core::recording::filter::Filter;
use inspector_core::recording::summary::{SummaryTone, tone};
use std::iter::Peekable;
use std::vec::IntoIter;

/// The least number of consecutive quiet entries that are collapsed into one row.
const MIN_RUN: usize = 3;

/// A group of kinds, for the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Group {
    Calls,
    Wire,
    Values,
    Pages,
    Sdk,
    Inspector,
    Gaps,
}

/// Identifies a row, also after rows were added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKey {
    Entry(EntryId),
    /// The run that begins with this entry.
    Run(EntryId),
    /// The gap before the entry with this ID.
    Gap(EntryId),
}

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    Entry(EntryId),
    /// A run of this many quiet entries, beginning with this one. If `open`, they follow one by one.
    Run {
        first: EntryId,
        count: usize,
        open: bool,
    },
    /// This many entries are missing, beginning with this one. `dropped` of them are known to have been removed to free
    /// space.
    Gap {
        first: EntryId,
        count: u64,
        dropped: bool,
    },
}

/// The timeline's rows and filters.
#[derive(Default)]
pub struct List {
    pub rows: Vec<Row>,
    /// How many entries match, including collapsed ones.
    pub shown: usize,
    /// How many entries that match the text are in each group.
    pub counts: EnumMap<Group, usize>,
    /// How many calls match.
    pub calls: usize,
    /// An empty list means all.
    pub groups: Vec<Group>,
    pub text: String,
    pub(super) open_runs: Vec<EntryId>,
    /// The row that the keyboard commands apply to.
    pub cursor: Option<RowKey>,
    /// The entry whose data is expanded.
    pub expanded: Option<EntryId>,
}

impl Group {
    /// All groups, in the order of the filter.
    pub const ALL: [Self; Self::LENGTH] =
        [Self::Calls, Self::Wire, Self::Values, Self::Pages, Self::Sdk, Self::Inspector, Self::Gaps];

    fn from_kind(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Call | EntryKind::Done => Self::Calls,
            EntryKind::Frame | EntryKind::Socket => Self::Wire,
            EntryKind::Change | EntryKind::Stored => Self::Values,
            EntryKind::Page => Self::Pages,
            EntryKind::Sdk | EntryKind::Script => Self::Sdk,
            EntryKind::Inspector => Self::Inspector,
            EntryKind::Drop | EntryKind::Unknown => Self::Gaps,
        }
    }
}

impl Row {
    pub fn key(&self) -> RowKey {
        match self {
            Self::Entry(id) => RowKey::Entry(*id),
            Self::Run { first, .. } => RowKey::Run(*first),
            Self::Gap { first, .. } => RowKey::Gap(*first),
        }
    }

    /// Its entry, or its first entry.
    fn first(&self) -> EntryId {
        let (Self::Entry(id) | Self::Run { first: id, .. } | Self::Gap { first: id, .. }) = self;
        *id
    }
}

/// Builds the rows of `list` from the entries, and counts what each filter would show.
pub fn build(list: &mut List, timeline: &Timeline) {
    let text = Filter::new(vec![], &list.text);
    let is_chosen = |group| list.groups.is_empty() || list.groups.contains(&group);
    let finds_all = list.text.trim().is_empty();
    let mut gaps = if finds_all && is_chosen(Group::Gaps) { Gaps::new(timeline) } else { Gaps::default() };
    let mut counts = EnumMap::default();
    let mut calls = 0;
    // Each row, and whether it is quiet.
    let mut rows = vec![];
    for (_, entry) in timeline.ordered() {
        rows.extend(gaps.before(entry.id).map(|gap| (gap, false)));
        if text.matches(entry) {
            let kind = entry.what.kind();
            let group = Group::from_kind(kind);
            counts[group] += 1;
            if is_chosen(group) {
                calls += usize::from(kind == EntryKind::Call);
                rows.push((Row::Entry(entry.id), is_quiet(entry)));
            }
        }
        rows.extend(gaps.after(entry.id).map(|gap| (gap, false)));
    }
    list.shown = rows.iter().filter(|(row, _)| matches!(row, Row::Entry(_))).count();
    let folds = list.groups.is_empty() && finds_all;
    list.rows = if folds { collapse_runs(&rows, list) } else { rows.into_iter().map(|(row, _)| row).collect() };
    (list.counts, list.calls) = (counts, calls);
}

fn collapse_runs(all: &[(Row, bool)], list: &List) -> Vec<Row> {
    let mut rows = Vec::with_capacity(all.len());
    for run in all.chunk_by(|(a, quiet), (b, also)| *quiet && *also && a.first().doc == b.first().doc) {
        let first = run[0].0.first();
        let open = list.open_runs.contains(&first);
        let fold = run.len() >= MIN_RUN;
        rows.extend(fold.then_some(Row::Run { first, count: run.len(), open }));
        if open || !fold {
            rows.extend(run.iter().map(|(row, _)| row.clone()));
        }
    }
    rows
}

/// The gaps that have no row yet.
#[derive(Default)]
struct Gaps<'a>(Vec<(&'a Document, Peekable<IntoIter<MissingEntries>>)>);

impl<'a> Gaps<'a> {
    fn new(timeline: &'a Timeline) -> Self {
        let documents = timeline.documents().iter();
        Self(documents.map(|document| (document, document.gaps().into_iter().peekable())).collect())
    }

    /// The gap that ends at an entry.
    fn before(&mut self, id: EntryId) -> Option<Row> {
        self.take(id, |gap, n, _| gap.first < n)
    }

    /// The gap after the last entry of a document.
    fn after(&mut self, id: EntryId) -> Option<Row> {
        self.take(id, |gap, n, next| gap.first == n.saturating_add(1) && gap.first.saturating_add(gap.count) == next)
    }

    fn take(&mut self, id: EntryId, is_here: impl Fn(&MissingEntries, u64, u64) -> bool) -> Option<Row> {
        let n = id.seq.page_number()?;
        let (document, gaps) = self.0.iter_mut().find(|(document, _)| document.id == id.doc)?;
        let gap = gaps.next_if(|gap| is_here(gap, n, document.next()))?;
        let losses = document.losses();
        let dropped = losses.before + losses.missing == 0;
        Some(Row::Gap { first: EntryId { seq: Seq::Page(gap.first), ..id }, count: gap.count, dropped })
    }
}

fn is_quiet(entry: &Entry) -> bool {
    tone(entry) == SummaryTone::Quiet
}

/// The collapsed run that hides the entry `id`, by the run's first entry; `None` if no run hides it.
pub fn hidden_in(list: &List, timeline: &Timeline, id: EntryId) -> Option<EntryId> {
    // The runs are in the order of the entries, so all of them are found in one pass.
    let mut ids = timeline.ordered().into_iter().map(|(_, entry)| entry.id);
    list.rows.iter().find_map(|row| match row {
        Row::Run { first, count, open: false } => {
            let first = ids.find(|one| one == first)?;
            let others = ids.by_ref().take(count - 1);
            std::iter::once(first).chain(others).any(|one| one == id).then_some(first)
        }
        _ => None,
    })
}
