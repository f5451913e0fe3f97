//! From one state to the next.

use super::event::{CopyWhat, Effect, Event, Given, Move};
use super::model::{Data, Dialog, FileInfo, Known, List, Model, NotOpened, Site, Source};
use super::place::{Place, View};
use super::rows::{self, Row, RowKey};
use crate::ui::copying::Copied;
use inspector_core::checks::{Facts, Finding, check};
use inspector_core::json_text::pretty;
use inspector_core::page_report::Report;
use inspector_core::recording::entry::{Entry, EntryId};
use inspector_core::recording::file;
use inspector_core::recording::mask::{Masker, mask, mask_entry};
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage;
use inspector_core::recording::storage::{Batch, Index};
use inspector_core::recording::summary;
use inspector_core::recording::wire;

/// How many rows Page Up and Page Down move by.
const PAGE: usize = 8;

/// Takes the model through one event; the effects are to be performed in order.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    if !matches!(event, Event::Stored { .. } | Event::Looked(_) | Event::Copy { .. } | Event::Sites(_) | Event::Site(_))
    {
        model.copied = None;
    }
    match event {
        Event::Go(place) => go(model, place),
        Event::Placed { alone, can_review } => {
            (model.alone, model.can_review) = (alone, can_review);
            vec![]
        }
        Event::Stored { index, batches } => stored(model, index.as_ref().map(Option::as_ref), &batches),
        Event::Looked(report) => looked(model, report.map(|report| *report)),
        Event::Opened { name, text } => opened(model, name, &text),
        Event::NotOpened(why) => not_opened(model, why),
        Event::Find(text) => listed(model, |list| list.text = text),
        Event::Choose(group) => listed(model, |list| match list.groups.iter().position(|known| *known == group) {
            Some(at) => drop(list.groups.remove(at)),
            None => list.groups.push(group),
        }),
        Event::ShowAll => listed(model, List::show_all),
        Event::Move(step) => moved(model, step),
        Event::Toggle(key) => toggle(model, key),
        Event::Copy { what, masked } => copy(model, what, masked),
        Event::NotCopied => vec![],
        Event::Review(index) => review(model, index),
        Event::Open(dialog) => {
            model.dialog = Some(dialog);
            vec![]
        }
        Event::CloseDialog => {
            model.dialog = None;
            vec![]
        }
        Event::Mask(masked) => {
            model.masked = masked;
            vec![]
        }
        Event::Confirm(now) => confirm(model, now),
        Event::Site(site) => {
            model.recording.site = site;
            vec![]
        }
        Event::Sites(sites) => {
            model.recording.sites = Some(sites);
            vec![]
        }
        Event::Record(at) => record(model, at),
        Event::Recording(wish) => {
            model.recording.wish = wish;
            vec![]
        }
        Event::Stop(pattern) => {
            model.recording.wish = Given::No;
            vec![Effect::Stop { pattern }]
        }
        Event::Done(outcome) => {
            model.failed = outcome.err();
            vec![]
        }
        Event::OpenPage { file } => vec![Effect::OpenPage(page(model, file))],
    }
}

fn go(model: &mut Model, place: Place) -> Vec<Effect> {
    let (view, effects) = match place {
        Place::View(view) => (view, vec![]),
        Place::Entry(id) => (View::Timeline, reveal(model, id)),
    };
    if std::mem::replace(&mut model.view, view) == view {
        return effects;
    }
    [vec![Effect::Shown], effects].concat()
}

/// Shows an entry with its data, whatever hid it.
fn reveal(model: &mut Model, id: EntryId) -> Vec<Effect> {
    if model.data.timeline.entry(id).is_none() {
        return vec![];
    }
    let key = RowKey::Entry(id);
    if !model.list.has(key) {
        model.list.show_all();
        model.list_rows();
    }
    if let Some(run) = rows::hidden_in(&model.list, &model.data.timeline, id) {
        model.list.open_runs.push(run);
        model.list_rows();
    }
    model.list.cursor = Some(key);
    model.list.expanded = Some(id);
    vec![Effect::Reveal(key)]
}

