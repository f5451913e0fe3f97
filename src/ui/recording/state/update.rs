//! The transitions of the recorded views.

use super::destination::{Destination, View};
use super::event::{CursorMove, Effect, Event};
use super::expectations::{self, ExpectationEvent};
use super::model::{CopyTarget, Data, Dialog, FileInfo, Model, OpenError, RecordingState, Source};
use super::rows::{self, Group, List, Row, RowKey};
use super::site;
use crate::errors::FileError;
use crate::ui::copying::CopyState;
use inspector_core::checks::{Facts, Finding, ReportFacts, check};
use inspector_core::expectations::recorded_until;
use inspector_core::json_text::pretty;
use inspector_core::page_report::Report;
use inspector_core::recording::entry::{Entry, EntryId};
use inspector_core::recording::file;
use inspector_core::recording::mask::{Masker, mask, mask_entry};
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage;
use inspector_core::recording::storage::{Batch, Index};
use inspector_core::recording::summary::call_code;
use inspector_core::recording::wire;

/// How many rows Page Up and Page Down move by.
const PAGE: usize = 8;

/// Applies one event to the model and returns the effects to perform, in order.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    if !is_passive(&event) {
        model.copied = None;
    }
    match event {
        Event::Go(destination) => navigate(model, destination),
        Event::Placed { is_standalone, can_review } => {
            (model.is_standalone, model.can_review) = (is_standalone, can_review);
            vec![]
        }
        Event::Stored { at, index, batches } => {
            model.expectations.now = at;
            add_stored(model, index.as_ref().map(Option::as_ref), &batches)
        }
        Event::Inspected(report) => inspected(model, report.map(|report| *report)),
        Event::FileChosen => {
            model.file_choice += 1;
            model.not_opened = None;
            vec![]
        }
        Event::FileRead { choice, name, text } => {
            if choice == model.file_choice {
                open_file(model, name, text);
            }
            vec![]
        }
        Event::Find(text) => change_list(model, |list| list.text = text),
        Event::ToggleGroup(group) => change_list(model, |list| list.toggle_group(group)),
        Event::ShowAll => change_list(model, List::clear_filters),
        Event::Move(step) => move_cursor(model, step),
        Event::ToggleRow(key) => toggle_row(model, key),
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
        Event::SetMasked(masked) => {
            model.masked = masked;
            vec![]
        }
        Event::Confirm(now) => confirm(model, now),
        Event::Site(site) => {
            site::show(model, site);
            vec![]
        }
        Event::Sites(sites) => {
            model.recording.sites = Some(sites);
            vec![]
        }
        Event::Record(at) => site::record(model, at),
        Event::Recording { pattern, progress } => {
            site::progress(model, &pattern, progress);
            vec![]
        }
        Event::Stop(pattern) => site::stop(model, pattern),
        Event::Done(outcome) => {
            model.failed = outcome.err();
            vec![]
        }
        Event::Expectation(event) => change_expectations(model, event),
        Event::OpenExpectations => {
            vec![Effect::OpenPage(format!("{}#{}", page_url(model, false), View::Expectations.name()))]
        }
        Event::ExpectSeen => expect_seen(model),
        Event::OpenPage { file } => vec![Effect::OpenPage(page_url(model, file))],
    }
}

/// Whether the last copied thing stays marked: the person did nothing, or copies.
fn is_passive(event: &Event) -> bool {
    matches!(
        event,
        Event::Stored { .. }
            | Event::Inspected(_)
            | Event::Copy { .. }
            | Event::Sites(_)
            | Event::Site(_)
            | Event::Expectation(ExpectationEvent::Now(_))
    )
}

fn navigate(model: &mut Model, destination: Destination) -> Vec<Effect> {
    let (view, effects) = match destination {
        Destination::View(view) => (view, vec![]),
        Destination::Entry(id) => (View::Timeline, reveal(model, id)),
    };
    if let View::History(subject) = view {
        model.subject = subject;
    }
    if std::mem::replace(&mut model.view, view) == view {
        return effects;
    }
    model.expectations.focus = None;
    [vec![Effect::NotifyHost], effects].concat()
}

/// Shows an entry with its data, even if a filter or a run hides it.
fn reveal(model: &mut Model, id: EntryId) -> Vec<Effect> {
    if model.data.timeline.entry(id).is_none() {
        return vec![];
    }
    let key = RowKey::Entry(id);
    if !model.list.has(key) {
        model.list.clear_filters();
        model.build_rows();
    }
    if let Some(run) = rows::hidden_in(&model.list, &model.data.timeline, id) {
        model.list.open_runs.push(run);
        model.build_rows();
    }
    model.list.cursor = Some(key);
    model.list.expanded = Some(id);
    vec![Effect::Reveal(key)]
}

