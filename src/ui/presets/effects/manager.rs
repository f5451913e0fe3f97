//! Performs the effects of the preset manager.

use crate::ui::presets::state::manager::{Effect, Event, Model};
use crate::ui::store::Store;
use crate::ui::stored_list;
use crate::webext::file::{self, File};
use inspector_core::presets::file::MAX_FILE;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// The store of the section. Views get it from context.
pub type PresetsStore = Store<Model, Event, Effect>;

/// The name of the file that is exported.
const FILE_NAME: &str = "upscope-presets.json";

pub fn perform(store: PresetsStore, effect: Effect) {
    match effect {
        Effect::Load => {
            stored_list::follow(move |presets| store.dispatch(Event::Loaded(presets)));
            spawn_local(async move { store.dispatch(Event::Loaded(stored_list::read().await)) });
        }
        Effect::Change(change) => {
            spawn_local(async move { store.dispatch(Event::Stored(stored_list::change(change).await)) });
        }
        Effect::File(text) => {
            if let Err(why) = file::save(FILE_NAME, &text) {
                store.dispatch(Event::Chosen(Err(why)));
            }
        }
    }
}

/// Reads the file of an input and then clears the input, so that the same file can be chosen again.
pub fn read_file(store: PresetsStore, input: JsValue) {
    let Some(file) = File::first_of(&input) else { return };
    if file.size() > MAX_FILE as f64 {
        return store.dispatch(Event::TooLarge);
    }
    spawn_local(async move {
        store.dispatch(Event::Chosen(file.text().await));
        file::clear(&input);
    });
}