fn stored(model: &mut Model, index: Option<Option<&Index>>, batches: &[Batch]) -> Vec<Effect> {
    let before = model.data.known;
    match index {
        Some(None) => forget(model, Known::Nothing),
        // Nothing is left of what was here: it was cleared.
        Some(Some(Index { entries: 0, .. })) => forget(model, Known::Recorded),
        Some(Some(_)) if before != Known::Recorded => forget(model, Known::Recorded),
        _ => {}
    }
    if model.data.known != Known::Recorded {
        return vec![Effect::Tell];
    }
    for Batch { head, texts } in batches {
        storage::push(&mut model.data.timeline, head, texts.iter().map(String::as_str));
    }
    // What is dropped from now on was here before.
    if let Some(index) = index.flatten().filter(|_| before != Known::Recorded) {
        index.note(&mut model.data.timeline);
    }
    model.retell();
    vec![Effect::Tell]
}

/// Begins anew.
fn forget(model: &mut Model, known: Known) {
    model.data = Data { known, ..Data::default() };
    model.list = List { groups: model.list.groups.clone(), text: model.list.text.clone(), ..List::default() };
    model.retell();
}

fn looked(model: &mut Model, report: Option<Report>) -> Vec<Effect> {
    let before = model.problems();
    model.look = report;
    model.judge();
    if model.problems() == before { vec![] } else { vec![Effect::Tell] }
}

fn opened(model: &mut Model, name: String, text: &str) -> Vec<Effect> {
    let read = match file::read(text) {
        Ok(read) => read,
        Err(why) => return not_opened(model, why.into()),
    };
    let file = FileInfo { name, at: read.at, masked: read.masked, unreadable: read.unreadable };
    *model = Model { view: model.view, alone: model.alone, ..Model::new(Source::File(Some(file))) };
    model.data = Data { timeline: read.timeline, known: Known::Recorded, ..Data::default() };
    model.retell();
    vec![]
}

fn not_opened(model: &mut Model, why: NotOpened) -> Vec<Effect> {
    model.not_opened = Some(why);
    vec![]
}

/// Changes what the list shows; the keyboard's place and the shown data stay where they still are.
fn listed(model: &mut Model, change: impl FnOnce(&mut List)) -> Vec<Effect> {
    change(&mut model.list);
    model.list_rows();
    model.list.cursor.filter(|key| model.list.has(*key)).map(Effect::Reveal).into_iter().collect()
}

fn moved(model: &mut Model, step: Move) -> Vec<Effect> {
    let list = &mut model.list;
    let Some(last) = list.rows.len().checked_sub(1) else { return vec![] };
    let here = list.cursor.and_then(|key| list.place(key));
    let to = match (step, here) {
        (Move::Toggle, Some(here)) => {
            let key = list.rows[here].key();
            return toggle(model, key);
        }
        (Move::Toggle, None) => return vec![],
        (Move::First, _) => 0,
        (Move::Last, _) => last,
        // The newest is at the end, and so is who has just come here.
        (_, None) => last,
        (Move::Up, Some(here)) => here.saturating_sub(1),
        (Move::Down, Some(here)) => (here + 1).min(last),
        (Move::PageUp, Some(here)) => here.saturating_sub(PAGE),
        (Move::PageDown, Some(here)) => (here + PAGE).min(last),
    };
    let key = list.rows[to].key();
    list.cursor = Some(key);
    vec![Effect::Reveal(key)]
}

fn toggle(model: &mut Model, key: RowKey) -> Vec<Effect> {
    model.list.cursor = Some(key);
    match key {
        RowKey::Entry(id) => {
            model.list.expanded = (model.list.expanded != Some(id)).then_some(id);
        }
        RowKey::Run(first) => {
            match model.list.open_runs.iter().position(|run| *run == first) {
                Some(at) => drop(model.list.open_runs.remove(at)),
                None => model.list.open_runs.push(first),
            }
            model.list_rows();
        }
        RowKey::Gap(_) => {}
    }
    vec![]
}

