//! The rows of the timeline: one for an entry, one for a run of entries of little interest, and one where entries are not
//! here.

use super::model::{Data, List};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::{Document, MissingEntries};
use inspector_core::recording::entry::{Entry, EntryId, EntryKind, Seq};
use inspector_core::recording::filter::Filter;
use inspector_core::recording::summary::{Tone, tone};
use std::iter::Peekable;
use std::vec::IntoIter;

/// How many quiet entries in a row are folded into one; fewer are shown as they are.
const FOLDED: usize = 3;

/// Kinds that a person takes for one, to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Calls,
    Wire,
    Values,
    Pages,
    Sdk,
    Inspector,
    Gaps,
}

/// What tells a row from every other, also after rows came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKey {
    Entry(EntryId),
    /// The run that begins with this entry.
    Run(EntryId),
    /// The gap whose first entry would have this name.
    Gap(EntryId),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    Entry(EntryId),
    /// So many quiet entries, beginning with this one; `open`: they follow one by one.
    Run {
        first: EntryId,
        count: usize,
        open: bool,
    },
    /// So many entries are not here, beginning with this one; `dropped`: to make room, as far as is known.
    Gap {
        first: EntryId,
        count: u64,
        dropped: bool,
    },
}

impl Group {
    pub const ALL: [Self; 7] =
        [Self::Calls, Self::Wire, Self::Values, Self::Pages, Self::Sdk, Self::Inspector, Self::Gaps];

    pub fn kinds(self) -> &'static [EntryKind] {
        match self {
            Self::Calls => &[EntryKind::Call, EntryKind::Done],
            Self::Wire => &[EntryKind::Frame, EntryKind::Socket],
            Self::Values => &[EntryKind::Change, EntryKind::Stored],
            Self::Pages => &[EntryKind::Page],
            Self::Sdk => &[EntryKind::Sdk, EntryKind::Script],
            Self::Inspector => &[EntryKind::Inspector],
            Self::Gaps => &[EntryKind::Drop, EntryKind::Unknown],
        }
    }

    fn of(kind: EntryKind) -> Self {
        let has = |group: &Self| group.kinds().contains(&kind);
        Self::ALL.into_iter().find(has).unwrap_or(Self::Gaps)
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

    /// Its entry, or its first.
    fn first(&self) -> EntryId {
        let (Self::Entry(id) | Self::Run { first: id, .. } | Self::Gap { first: id, .. }) = self;
        *id
    }
}

/// Makes the rows of `list` anew from `data`, and counts what each choice of kinds would show.
pub fn make(list: &mut List, data: &Data) {
    let text = Filter::new(vec![], &list.text);
    let is_chosen = |group| list.groups.is_empty() || list.groups.contains(&group);
    let finds_all = list.text.trim().is_empty();
    let mut gaps = if finds_all && is_chosen(Group::Gaps) { Gaps::of(&data.timeline) } else { Gaps::default() };
    let mut counts = [0; 7];
    // Each row with whether it is of little interest.
    let mut rows = vec![];
    for (_, entry) in data.timeline.ordered() {
        rows.extend(gaps.before(entry.id).map(|gap| (gap, false)));
        if text.matches(entry) {
            let group = Group::of(entry.what.kind());
            counts[group as usize] += 1;
            rows.extend(is_chosen(group).then(|| (Row::Entry(entry.id), is_quiet(entry))));
        }
        rows.extend(gaps.after(entry.id).map(|gap| (gap, false)));
    }
    list.shown = rows.iter().filter(|(row, _)| matches!(row, Row::Entry(_))).count();
    let folds = list.groups.is_empty() && finds_all;
    list.rows = if folds { folded(&rows, list) } else { rows.into_iter().map(|(row, _)| row).collect() };
    list.counts = counts;
}

fn folded(all: &[(Row, bool)], list: &List) -> Vec<Row> {
    let mut rows = Vec::with_capacity(all.len());
    for run in all.chunk_by(|(a, quiet), (b, also)| *quiet && *also && a.first().doc == b.first().doc) {
        let first = run[0].0.first();
        let open = list.open_runs.contains(&first);
        let fold = run.len() >= FOLDED;
        rows.extend(fold.then_some(Row::Run { first, count: run.len(), open }));
        if open || !fold {
            rows.extend(run.iter().map(|(row, _)| row.clone()));
        }
    }
    rows
}

/// The gaps that no row was made of yet.
#[derive(Default)]
struct Gaps<'a>(Vec<(&'a Document, Peekable<IntoIter<MissingEntries>>)>);

impl<'a> Gaps<'a> {
    fn of(timeline: &'a Timeline) -> Self {
        let documents = timeline.documents().iter();
        Self(documents.map(|document| (document, document.gaps().into_iter().peekable())).collect())
    }

    /// The one that ends at an entry.
    fn before(&mut self, id: EntryId) -> Option<Row> {
        self.take(id, |gap, n, _| gap.first < n)
    }

    /// The one after the last entry of a document.
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
    tone(entry) == Tone::Quiet
}

/// The entries of the run that begins with `first`.
pub fn run(timeline: &Timeline, first: EntryId, count: usize) -> Vec<&Entry> {
    let ordered = timeline.ordered().into_iter().map(|(_, entry)| entry);
    ordered.skip_while(|entry| entry.id != first).take(count).collect()
}

/// The run that hides `id`, if one does.
pub fn hidden_in(list: &List, timeline: &Timeline, id: EntryId) -> Option<EntryId> {
    list.rows.iter().find_map(|row| match row {
        Row::Run { first, count, open: false } => {
            run(timeline, *first, *count).iter().any(|entry| entry.id == id).then_some(*first)
        }
        _ => None,
    })
}
