//! What changes the expectations.

use super::{Expectations, Focus, FollowUp, Import, ListResult};
use crate::errors::FileError;
use crate::storage_format::expectations::{ExpectationDraft, VERSION};
use crate::ui::stored_list::{RowButton, button_after_move, show_loaded};
use inspector_core::expectations::Format;
use inspector_core::expectations::stored::{StoredExpectation, read_file, write};
use inspector_core::named_list::{ListChange, Named};
use inspector_core::policy::ExpectationsFile;

/// The name of the file that is exported.
const FILE_NAME: &str = "upscope-expectations.json";

/// An event of the expectations.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpectationEvent {
    /// The list was read or changed by another page.
    Loaded(ListResult),
    /// The organization's file was read.
    Managed(Option<ExpectationsFile>),
    /// What was being edited when the last page was closed.
    Draft(ExpectationDraft),
    /// Time passed; now in milliseconds since the epoch.
    Now(i64),
    /// The person chose a file. Its result comes later, and is announced even if it is the same as the last one.
    FileChosen,
    /// The text of the chosen file.
    FileRead {
        name: String,
        text: Result<String, FileError>,
    },
    Export,
    /// Edits the expectation with this name.
    Edit(String),
    /// Opens this text as a new expectation.
    New(String),
    Type(String),
    Cancel,
    Save,
    Remove(String),
    PutBack,
    Move {
        name: String,
        up: bool,
    },
    Stored(ListResult),
}

/// An effect of the expectations that the browser performs.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpectationEffect {
    /// Answered by [`ExpectationEvent::Stored`].
    Change(ListChange<StoredExpectation>),
    /// Stores what is being edited, or deletes it.
    Draft(Option<ExpectationDraft>),
    SaveFile {
        name: &'static str,
        text: String,
    },
}

/// Applies one event. The caller judges again if the expectations or the time changed.
pub fn update(model: &mut Expectations, event: ExpectationEvent) -> Vec<ExpectationEffect> {
    // The list is also loaded after a change made here, whose focus stays; time passes all the while.
    if !matches!(event, ExpectationEvent::Loaded(_) | ExpectationEvent::Managed(_) | ExpectationEvent::Now(_)) {
        model.focus = None;
    }
    match event {
        ExpectationEvent::Loaded(result) => {
            show_loaded(&mut model.own, &mut model.failed, result);
            vec![]
        }
        ExpectationEvent::Stored(Ok(own)) => {
            model.own = Some(own);
            model.removed.finish();
            finish(model)
        }
        ExpectationEvent::Stored(Err(why)) => {
            let is_undo = matches!(model.then.take(), Some(FollowUp::Focus(Focus::Row(..))));
            model.failed = Some(why);
            model.removed.revert();
            model.focus = is_undo.then_some(Focus::Undo);
            vec![]
        }
        ExpectationEvent::Managed(file) => {
            let read = file.map(|file| read_file(&file.text, Format::Json)).transpose();
            let (managed, error) =
                read.map_or_else(|error| (vec![], Some(error)), |all| (all.unwrap_or_default(), None));
            (model.managed, model.managed_error) = (managed, error);
            vec![]
        }
        ExpectationEvent::Draft(draft) => {
            model.editor.get_or_insert(draft);
            vec![]
        }
        ExpectationEvent::Now(now) => {
            model.now = now;
            vec![]
        }
        ExpectationEvent::FileChosen => {
            (model.import, model.failed) = (None, None);
            vec![]
        }
        ExpectationEvent::FileRead { name, text } => import(model, &name, text),
        ExpectationEvent::Export => vec![ExpectationEffect::SaveFile { name: FILE_NAME, text: write(model.own()) }],
        ExpectationEvent::Edit(name) => {
            let text = model.position(&name).map(|at| model.own()[at].text());
            text.map_or_else(Vec::new, |text| open_editor(model, Some(name), text))
        }
        ExpectationEvent::New(text) => open_editor(model, None, text),
        ExpectationEvent::Type(text) => typed(model, text),
        ExpectationEvent::Cancel => {
            model.failed = None;
            close_editor(model)
        }
        ExpectationEvent::Save => save(model),
        ExpectationEvent::Remove(name) => {
            let at = model.position(&name);
            model.then = Some(FollowUp::Focus(Focus::Undo));
            let effects = change(model, ListChange::Remove(name));
            model.removed.set(at.map(|at| (at, model.own()[at].clone())));
            effects
        }
        ExpectationEvent::PutBack => match model.removed.last().cloned() {
            Some((at, item)) => {
                model.then = Some(FollowUp::Focus(Focus::Row(at, RowButton::Edit)));
                change(model, ListChange::PutBack { at, item })
            }
            None => vec![],
        },
        ExpectationEvent::Move { name, up } => {
            model.then = Some(FollowUp::FocusMoved { name: name.clone(), up });
            change(model, ListChange::Move { name, up })
        }
    }
}