fn copy(model: &mut Model, what: CopyWhat, masked: bool) -> Vec<Effect> {
    let copied = Copied::next(model.copied.as_ref(), what, masked);
    let masks = &mut copied.masked.then(Masker::default);
    let text = match &copied.what {
        CopyWhat::Json(id) => entry(model, *id, masks).map(|entry| pretty(&wire::write(&entry))),
        CopyWhat::Code(id) => entry(model, *id, masks).and_then(|entry| summary::code(&entry)),
        CopyWhat::Calls => Some(calls(model, masks)),
        CopyWhat::Repair(index) => repair(model, *index, copied.masked),
    };
    let Some(text) = text else { return vec![] };
    model.copied = Some(copied);
    vec![Effect::CopyText(text)]
}

/// An entry to copy, with masks where there are any.
fn entry(model: &Model, id: EntryId, masks: &mut Option<Masker>) -> Option<Entry> {
    let entry = model.data.timeline.entry(id)?;
    Some(masks.as_mut().map_or_else(|| entry.clone(), |masks| mask_entry(entry, masks)))
}

/// The calls that are shown, as code.
fn calls(model: &Model, masks: &mut Option<Masker>) -> String {
    let shown = model.list.rows.iter().filter_map(|row| match row {
        Row::Entry(id) => summary::code(&entry(model, *id, masks)?),
        Row::Run { .. } | Row::Gap { .. } => None,
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// The code of a finding's repair. A masked recording has the same findings, and their repairs name the masks.
fn repair(model: &Model, index: usize, masked: bool) -> Option<String> {
    let code = |finding: &Finding| finding.fix.as_ref()?.code.clone();
    let finding = model.findings.get(index)?;
    if !masked {
        return code(finding);
    }
    let story = replay(&mask(&model.data.timeline));
    let look = model.look.as_ref().map(|report| report.masked(&mut Masker::default()));
    check(&Facts::new(&story, look.as_ref().map(Report::look).as_ref()))
        .get(index)
        .filter(|other| other.check == finding.check)
        .and_then(code)
}

fn review(model: &Model, index: usize) -> Vec<Effect> {
    let edit = model.findings.get(index).and_then(|finding| finding.fix.as_ref()?.edit.as_ref());
    edit.map(|edit| Effect::Propose(edit.clone())).into_iter().collect()
}

fn confirm(model: &mut Model, now: i64) -> Vec<Effect> {
    match (model.dialog.take(), model.tab()) {
        (Some(Dialog::Clear), Some(tab)) => vec![Effect::Clear { tab }],
        (Some(Dialog::Export), _) => {
            let text = file::write(&model.data.timeline, now, model.masked);
            vec![Effect::Save { name: "upscope-recording.json".into(), text }]
        }
        _ => vec![],
    }
}

fn record(model: &mut Model, at: i64) -> Vec<Effect> {
    let (Site::Website { pattern, .. }, Some(tab)) = (&model.recording.site, model.tab()) else { return vec![] };
    let pattern = pattern.clone();
    model.recording.wish = Given::Asking;
    vec![Effect::Record { pattern, tab, at }]
}

fn page(model: &Model, file: bool) -> String {
    match model.tab() {
        Some(tab) if !file => format!("recorded.html?tab={tab}"),
        _ => "recorded.html".into(),
    }
}

impl List {
    fn show_all(&mut self) {
        self.text.clear();
        self.groups.clear();
    }

    fn place(&self, key: RowKey) -> Option<usize> {
        self.rows.iter().position(|row| row.key() == key)
    }

    fn has(&self, key: RowKey) -> bool {
        self.place(key).is_some()
    }
}

impl From<file::NotARecording> for NotOpened {
    fn from(why: file::NotARecording) -> Self {
        match why {
            file::NotARecording::TooLarge => Self::TooLarge,
            file::NotARecording::NotJson => Self::NotARecording,
            file::NotARecording::OtherSchema(name) => Self::OtherSchema(name),
        }
    }
}
