//! The preset manager: order, names, sites and values, import and export.

use super::ListResult;
use crate::errors::{BrowserError, FileError};
use crate::ui::stored_list::{ListError, Removal, RowButton, button_after_move, show_loaded};
use inspector_core::json_read::{self, JsonError};
use inspector_core::json_text::pretty;
use inspector_core::presets::file::{self, PresetFileEntry, PresetFileError};
use inspector_core::presets::list::PresetChange;
use inspector_core::presets::search::find;
use inspector_core::presets::{Preset, PresetProblem};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    /// `None` until they are read.
    pub presets: Option<Vec<Preset>>,
    pub query: String,
    pub editing: Option<EditForm>,
    pub removed: Removal<Preset>,
    pub import: Option<Import>,
    pub failed: Option<ListError>,
    /// The element to focus, until the next event, because the focused one was removed or replaced.
    pub focus: Option<Focus>,
    /// The follow-up of a change, once it is stored.
    then: Option<FollowUp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum FollowUp {
    CloseEditor,
    /// Show how many were imported.
    ReportImport(usize),
    Focus(Focus),
    /// Focus a button of the preset with this name, which was moved.
    FocusMoved {
        name: String,
        up: bool,
    },
}

/// A button, an input or a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Undo,
    Search,
    Import,
    /// The title of the content of a file.
    Offer,
    /// A button of the preset at this index.
    Row(usize, RowButton),
}

/// A preset being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditForm {
    /// Its name in the list.
    pub of: String,
    pub name: String,
    /// One per line.
    pub sites: String,
    /// As JSON.
    pub values: String,
}

/// The result of reading a chosen file.
#[derive(Clone, Debug, PartialEq)]
pub enum Import {
    Read(Vec<PresetFileEntry>),
    Rejected(PresetFileError),
    /// The browser couldn't read or save the file.
    Unreadable(BrowserError),
    /// This many were imported.
    Done(usize),
}

/// An error in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    NotJson(JsonError),
    Problems(Vec<PresetProblem>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The presets were read or changed by another page.
    Loaded(ListResult),
    Search(String),
    /// The person edits the preset with this name.
    Edit(String),
    Name(String),
    Sites(String),
    Values(String),
    Cancel,
    Save,
    Remove(String),
    PutBack,
    Move {
        name: String,
        up: bool,
    },
    Export,
    /// The person chose a file. Its result comes later, and is announced even if it is the same as the last one.
    FileChosen,
    /// The text of the chosen file.
    FileRead(Result<String, FileError>),
    ConfirmImport,
    CancelImport,
    Stored(ListResult),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answered by [`Event::Loaded`].
    Load,
    /// Answered by [`Event::Stored`].
    Change(PresetChange),
    /// Saves a file.
    File(String),
}

impl Model {
    pub fn presets(&self) -> &[Preset] {
        self.presets.as_deref().unwrap_or_default()
    }

    /// The names of the listed presets, in the person's order: those that match the search, and the edited one. If
    /// another page deleted the edited one, it is the last, as it is when it is saved.
    pub fn rows(&self) -> Vec<&str> {
        let found = find(self.presets(), &self.query, None);
        let edited = self.editing.as_ref().map(|editing| editing.of.as_str());
        let is_listed = |at: usize, name: &str| edited == Some(name) || found.iter().any(|found| found.at == at);
        let names = self.presets().iter().map(Preset::name).enumerate();
        let mut rows: Vec<_> = names.filter(|(at, name)| is_listed(*at, name)).map(|(_, name)| name).collect();
        rows.extend(edited.filter(|_| edited.and_then(|name| self.index_of(name)).is_none()));
        rows
    }

    /// The index of a preset among all presets.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.presets().iter().position(|preset| preset.name() == name)
    }

    /// Whether there are presets, and none matches the search.
    pub fn has_no_match(&self) -> bool {
        !self.presets().is_empty() && find(self.presets(), &self.query, None).is_empty()
    }

    /// Whether the edited preset is being stored.
    fn is_saving(&self) -> bool {
        self.then == Some(FollowUp::CloseEditor)
    }

    /// Whether an import is being stored.
    pub fn is_importing(&self) -> bool {
        matches!(self.then, Some(FollowUp::ReportImport(_)))
    }

    /// The valid presets of the file.
    pub fn importable(&self) -> Vec<Preset> {
        match &self.import {
            Some(Import::Read(entries)) => entries.iter().filter_map(|entry| entry.preset.clone().ok()).collect(),
            _ => vec![],
        }
    }
}

impl EditForm {
    fn from_preset(preset: &Preset) -> Self {
        let name = preset.name().to_owned();
        Self { of: name.clone(), name, sites: preset.sites().join("\n"), values: pretty(preset.values()) }
    }

    /// The edited preset, or its errors.
    pub fn finish(&self) -> Result<Preset, EditError> {
        let values = json_read::read(&self.values).map_err(EditError::NotJson)?;
        let sites: Vec<_> = self.sites.split(['\n', ',']).map(str::trim).filter(|site| !site.is_empty()).collect();
        let sites: Vec<_> = sites.into_iter().map(str::to_owned).collect();
        Preset::new(&self.name, &sites, values).map_err(EditError::Problems)
    }
}

pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    // The list is also loaded after a change made here, whose focus stays.
    if !matches!(event, Event::Loaded(_)) {
        model.focus = None;
    }
    match event {
        Event::Loaded(result) => {
            show_loaded(&mut model.presets, &mut model.failed, result);
            vec![]
        }
        Event::Stored(Ok(presets)) => {
            model.presets = Some(presets);
            model.removed.finish();
            finish(model);
            vec![]
        }
        Event::Stored(Err(why)) => {
            let is_undo = matches!(model.then.take(), Some(FollowUp::Focus(Focus::Row(..))));
            model.failed = Some(why);
            model.removed.revert();
            model.focus = is_undo.then_some(Focus::Undo);
            vec![]
        }
        Event::Search(query) => {
            model.query = query;
            vec![]
        }
        Event::Edit(name) => {
            model.editing = model.presets().iter().find(|preset| preset.name() == name).map(EditForm::from_preset);
            vec![]
        }
        Event::Name(text) => typed(model, |editing| editing.name = text),
        Event::Sites(text) => typed(model, |editing| editing.sites = text),
        Event::Values(text) => typed(model, |editing| editing.values = text),
        Event::Cancel => {
            model.failed = None;
            close_editor(model);
            vec![]
        }
        // After the first one, its name may be taken: by itself.
        Event::Save if model.is_saving() => vec![],
        Event::Save => save(model),
        Event::Remove(name) => remove(model, name),
        Event::PutBack => put_back(model),
        Event::Move { name, up } => {
            change(model, PresetChange::Move { name: name.clone(), up }, FollowUp::FocusMoved { name, up })
        }
        Event::Export => vec![Effect::File(file::write(model.presets()))],
        Event::FileChosen => {
            (model.import, model.failed) = (None, None);
            vec![]
        }
        Event::FileRead(text) => {
            model.import = Some(match text.map(|text| file::read(&text)) {
                Ok(Ok(entries)) => Import::Read(entries),
                Ok(Err(why)) => Import::Rejected(why),
                Err(FileError::TooLarge) => Import::Rejected(PresetFileError::TooLarge),
                Err(FileError::Browser(why)) => Import::Unreadable(why),
            });
            model.focus = matches!(model.import, Some(Import::Read(_))).then_some(Focus::Offer);
            vec![]
        }
        // The offer stays until it is stored. A second import would add everything again, under other names.
        Event::ConfirmImport if model.is_importing() => vec![],
        Event::ConfirmImport => {
            let presets = model.importable();
            let count = presets.len();
            change(model, PresetChange::Import(presets), FollowUp::ReportImport(count))
        }
        Event::CancelImport => {
            (model.import, model.focus) = (None, Some(Focus::Import));
            vec![]
        }
    }
}

fn typed(model: &mut Model, change: impl FnOnce(&mut EditForm)) -> Vec<Effect> {
    if let Some(editing) = &mut model.editing {
        change(editing);
    }
    model.failed = None;
    vec![]
}

/// Replaces the edited preset, unless the form has an error.
fn save(model: &mut Model) -> Vec<Effect> {
    let edited = model.editing.as_ref().and_then(|editing| Some((editing.of.clone(), editing.finish().ok()?)));
    let Some((of, with)) = edited else { return vec![] };
    change(model, PresetChange::Replace { of, with }, FollowUp::CloseEditor)
}

fn remove(model: &mut Model, name: String) -> Vec<Effect> {
    let at = model.index_of(&name);
    let effects = change(model, PresetChange::Remove(name), FollowUp::Focus(Focus::Undo));
    model.removed.set(at.map(|at| (at, model.presets()[at].clone())));
    effects
}

/// Restores the preset that was removed last.
fn put_back(model: &mut Model) -> Vec<Effect> {
    let Some((at, item)) = model.removed.last().cloned() else { return vec![] };
    change(model, PresetChange::PutBack { at, item }, FollowUp::Focus(Focus::Row(at, RowButton::Edit)))
}

/// Stores a change, and performs `then` once it is stored.
fn change(model: &mut Model, change: PresetChange, then: FollowUp) -> Vec<Effect> {
    model.removed.begin();
    model.failed = None;
    model.then = Some(then);
    vec![Effect::Change(change)]
}

/// Performs the follow-up of a stored change.
fn finish(model: &mut Model) {
    match model.then.take() {
        Some(FollowUp::CloseEditor) => close_editor(model),
        Some(FollowUp::ReportImport(count)) => {
            model.import = Some(Import::Done(count));
            model.focus = Some(Focus::Import);
        }
        Some(FollowUp::Focus(Focus::Row(at, button))) => focus_row(model, at, button),
        Some(FollowUp::Focus(focus)) => model.focus = Some(focus),
        Some(FollowUp::FocusMoved { name, up }) => {
            let at = model.index_of(&name);
            model.focus = at.map(|at| Focus::Row(at, button_after_move(at, model.presets().len(), up)));
        }
        None => {}
    }
}

/// Closes the form and focuses the button that opened it.
fn close_editor(model: &mut Model) {
    let Some(EditForm { of, name, .. }) = model.editing.take() else { return };
    if let Some(at) = model.index_of(&of).or_else(|| model.index_of(name.trim())) {
        focus_row(model, at, RowButton::Edit);
    }
}

/// Focuses a button of the preset at an index; the search, if that hides the preset.
fn focus_row(model: &mut Model, at: usize, button: RowButton) {
    let is_listed = model.presets().get(at).is_some_and(|preset| model.rows().contains(&preset.name()));
    model.focus = Some(if is_listed { Focus::Row(at, button) } else { Focus::Search });
}

#[cfg(test)]
mod tests;