fn change(model: &mut Expectations, change: ListChange<StoredExpectation>) -> Vec<ExpectationEffect> {
    model.removed.begin();
    (model.failed, model.import) = (None, None);
    vec![ExpectationEffect::Change(change)]
}

/// Imports what the list doesn't have yet. A file whose name ends in `.toml` is TOML.
fn import(model: &mut Expectations, name: &str, text: Result<String, FileError>) -> Vec<ExpectationEffect> {
    let text = match text {
        Ok(text) => text,
        Err(FileError::TooLarge) => return show_import(model, Import::TooLarge),
        Err(FileError::Browser(why)) => return show_import(model, Import::Unreadable(why)),
    };
    let is_toml = name.to_ascii_lowercase().ends_with(".toml");
    let mut new = match read_file(&text, if is_toml { Format::Toml } else { Format::Json }) {
        Ok(all) => all,
        Err(error) => return show_import(model, Import::Wrong(error)),
    };
    let all = new.len();
    new.retain(|stored| !model.own().contains(stored));
    let done = Import::Done { imported: new.len(), known: all - new.len() };
    if new.is_empty() {
        return show_import(model, done);
    }
    model.then = Some(FollowUp::ReportImport(done));
    change(model, ListChange::Import(new))
}

fn show_import(model: &mut Expectations, import: Import) -> Vec<ExpectationEffect> {
    (model.import, model.failed, model.focus) = (Some(import), None, Some(Focus::Import));
    vec![]
}

/// Opens the editor. One that is open stays, because its text isn't saved.
fn open_editor(model: &mut Expectations, of: Option<String>, text: String) -> Vec<ExpectationEffect> {
    model.focus = Some(Focus::Editor);
    if model.editor.is_some() {
        return vec![];
    }
    model.failed = None;
    let draft = ExpectationDraft { v: VERSION, of, text };
    model.editor = Some(draft.clone());
    vec![ExpectationEffect::Draft(Some(draft))]
}

fn typed(model: &mut Expectations, text: String) -> Vec<ExpectationEffect> {
    model.failed = None;
    let Some(draft) = &mut model.editor else { return vec![] };
    draft.text = text;
    vec![ExpectationEffect::Draft(Some(draft.clone()))]
}

fn save(model: &mut Expectations) -> Vec<ExpectationEffect> {
    let (Some(Ok(with)), Some(draft)) = (model.edited(), &model.editor) else { return vec![] };
    let list_change = match draft.of.clone() {
        Some(of) => ListChange::Replace { of, with },
        None => ListChange::Add(with),
    };
    model.then = Some(FollowUp::CloseEditor);
    change(model, list_change)
}

/// Closes the editor and focuses the button that opened it.
fn close_editor(model: &mut Expectations) -> Vec<ExpectationEffect> {
    let edited = model.edited().and_then(Result::ok);
    let Some(draft) = model.editor.take() else { return vec![] };
    let names = [edited.as_ref().map(Named::name), draft.of.as_deref()];
    let at = names.into_iter().flatten().find_map(|name| model.position(name));
    model.focus = Some(at.map_or(Focus::Import, |at| Focus::Row(at, RowButton::Edit)));
    vec![ExpectationEffect::Draft(None)]
}

/// Performs the follow-up of a stored change.
fn finish(model: &mut Expectations) -> Vec<ExpectationEffect> {
    match model.then.take() {
        Some(FollowUp::CloseEditor) => return close_editor(model),
        Some(FollowUp::ReportImport(import)) => return show_import(model, import),
        Some(FollowUp::Focus(focus)) => model.focus = Some(focus),
        Some(FollowUp::FocusMoved { name, up }) => {
            let at = model.position(&name);
            model.focus = at.map(|at| Focus::Row(at, button_after_move(at, model.own().len(), up)));
        }
        None => {}
    }
    vec![]
}
