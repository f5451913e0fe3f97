//! Values used before, offered under the input in which one is typed.

use crate::protocol::stored::Act;
use crate::ui::popup::state::{Doing, LastAct};
use inspector_core::suggestions::{Applied, Change, Slot, Values, applied, offers};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    /// The site of the page, once it is known; `None` where nothing is offered.
    pub host: Option<String>,
    values: Values,
    /// The input that has the focus.
    pub input: Option<Input>,
    /// It was changed since it has it: its text is what is looked for.
    typed: bool,
    /// The person wishes to see the list.
    open: bool,
    /// The place in [`Model::rows`] that Enter takes.
    pub at: Option<usize>,
}

/// An input of an editor, as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    pub slot: Slot,
    pub text: String,
    /// What stands in the inputs beside it, which it is not to repeat.
    pub beside: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What is remembered of the page's site was read, or changed.
    Loaded {
        host: Option<String>,
        values: Values,
    },
    /// An input has the focus now. What it holds is where the edit starts and is no search yet.
    Focus(Input),
    Typed(Input),
    /// The person asks for the list with the pointer.
    Ask,
    Key(Key),
    /// The person takes the offer at a place in [`Model::rows`].
    Take(usize),
    /// The focus went elsewhere.
    Leave,
    /// The person has the site's values forgotten.
    Forget,
}

/// The keys that the list knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Down,
    Up,
    Enter,
    Escape,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Puts a text into the input, as if it were typed.
    Put(String),
    /// Gives the focus back to the input.
    Return,
    Change(Change),
}

impl Model {
    /// What is offered now.
    pub fn rows(&self) -> Vec<String> {
        let Some(input) = &self.input else { return vec![] };
        let typed = if self.typed { input.text.as_str() } else { "" };
        let beside: Vec<_> = input.beside.iter().cloned().chain([input.text.clone()]).collect();
        offers(&self.values, &input.slot, typed, &beside)
    }

    /// Whether there is anything at all to offer in the input.
    pub fn has_any(&self) -> bool {
        self.input.as_ref().is_some_and(|input| !offers(&self.values, &input.slot, "", &[]).is_empty())
    }

    pub fn is_open(&self) -> bool {
        self.open && !self.rows().is_empty()
    }

    /// Whether a key is the list's, and not the editor's.
    pub fn takes(&self, key: Key) -> bool {
        match key {
            Key::Down | Key::Up => !self.rows().is_empty(),
            Key::Enter => self.is_open() && self.at.is_some(),
            Key::Escape => self.is_open(),
        }
    }

    fn close(&mut self) {
        (self.open, self.at) = (false, None);
    }
}

pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded { host, values } => {
            // It is read anew with every editor: what is chosen meanwhile stays so, unless something else stands there.
            if model.values != values {
                model.at = None;
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
            (model.open, model.at) = (true, None);
            vec![]
        }
        Event::Ask => {
            model.open = true;
            vec![]
        }
        Event::Key(Key::Escape) => {
            model.close();
            vec![Effect::Return]
        }
        Event::Key(Key::Enter) => model.at.map(|at| take(model, at)).unwrap_or_default(),
        Event::Key(key) => {
            step(model, key == Key::Down);
            vec![]
        }
        Event::Take(at) => take(model, at),
        Event::Leave => {
            model.close();
            model.input = None;
            vec![]
        }
        Event::Forget => {
            model.close();
            let change = model.host.clone().map(|host| Effect::Change(Change::Forget(host)));
            [Some(Effect::Return), change].into_iter().flatten().collect()
        }
    }
}

/// The first key shows the list with its nearest end chosen; then it goes round.
fn step(model: &mut Model, down: bool) {
    let count = model.rows().len();
    if count == 0 {
        return;
    }
    let first = if down { 0 } else { count - 1 };
    model.at = Some(match model.at.filter(|_| model.open) {
        None => first,
        Some(at) => (at + if down { 1 } else { count - 1 }) % count,
    });
    model.open = true;
}

fn take(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(text) = model.rows().into_iter().nth(at) else { return vec![] };
    model.close();
    vec![Effect::Put(text), Effect::Return]
}

/// What of an act is to be remembered: nothing unless the page took the call, and nothing of an undo, which brings back
/// what the page had. `reported`: what the page said before. A new visitor has nothing that the person did not give.
pub fn of_act(act: &Act, reported: &[Applied]) -> Vec<Applied> {
    let Some(last) = LastAct::restored(act).filter(LastAct::is_made) else { return vec![] };
    let reported = match last.note.doing {
        Doing::Update => reported,
        Doing::Switch => &[],
        _ => return vec![],
    };
    let before = last.note.undo.unwrap_or(Value::Null);
    last.note.sent.map(|sent| applied(&sent, &before, reported)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
