//! The rows of the timeline: one for an entry, and one for a run of entries of little interest.

use super::model::{Data, List};
use crate::domain::timeline::Timeline;
use crate::domain::timeline::entry::{Entry, EntryId, Kind};
use crate::domain::timeline::filter::Filter;
use crate::domain::timeline::summary::{Tone, tone};

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
}

impl Group {
    pub const ALL: [Self; 7] =
        [Self::Calls, Self::Wire, Self::Values, Self::Pages, Self::Sdk, Self::Inspector, Self::Gaps];

    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Calls => &[Kind::Call, Kind::Done],
            Self::Wire => &[Kind::Frame, Kind::Socket],
            Self::Values => &[Kind::Change, Kind::Stored],
            Self::Pages => &[Kind::Page],
            Self::Sdk => &[Kind::Sdk, Kind::Script],
            Self::Inspector => &[Kind::Own],
            Self::Gaps => &[Kind::Drop, Kind::Unknown],
        }
    }

    fn of(kind: Kind) -> Self {
        let has = |group: &Self| group.kinds().contains(&kind);
        Self::ALL.into_iter().find(has).unwrap_or(Self::Gaps)
    }
}

impl Row {
    pub fn key(&self) -> RowKey {
        match self {
            Self::Entry(id) => RowKey::Entry(*id),
            Self::Run { first, .. } => RowKey::Run(*first),
        }
    }
}

/// Makes the rows of `list` anew from `data`, and counts what each choice of kinds would show.
pub fn make(list: &mut List, data: &Data) {
    let text = Filter::new(vec![], &list.text);
    let is_shown = |entry: &Entry| list.groups.is_empty() || list.groups.contains(&Group::of(entry.what.kind()));
    let mut counts = [0; 7];
    let mut shown = vec![];
    for (_, entry) in data.timeline.ordered() {
        if text.matches(entry) {
            counts[Group::of(entry.what.kind()) as usize] += 1;
            if is_shown(entry) {
                shown.push(entry);
            }
        }
    }
    let folds = list.groups.is_empty() && list.text.trim().is_empty();
    list.rows = if folds { folded(&shown, list) } else { shown.iter().map(|entry| Row::Entry(entry.id)).collect() };
    list.shown = shown.len();
    list.counts = counts;
}

fn folded(entries: &[&Entry], list: &List) -> Vec<Row> {
    let mut rows = Vec::with_capacity(entries.len());
    for run in entries.chunk_by(|a, b| is_quiet(a) && is_quiet(b) && a.id.doc == b.id.doc) {
        let first = run[0].id;
        let open = list.open_runs.contains(&first);
        let fold = run.len() >= FOLDED;
        rows.extend(fold.then_some(Row::Run { first, count: run.len(), open }));
        if open || !fold {
            rows.extend(run.iter().map(|entry| Row::Entry(entry.id)));
        }
    }
    rows
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
