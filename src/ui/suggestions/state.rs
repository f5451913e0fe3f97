//! Suggestions under the focused input.

use crate::messages::EditKind;
use crate::storage_format::session::JournalEntry;
use crate::ui::last_action::LastAction;
use inspector_core::suggestions::{FieldValue, LastUsedChange, Slot, Values, applied, offers};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    /// The site of the page; `None` if nothing is offered.
    pub host: Option<String>,
    values: Values,
    /// The focused input.
    pub input: Option<Input>,
    /// It was changed since it got the focus, so its text filters the list.
    typed: bool,
    /// The person opened the list.
    open: bool,
    /// The index in [`Model::rows`] that Enter chooses.
    pub selected: Option<usize>,
}

/// The state of an editor's input.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    pub slot: Slot,
    pub text: String,
    /// The values of the inputs beside it, which aren't offered again.
    pub beside: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The remembered values of the page's site were read or changed.
    Loaded {
        host: Option<String>,
        values: Values,
    },
    /// An input got the focus. Its text doesn't filter the list until it changes.
    Focus(Input),
    Typed(Input),
    /// The person opens the list with the pointer.
    OpenList,
    Key(Key),
    /// The person chooses the suggestion at an index in [`Model::rows`].
    Choose(usize),
    /// The input lost the focus.
    Blur,
    /// The person deletes the site's values.
    Forget,
}

/// The keys that the list handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Down,
    Up,
    Enter,
    Escape,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Enter a text in the input, as if typed.
    EnterText(String),
    /// Return the focus to the input, from the list.
    FocusInput,
    Change(LastUsedChange),
}

impl Model {
    /// The current suggestions.
    pub fn rows(&self) -> Vec<String> {
        let Some(input) = &self.input else { return vec![] };
        let typed = if self.typed { input.text.as_str() } else { "" };
        let beside: Vec<_> = input.beside.iter().cloned().chain([input.text.clone()]).collect();
        offers(&self.values, &input.slot, typed, &beside)
    }

    /// Whether there are any suggestions for the input.
    pub fn has_any(&self) -> bool {
        self.input.as_ref().is_some_and(|input| !offers(&self.values, &input.slot, "", &[]).is_empty())
    }

    pub fn is_open(&self) -> bool {
        self.open && !self.rows().is_empty()
    }

    /// Whether the list handles a key, rather than the editor.
    pub fn handles(&self, key: Key) -> bool {
        match key {
            Key::Down | Key::Up => !self.rows().is_empty(),
            Key::Enter => self.is_open() && self.selected.is_some(),
            Key::Escape => self.is_open(),
        }
    }

    fn close(&mut self) {
        (self.open, self.selected) = (false, None);
    }
}

pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded { host, values } => {
            // It is read again with every editor. The selection stays unless the row changed.
            if model.values != values {
                model.selected = None;
            }
            (model.host, model.values) = (host, values);
            vec![]
        }
        Event::Focus(input) => {
            model.close();
            (model.input, model.typed) = (Some(input), false);
            vec![]
        }
        Event::Typed(input) => {
            (model.input, model.typed) = (Some(input), true);
            (model.open, model.selected) = (true, None);
            vec![]
        }
        Event::OpenList => {
            model.open = true;
            vec![]
        }
        Event::Key(Key::Escape) => {
            model.close();
            vec![Effect::FocusInput]
        }
        Event::Key(Key::Enter) => model.selected.map(|index| choose(model, index)).unwrap_or_default(),
        Event::Key(key) => {
            move_selection(model, key == Key::Down);
            vec![]
        }
        Event::Choose(index) => choose(model, index),
        Event::Blur => {
            model.close();
            model.input = None;
            vec![]
        }
        Event::Forget => {
            model.close();
            let change = model.host.clone().map(|host| Effect::Change(LastUsedChange::Forget(host)));
            [Some(Effect::FocusInput), change].into_iter().flatten().collect()
        }
    }
}

/// The first arrow key opens the list and selects its nearest end. Then the selection wraps around.
fn move_selection(model: &mut Model, down: bool) {
    let count = model.rows().len();
    if count == 0 {
        return;
    }
    let first = if down { 0 } else { count - 1 };
    model.selected = Some(match model.selected.filter(|_| model.open) {
        None => first,
        Some(index) => (index + if down { 1 } else { count - 1 }) % count,
    });
    model.open = true;
}

fn choose(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(text) = model.rows().into_iter().nth(index) else { return vec![] };
    model.close();
    vec![Effect::EnterText(text), Effect::FocusInput]
}

/// What a page reported while an editor was open. The person didn't enter it, so it isn't remembered.
#[derive(Default)]
pub struct KnownFromPage {
    host: Option<String>,
    pub values: Vec<FieldValue>,
}

impl KnownFromPage {
    /// Adds values to those that the host reported earlier. Those of another host are forgotten.
    pub fn add(&mut self, host: Option<&str>, reported: Vec<FieldValue>) {
        if self.host.as_deref() != host {
            *self = Self { host: host.map(str::to_owned), values: vec![] };
        }
        let new: Vec<_> = reported.into_iter().filter(|one| !self.values.contains(one)).collect();
        self.values.extend(new);
    }
}

/// The values of an act to remember. Nothing if the page didn't accept the call, and nothing of an undo, which restores
/// the page's values. A new visitor has only values that the person entered.
pub fn applied_values(entry: &JournalEntry, known_from_page: &[FieldValue]) -> Vec<FieldValue> {
    let last = LastAction::restored(entry);
    if !last.is_made() {
        return vec![];
    }
    let known_from_page = match last.edit.kind {
        EditKind::Update => known_from_page,
        EditKind::Switch => &[],
        _ => return vec![],
    };
    let before = last.edit.undo.map_or(Value::Null, |undo| undo.argument());
    last.edit.sent.map(|sent| applied(&sent.argument(), &before, known_from_page)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