fn add_stored(model: &mut Model, index: Option<Option<&Index>>, batches: &[Batch]) -> Vec<Effect> {
    let before = model.data.state;
    match index {
        Some(None) => reset(model, RecordingState::Nothing),
        // Nothing of the previous entries is left: the recording was cleared.
        Some(Some(Index { entries: 0, .. })) => reset(model, RecordingState::Recorded),
        Some(Some(_)) if before != RecordingState::Recorded => reset(model, RecordingState::Recorded),
        _ => {}
    }
    if model.data.state != RecordingState::Recorded {
        return vec![Effect::NotifyFollower];
    }
    for Batch { head, texts } in batches {
        storage::push(&mut model.data.timeline, head, texts.iter().map(String::as_str));
        site::entries_arrived(&mut model.recording);
    }
    // Entries dropped from now on were shown before.
    if let Some(index) = index.flatten().filter(|_| before != RecordingState::Recorded) {
        index.note(&mut model.data.timeline);
    }
    model.refresh();
    vec![Effect::NotifyFollower]
}

/// Resets the data.
fn reset(model: &mut Model, state: RecordingState) {
    model.data = Data { state, ..Data::default() };
    model.list = List { groups: model.list.groups.clone(), text: model.list.text.clone(), ..List::default() };
    model.refresh();
}

fn inspected(model: &mut Model, report: Option<Report>) -> Vec<Effect> {
    let before = model.problems();
    model.report = report;
    model.run_checks();
    if model.problems() == before { vec![] } else { vec![Effect::NotifyFollower] }
}

fn open_file(model: &mut Model, name: String, text: Result<String, FileError>) {
    let read = match text.map_err(OpenError::from).and_then(|text| file::read(&text).map_err(OpenError::from)) {
        Ok(read) => read,
        Err(why) => {
            model.not_opened = Some(why);
            return;
        }
    };
    let file = FileInfo { name, at: read.at, masked: read.masked, unreadable: read.unreadable };
    let expectations = std::mem::take(&mut model.expectations);
    let Model { view, subject, is_standalone, file_choice, .. } = *model;
    *model = Model { view, subject, is_standalone, file_choice, expectations, ..Model::new(Source::File(Some(file))) };
    model.data = Data { timeline: read.timeline, state: RecordingState::Recorded, ..Data::default() };
    model.refresh();
}

fn change_expectations(model: &mut Model, event: ExpectationEvent) -> Vec<Effect> {
    let judges = match event {
        ExpectationEvent::Now(_) => model.expectations.is_open(),
        ExpectationEvent::Loaded(_) | ExpectationEvent::Stored(_) | ExpectationEvent::Managed(_) => true,
        _ => false,
    };
    let before = model.failing();
    let mut effects: Vec<_> =
        expectations::update(&mut model.expectations, event).into_iter().map(Effect::Expectation).collect();
    if judges {
        model.judge();
        effects.extend((model.failing() != before).then_some(Effect::NotifyFollower));
    }
    effects
}

/// Opens an expectation of the page's current behavior for review.
fn expect_seen(model: &mut Model) -> Vec<Effect> {
    let text = model.seen_expectation().as_ref().map(pretty);
    text.map_or_else(Vec::new, |text| change_expectations(model, ExpectationEvent::New(text)))
}

/// Changes what the list shows. The list scrolls to the current row if it still has that row.
fn change_list(model: &mut Model, change: impl FnOnce(&mut List)) -> Vec<Effect> {
    change(&mut model.list);
    model.build_rows();
    model.list.cursor.filter(|key| model.list.has(*key)).map(Effect::Reveal).into_iter().collect()
}

fn move_cursor(model: &mut Model, step: CursorMove) -> Vec<Effect> {
    let list = &mut model.list;
    let Some(last) = list.rows.len().checked_sub(1) else { return vec![] };
    let here = list.cursor.and_then(|key| list.position(key));
    let to = match (step, here) {
        (CursorMove::Toggle, Some(here)) => {
            let key = list.rows[here].key();
            return toggle_row(model, key);
        }
        (CursorMove::Toggle, None) => return vec![],
        (CursorMove::First, _) => 0,
        (CursorMove::Last, _) => last,
        // The newest entry is the last, and the list opens there.
        (_, None) => last,
        (CursorMove::Up, Some(here)) => here.saturating_sub(1),
        (CursorMove::Down, Some(here)) => (here + 1).min(last),
        (CursorMove::PageUp, Some(here)) => here.saturating_sub(PAGE),
        (CursorMove::PageDown, Some(here)) => (here + PAGE).min(last),
    };
    let key = list.rows[to].key();
    list.cursor = Some(key);
    vec![Effect::Reveal(key)]
}

