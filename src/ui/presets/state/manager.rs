//! All presets: order, names, sites and values, and their file.

use super::{Kept, NotKept};
use inspector_core::json_read::{self, NotJson};
use inspector_core::json_text::pretty;
use inspector_core::presets::file::{self, Entry, NotRead};
use inspector_core::presets::list::Change;
use inspector_core::presets::search::find;
use inspector_core::presets::{Preset, Problem};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    /// `None` before they are read.
    pub presets: Option<Vec<Preset>>,
    pub query: String,
    pub editing: Option<Editing>,
    /// The one removed last and its place, until the next change.
    pub removed: Option<(usize, Preset)>,
    pub import: Option<Import>,
    pub failed: Option<NotKept>,
    /// What takes the focus, until the next event: what had it is gone or new.
    pub focus: Option<Focus>,
    /// What is done once the change under way is kept.
    then: Option<Then>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Then {
    CloseEditor,
    /// Say that so many were imported.
    ReportImport(usize),
    Focus(Focus),
    /// Focus a button of the preset of this name, which was moved up or down.
    FocusMoved {
        name: String,
        up: bool,
    },
}

/// A button or an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Undo,
    Import,
    /// A button of the preset at this index.
    Row(usize, RowButton),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowButton {
    Up,
    Down,
    Edit,
}

/// A preset being changed, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    /// The name it has in the list.
    pub of: String,
    pub name: String,
    /// One to a line.
    pub sites: String,
    /// As JSON.
    pub values: String,
}

/// What came of a file that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Import {
    Read(Vec<Entry>),
    Not(NotRead),
    /// In the browser's words.
    Unreadable(String),
    /// So many were taken.
    Done(usize),
}

/// What is wrong with what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    NotJson(NotJson),
    Problems(Vec<Problem>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The presets were read, or another page changed them.
    Loaded(Kept),
    Search(String),
    /// The person changes the preset of this name.
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
    /// The text of a file that was chosen, or why there is none.
    Chosen(Result<String, String>),
    /// It is larger than any file of presets.
    TooLarge,
    TakeImport,
    DropImport,
    Kept(Kept),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answered by [`Event::Loaded`].
    Load,
    /// Answered by [`Event::Kept`].
    Change(Change),
    /// Hands the person a file.
    File(String),
}

impl Model {
    pub fn presets(&self) -> &[Preset] {
        self.presets.as_deref().unwrap_or_default()
    }

    /// Those that the search leaves, each with its place: in the person's order, which is theirs to change.
    pub fn rows(&self) -> Vec<(usize, &Preset)> {
        let found = find(self.presets(), &self.query, None);
        let is_found = |at: usize| found.iter().any(|found| found.at == at);
        self.presets().iter().enumerate().filter(|(at, _)| is_found(*at)).collect()
    }

    /// The good ones of the file.
    pub fn importable(&self) -> Vec<Preset> {
        match &self.import {
            Some(Import::Read(entries)) => entries.iter().filter_map(|entry| entry.preset.clone().ok()).collect(),
            _ => vec![],
        }
    }
}

impl Editing {
    fn of(preset: &Preset) -> Self {
        let name = preset.name().to_owned();
        Self { of: name.clone(), name, sites: preset.sites().join("\n"), values: pretty(preset.values()) }
    }

    /// The preset as typed, or what is wrong with it.
    pub fn finish(&self) -> Result<Preset, Wrong> {
        let values = json_read::read(&self.values).map_err(Wrong::NotJson)?;
        let sites: Vec<_> = self.sites.split(['\n', ',']).map(str::trim).filter(|site| !site.is_empty()).collect();
        let sites: Vec<_> = sites.into_iter().map(str::to_owned).collect();
        Preset::new(&self.name, &sites, values).map_err(Wrong::Problems)
    }
}

pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    // The list is also loaded because of a change made here, whose focus stays.
    if !matches!(event, Event::Loaded(_)) {
        model.focus = None;
    }
    match event {
        Event::Loaded(Ok(presets)) => {
            model.presets = Some(presets);
            vec![]
        }
        Event::Loaded(Err(why)) => {
            model.failed = Some(why);
            vec![]
        }
        Event::Kept(Ok(presets)) => {
            model.presets = Some(presets);
            finish(model);
            vec![]
        }
        Event::Kept(Err(why)) => {
            (model.failed, model.removed, model.then) = (Some(why), None, None);
            vec![]
        }
        Event::Search(query) => {
            model.query = query;
            vec![]
        }
        Event::Edit(name) => {
            model.editing = model.presets().iter().find(|preset| preset.name() == name).map(Editing::of);
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
        Event::Save => {
            let with = model.editing.as_ref().and_then(|editing| Some((editing.of.clone(), editing.finish().ok()?)));
            let effects = with.map(|(of, with)| change(model, Change::Replace { of, with })).unwrap_or_default();
            model.then = (!effects.is_empty()).then_some(Then::CloseEditor);
            effects
        }
        Event::Remove(name) => {
            let at = model.presets().iter().position(|preset| preset.name() == name);
            let effects = change(model, Change::Remove(name));
            model.removed = at.map(|at| (at, model.presets()[at].clone()));
            model.then = Some(Then::Focus(Focus::Undo));
            effects
        }
        Event::PutBack => match model.removed.clone() {
            Some((at, preset)) => {
                let effects = change(model, Change::PutBack { at, preset });
                model.then = Some(Then::Focus(Focus::Row(at, RowButton::Edit)));
                effects
            }
            None => vec![],
        },
        Event::Move { name, up } => {
            let effects = change(model, Change::Move { name: name.clone(), up });
            model.then = Some(Then::FocusMoved { name, up });
            effects
        }
        Event::Export => vec![Effect::File(file::write(model.presets()))],
        Event::Chosen(text) => {
            model.failed = None;
            model.import = Some(match text.map(|text| file::read(&text)) {
                Ok(Ok(entries)) => Import::Read(entries),
                Ok(Err(why)) => Import::Not(why),
                Err(why) => Import::Unreadable(why),
            });
            vec![]
        }
        Event::TooLarge => {
            model.import = Some(Import::Not(NotRead::TooLarge));
            vec![]
        }
        Event::TakeImport => {
            let presets = model.importable();
            let count = presets.len();
            let effects = change(model, Change::Import(presets));
            model.then = Some(Then::ReportImport(count));
            effects
        }
        Event::DropImport => {
            model.import = None;
            vec![]
        }
    }
}

fn typed(model: &mut Model, change: impl FnOnce(&mut Editing)) -> Vec<Effect> {
    if let Some(editing) = &mut model.editing {
        change(editing);
    }
    model.failed = None;
    vec![]
}

fn change(model: &mut Model, change: Change) -> Vec<Effect> {
    (model.removed, model.failed) = (None, None);
    vec![Effect::Change(change)]
}

/// Does what follows a stored change.
fn finish(model: &mut Model) {
    match model.then.take() {
        Some(Then::CloseEditor) => close_editor(model),
        Some(Then::ReportImport(count)) => {
            model.import = Some(Import::Done(count));
            model.focus = Some(Focus::Import);
        }
        Some(Then::Focus(focus)) => model.focus = Some(focus),
        Some(Then::FocusMoved { name, up }) => model.focus = focus_moved(model, &name, up),
        None => {}
    }
}

/// The button that moves the preset further in the same direction, or, at the end of the list, the one that edits it.
fn focus_moved(model: &Model, name: &str, up: bool) -> Option<Focus> {
    let at = model.presets().iter().position(|preset| preset.name() == name)?;
    let button = match up {
        true if at > 0 => RowButton::Up,
        false if at + 1 < model.presets().len() => RowButton::Down,
        _ => RowButton::Edit,
    };
    Some(Focus::Row(at, button))
}

/// Closes the form. The focus goes to the button that opened it.
fn close_editor(model: &mut Model) {
    let Some(Editing { of, name, .. }) = model.editing.take() else { return };
    let at = model.presets().iter().position(|preset| preset.name() == of || preset.name() == name.trim());
    model.focus = at.map(|at| Focus::Row(at, RowButton::Edit));
}

#[cfg(test)]
mod tests;
