//! The palette: applying a preset for review, and saving one.

use super::ListResult;
use crate::ui::stored_list::{ListError, show_loaded};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::named_list::ListChangeError;
use inspector_core::presets::list::PresetChange;
use inspector_core::presets::placeholder::{Placeholder, placeholders};
use inspector_core::presets::search::{PresetMatch, find};
use inspector_core::presets::{CapturedPreset, Preset, PresetProblem};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    pub open: bool,
    /// `None` until they are read.
    pub presets: Option<Vec<Preset>>,
    pub page: Page,
    pub query: String,
    /// Presets of other sites are shown too.
    pub everywhere: bool,
    /// The index in [`Model::rows`] that Enter chooses.
    pub selected: usize,
    pub step: Step,
    pub failed: Option<ListError>,
    /// The name of the last saved preset.
    pub saved: Option<String>,
    /// A preset is being stored.
    is_storing: bool,
}

/// The values to save, and their site.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Page {
    pub address: Option<String>,
    pub visitor: CapturedPreset,
    pub edit: CapturedPreset,
}

#[derive(Clone, Debug, PartialEq, Default)]
pub enum Step {
    #[default]
    Choose,
    Fill(PlaceholderForm),
    Save(SaveForm),
}

/// A preset whose placeholders are being filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceholderForm {
    pub preset: Preset,
    pub placeholders: Vec<Placeholder>,
    /// The input for each placeholder.
    pub inputs: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SaveForm {
    pub source: PresetSource,
    pub name: String,
    /// Only for the site of the page.
    pub only_here: bool,
    /// The form was submitted, so its errors are shown.
    pub is_submitted: bool,
}

/// The values to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetSource {
    Visitor,
    Edit,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The person opens the palette on this page.
    Open(Box<Page>),
    Close,
    /// Goes one step back: from a form to the list, from the list to the page.
    Escape,
    /// The presets were read or changed by another page.
    Loaded(ListResult),
    Search(String),
    /// Selects the next row; after the last, the first.
    SelectNext,
    SelectPrevious,
    /// Shows or hides the presets of other sites.
    ToggleEverywhere,
    /// The person chooses the preset at an index in [`Model::rows`].
    Choose(usize),
    /// The input for a placeholder, by its index.
    Fill(usize, String),
    SubmitPlaceholders,
    /// Back to the list.
    Back,
    /// Opens the form that saves a preset.
    OpenSaveForm(PresetSource),
    SetName(String),
    SetOnlyHere(bool),
    /// The person saves the preset; `replace`: in place of the one with the same name.
    Save {
        replace: bool,
    },
    Stored(ListResult),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answered by [`Event::Loaded`].
    Load,
    /// Answered by [`Event::Stored`].
    Change(PresetChange),
    /// Proposes an edit for review.
    Review(VisitorPatch),
}

impl Model {
    /// The listed presets, in order.
    pub fn rows(&self) -> Vec<PresetMatch> {
        let mut found = self.found();
        found.retain(|found| self.everywhere || found.here);
        found
    }

    /// The number of presets for other sites.
    pub fn elsewhere(&self) -> usize {
        self.found().into_iter().filter(|found| !found.here).count()
    }

    fn found(&self) -> Vec<PresetMatch> {
        find(self.presets(), &self.query, self.page.address.as_deref())
    }

    pub fn presets(&self) -> &[Preset] {
        self.presets.as_deref().unwrap_or_default()
    }

    /// The values of the page when the palette opened.
    pub fn captured(&self, source: PresetSource) -> &CapturedPreset {
        match source {
            PresetSource::Visitor => &self.page.visitor,
            PresetSource::Edit => &self.page.edit,
        }
    }

    /// The pattern of the page's site.
    pub fn site(&self) -> Option<String> {
        let address = self.page.address.as_deref()?;
        let (scheme, rest) = address.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
        let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
        let host = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |(host, _)| host);
        inspector_core::match_pattern::typed(&format!("{scheme}://{host}"))
    }

    /// The preset to save, or its errors; `None` if none is being saved.
    pub fn preset_to_save(&self) -> Option<Result<Preset, Vec<PresetProblem>>> {
        let Step::Save(form) = &self.step else { return None };
        let sites: Vec<String> = self.site().filter(|_| form.only_here).into_iter().collect();
        Some(Preset::new(&form.name, &sites, Value::Object(self.captured(form.source).values.clone())))
    }
}

pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        // The dialog is already open, with its input.
        Event::Open(_) if model.open => vec![],
        Event::Open(page) => {
            let (presets, is_storing) = (model.presets.take(), model.is_storing);
            *model = Model { open: true, page: *page, presets, is_storing, ..Model::default() };
            vec![Effect::Load]
        }
        Event::Close => {
            model.open = false;
            vec![]
        }
        Event::Loaded(result) => loaded(model, result),
        Event::Search(query) => {
            (model.query, model.selected) = (query, 0);
            vec![]
        }
        Event::SelectNext => move_selection(model, 1),
        Event::SelectPrevious => move_selection(model, -1),
        Event::ToggleEverywhere => {
            model.everywhere = !model.everywhere;
            model.selected = 0;
            vec![]
        }
        Event::Choose(index) => choose(model, index),
        Event::Fill(index, text) => {
            if let Step::Fill(form) = &mut model.step
                && let Some(input) = form.inputs.get_mut(index)
            {
                *input = text;
            }
            vec![]
        }
        Event::SubmitPlaceholders => review_filled(model),
        Event::Escape if model.step == Step::Choose => update(model, Event::Close),
        Event::Escape | Event::Back => {
            (model.step, model.failed) = (Step::Choose, None);
            vec![]
        }
        Event::OpenSaveForm(source) => {
            model.step = Step::Save(SaveForm { source, name: String::new(), only_here: false, is_submitted: false });
            model.saved = None;
            vec![]
        }
        Event::SetName(name) => change_save_form(model, |form| form.name = name),
        Event::SetOnlyHere(only_here) => change_save_form(model, |form| form.only_here = only_here),
        // The form stays until its preset is stored. A second one would have the name of the first.
        Event::Save { .. } if model.is_storing => vec![],
        Event::Save { replace } => save(model, replace),
        Event::Stored(result) => saved(model, result),
    }
}

fn loaded(model: &mut Model, result: ListResult) -> Vec<Effect> {
    show_loaded(&mut model.presets, &mut model.failed, result);
    model.selected = model.selected.min(model.rows().len().saturating_sub(1));
    vec![]
}

/// Moves the selection by a number of rows. After the last row, the first follows.
fn move_selection(model: &mut Model, by: isize) -> Vec<Effect> {
    let count = model.rows().len() as isize;
    if count > 0 {
        model.selected = (model.selected as isize + by).rem_euclid(count) as usize;
    }
    vec![]
}

fn choose(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(preset) = model.rows().get(index).map(|found| model.presets()[found.at].clone()) else { return vec![] };
    let placeholders = placeholders(preset.values());
    if placeholders.is_empty() {
        return review(model, &preset.filled(&|_| None));
    }
    let inputs = placeholders.iter().map(|placeholder| placeholder.default.clone()).collect();
    model.step = Step::Fill(PlaceholderForm { preset, placeholders, inputs });
    vec![]
}

impl PlaceholderForm {
    /// Whether every placeholder has a text.
    pub fn is_filled(&self) -> bool {
        self.inputs.iter().all(|input| !input.trim().is_empty())
    }
}

fn review_filled(model: &mut Model) -> Vec<Effect> {
    let Step::Fill(form) = &model.step else { return vec![] };
    if !form.is_filled() {
        return vec![];
    }
    let index_of = |name: &str| form.placeholders.iter().position(|placeholder| placeholder.name == name);
    let values = form.preset.filled(&|name| form.inputs.get(index_of(name)?).cloned());
    review(model, &values)
}

/// The palette closes first and restores the focus. The review then moves it.
fn review(model: &mut Model, values: &Value) -> Vec<Effect> {
    model.open = false;
    VisitorPatch::from_argument(values).map(Effect::Review).into_iter().collect()
}

fn change_save_form(model: &mut Model, change: impl FnOnce(&mut SaveForm)) -> Vec<Effect> {
    if let Step::Save(form) = &mut model.step {
        change(form);
    }
    model.failed = None;
    vec![]
}

fn save(model: &mut Model, replace: bool) -> Vec<Effect> {
    let Some(preset) = model.preset_to_save() else { return vec![] };
    change_save_form(model, |form| form.is_submitted = true);
    let change = match preset {
        Ok(with) if replace => PresetChange::Replace { of: with.name().to_owned(), with },
        Ok(preset) => PresetChange::Add(preset),
        Err(_) => return vec![],
    };
    model.is_storing = true;
    vec![Effect::Change(change)]
}

fn saved(model: &mut Model, result: ListResult) -> Vec<Effect> {
    model.is_storing = false;
    match result {
        Ok(presets) => {
            model.presets = Some(presets);
            let step = std::mem::take(&mut model.step);
            model.saved = match step {
                Step::Save(form) => Some(form.name.trim().to_owned()),
                _ => None,
            };
            vec![]
        }
        Err(why) => {
            model.failed = Some(why);
            vec![]
        }
    }
}

impl Model {
    /// Whether another preset has the typed name.
    pub fn is_name_taken(&self) -> bool {
        matches!(&self.failed, Some(ListError::Refused(ListChangeError::NameTaken(_))))
    }
}

#[cfg(test)]
mod tests;
