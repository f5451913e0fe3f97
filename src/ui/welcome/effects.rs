//! Performs the effects that `state` returns, and dispatches their results.

use super::state::{Effect, Event, Model, PracticeReport};
use crate::ui::store::Store;
use crate::webext::{commands, practice, property, tabs};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// The store of the page. Views get it from context.
pub type WelcomeStore = Store<Model, Event, Effect>;

pub fn perform(store: WelcomeStore, effect: Effect) {
    match effect {
        Effect::Follow => {
            practice::follow(move |seen| store.dispatch(Event::Seen(read_report(&seen))));
            spawn_local(async move { store.dispatch(Event::Keys(commands::shortcut("_execute_action").await)) });
        }
        Effect::Close => spawn_local(tabs::close_current()),
    }
}

/// Reads what `extension/practice/page.js` reports.
fn read_report(seen: &JsValue) -> PracticeReport {
    let flag = |name: &str| property(seen, name).is_truthy();
    let text = |name: &str| property(seen, name).as_string().unwrap_or_default();
    PracticeReport {
        copied: flag("copied"),
        call_seen: flag("callSeen"),
        read_back: flag("readBack"),
        masked: flag("masked"),
        refused: property(seen, "refused").as_f64().unwrap_or_default() as u32,
        visitor: text("visitor"),
        short_id: text("shortId"),
        code: text("code"),
        calls: Array::from(&property(seen, "calls")).iter().filter_map(|call| call.as_string()).collect(),
    }
}
