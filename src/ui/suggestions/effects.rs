//! Performs the effects that `state` returns.

use super::state::{Effect, Event, Model};
use super::{combobox, storage};
use crate::ui::store::Store;
use wasm_bindgen_futures::spawn_local;

/// The store of the list. Views get it from context.
pub type SuggestionsStore = Store<Model, Event, Effect>;

pub fn perform(_: SuggestionsStore, effect: Effect) {
    match effect {
        Effect::EnterText(text) => combobox::enter_text(&text),
        Effect::FocusInput => combobox::focus_input(),
        Effect::Change(change) => spawn_local(storage::change(change)),
    }
}