fn toggle_row(model: &mut Model, key: RowKey) -> Vec<Effect> {
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
            model.build_rows();
        }
        RowKey::Gap(_) => {}
    }
    vec![]
}

fn copy(model: &mut Model, what: CopyTarget, masked: bool) -> Vec<Effect> {
    let copied = CopyState::next(model.copied.as_ref(), what, masked);
    let masker = &mut copied.masked.then(Masker::default);
    let text = |text: Option<String>| text.map(Effect::CopyText);
    let effect = match &copied.what {
        CopyTarget::Json(id) => text(entry(model, *id, masker).map(|entry| pretty(&wire::write(&entry)))),
        CopyTarget::Code(id) => text(entry(model, *id, masker).and_then(|entry| call_code(&entry))),
        CopyTarget::Calls => text((model.list.calls > 0).then(|| calls(model, masker))),
        CopyTarget::Repair(index) => text(repair(model, *index, copied.masked)),
        CopyTarget::Ticket(key) => {
            let ticket = Effect::CopyTicket { key: key.clone(), masked: copied.masked };
            model.expectations.failing_visit(key).map(|_| ticket)
        }
    };
    let Some(effect) = effect else { return vec![] };
    model.copied = Some(copied);
    vec![effect]
}

/// The entry to copy, masked if masking is on.
fn entry(model: &Model, id: EntryId, masker: &mut Option<Masker>) -> Option<Entry> {
    let entry = model.data.timeline.entry(id)?;
    Some(masker.as_mut().map_or_else(|| entry.clone(), |masker| mask_entry(entry, masker)))
}

/// The listed calls, as code.
fn calls(model: &Model, masker: &mut Option<Masker>) -> String {
    let shown = model.list.rows.iter().filter_map(|row| match row {
        Row::Entry(id) => call_code(&entry(model, *id, masker)?),
        Row::Run { .. } | Row::Gap { .. } => None,
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// The code of a finding's repair. A masked recording has the same findings, and their repairs contain the
/// placeholders.
fn repair(model: &Model, index: usize, masked: bool) -> Option<String> {
    let code = |finding: &Finding| finding.fix.as_ref()?.code.clone();
    let finding = model.findings.get(index)?;
    if !masked {
        return code(finding);
    }
    let history = replay(&mask(&model.data.timeline));
    let report = model.report.as_ref().map(|report| report.masked(&mut Masker::default()));
    check(&Facts::new(&history, report.as_ref().map(ReportFacts::from).as_ref()))
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
            let text = file::write(&model.data.timeline, recorded_until(now), model.masked);
            vec![Effect::Save { name: "upscope-recording.json".into(), text }]
        }
        _ => vec![],
    }
}

fn page_url(model: &Model, file: bool) -> String {
    match model.tab() {
        Some(tab) if !file => format!("recorded.html?tab={tab}"),
        _ => "recorded.html".into(),
    }
}

impl List {
    /// Turns the filter for a group on or off.
    fn toggle_group(&mut self, group: Group) {
        match self.groups.iter().position(|known| *known == group) {
            Some(at) => drop(self.groups.remove(at)),
            None => self.groups.push(group),
        }
    }

    fn clear_filters(&mut self) {
        self.text.clear();
        self.groups.clear();
    }

    fn position(&self, key: RowKey) -> Option<usize> {
        self.rows.iter().position(|row| row.key() == key)
    }

    fn has(&self, key: RowKey) -> bool {
        self.position(key).is_some()
    }
}

impl From<FileError> for OpenError {
    fn from(why: FileError) -> Self {
        match why {
            FileError::TooLarge => Self::TooLarge,
            FileError::Browser(why) => Self::Unreadable(why),
        }
    }
}

impl From<file::RecordingFileError> for OpenError {
    fn from(why: file::RecordingFileError) -> Self {
        match why {
            file::RecordingFileError::TooLarge => Self::TooLarge,
            file::RecordingFileError::NotJson => Self::NotARecording,
            file::RecordingFileError::OtherSchema(name) => Self::OtherSchema(name),
        }
    }
}
