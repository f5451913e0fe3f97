//! The popup's link to the program that shows recordings.

use super::effects;
use super::store::Store;
use crate::app::popup::{Event, Model, Origin, Told};
use crate::browser::early::early;
use crate::browser::recorded::Recorded;
use crate::browser::{error_text, object};
use js_sys::{Array, Function};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The id of the element that the other program shows itself in.
pub const PLACE: &str = "recorded";

/// Has one of its views shown.
pub fn show(store: Store, view: String) {
    with_program(store, move |program| {
        let Some(place) = document().get_element_by_id(PLACE) else { return };
        program.open(&place, store.read(|model| model.tab), &view, &host(store));
    });
}

/// Opens the palette of presets.
pub fn presets(store: Store) {
    with_program(store, move |program| program.presets(store.read(|model| model.tab), &host(store)));
}

/// Has it offer what was used before, in an editor that is being opened.
pub fn offers(store: Store) {
    with_program(store, move |program| program.offers(store.read(|model| model.tab), &look(store)));
}

/// Has it told what was recorded of a document.
pub fn watch(store: Store, tab: i32, document: String) {
    let tell: Box<dyn FnMut(JsValue, JsValue)> = Box::new(move |origins, problems| {
        store.dispatch(Event::Told(told(&origins, &problems)));
    });
    let tell: Function = Closure::wrap(tell).into_js_value().unchecked_into();
    with_program(store, move |program| program.provenance(tab, &document, &tell));
}

pub fn with_program(store: Store, then: impl FnOnce(&Recorded) + 'static) {
    effects::run(Box::pin(async move {
        match JsFuture::from(early().recorded()).await {
            Ok(program) => then(program.unchecked_ref()),
            Err(error) => store.dispatch(Event::NoRecorded(error_text(&error))),
        }
    }));
}

/// The page as last seen, for whoever judges it apart.
pub fn look(store: Store) -> JsValue {
    let frame = |model: &Model| Some(model.shown()?.frame().text.clone());
    let look: Box<dyn FnMut() -> Option<String>> = Box::new(move || store.read(frame));
    Closure::wrap(look).into_js_value()
}

/// What the popup offers it: the page as last seen, being told where it went by itself, and taking up an edit.
fn host(store: Store) -> JsValue {
    let shown: Box<dyn FnMut(String)> = Box::new(move |view| store.dispatch(Event::Went(view)));
    let propose: Box<dyn FnMut(String)> = Box::new(move |argument| store.dispatch(Event::Propose(argument)));
    object([
        ("look", look(store)),
        ("shown", Closure::wrap(shown).into_js_value()),
        ("propose", Closure::wrap(propose).into_js_value()),
    ])
}

fn told(origins: &JsValue, problems: &JsValue) -> Option<Told> {
    let origin = |one: JsValue| {
        let word = |at| Array::from(&one).get(at).as_string();
        Some(Origin { key: word(0)?, words: word(1)?, cause: word(2)?, sent: word(4) })
    };
    let origins = Array::is_array(origins).then(|| Array::from(origins))?;
    Some(Told {
        origins: origins.iter().filter_map(origin).collect(),
        problems: problems.as_f64().unwrap_or(0.0) as u32,
    })
}
