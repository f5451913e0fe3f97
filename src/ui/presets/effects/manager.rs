//! Performs the effects of the preset manager.

use crate::ui::presets::state::manager::{Effect, Event, Model};
use crate::ui::store::Store;
use crate::ui::stored_list;
use crate::webext::file::{self, File};
use inspector_core::presets::file::MAX_FILE;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

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
                store.dispatch(Event::FileRead(Err(why.into())));
            }
        }
    }
}

pub fn read_file(store: PresetsStore, input: &HtmlInputElement) {
    let Some(file) = File::chosen(input) else { return };
    store.dispatch(Event::FileChosen);
    spawn_local(async move { store.dispatch(Event::FileRead(file.text(MAX_FILE).await)) });
}
