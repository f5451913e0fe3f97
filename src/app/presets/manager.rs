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
    /// What is done once the change under way is kept.
    then: Option<Then>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Then {
    CloseEditor,
    /// Tell that so many were taken.
    TellImport(usize),
    /// The keyboard goes on from what this finds: what had the focus is gone or made anew.
    Focus(String),
    /// Or from the preset of this name, which went up or down.
    FocusMoved {
        name: String,
        up: bool,
    },
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
    Focus(String),
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
            finish(model)
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
            vec![Effect::Focus("#edited-name".to_owned())]
        }
        Event::Name(text) => typed(model, |editing| editing.name = text),
        Event::Sites(text) => typed(model, |editing| editing.sites = text),
        Event::Values(text) => typed(model, |editing| editing.values = text),
        Event::Cancel => {
            model.failed = None;
            left(model)
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
            model.then = Some(Then::Focus("[data-action=undo-preset]".to_owned()));
            effects
        }
        Event::PutBack => match model.removed.clone() {
            Some((at, preset)) => {
                let effects = change(model, Change::PutBack { at, preset });
                model.then = Some(Then::Focus(button_at(at, "edit-preset")));
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
            model.then = Some(Then::TellImport(count));
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

/// A change was kept: what was open for it has done its work, and nothing else that is being typed.
fn finish(model: &mut Model) -> Vec<Effect> {
    match model.then.take() {
        Some(Then::CloseEditor) => left(model),
        Some(Then::TellImport(count)) => {
            model.import = Some(Import::Done(count));
            vec![Effect::Focus("[data-action=import-presets]".to_owned())]
        }
        Some(Then::Focus(css)) => vec![Effect::Focus(css)],
        Some(Then::FocusMoved { name, up }) => moved(model, &name, up).into_iter().collect(),
        None => vec![],
    }
}

/// The same button again, or at the end of the list one that is still there.
fn moved(model: &Model, name: &str, up: bool) -> Option<Effect> {
    let at = model.presets().iter().position(|preset| preset.name() == name)?;
    let action = match up {
        true if at > 0 => "preset-up",
        false if at + 1 < model.presets().len() => "preset-down",
        _ => "edit-preset",
    };
    Some(Effect::Focus(button_at(at, action)))
}

fn button_at(at: usize, action: &str) -> String {
    format!("[data-preset-at=\"{at}\"] [data-action={action}]")
}

/// The editor closes, and the focus goes back to where it was opened.
fn left(model: &mut Model) -> Vec<Effect> {
    let at = model.editing.take().map(|editing| editing.of);
    let place = at.and_then(|of| model.presets().iter().position(|preset| preset.name() == of));
    place.map(|place| Effect::Focus(button_at(place, "edit-preset"))).into_iter().collect()
}

#[cfg(test)]
mod tests;
