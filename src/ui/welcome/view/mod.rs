//! The first-run page: steps to try, a practice shop, and the inspector next to it in a frame. The inspector there
//! reaches only `extension/practice/page.js`.

mod next;
mod shop;
mod steps;

use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::welcome::state::{Effect, Event, Model, PracticeReport, update};
use crate::webext::{commands, practice, property, tabs};
use js_sys::Array;
use leptos::prelude::*;
use next::NextSection;
use shop::Stage;
use steps::{StepAnnouncement, StepList};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

type WelcomeStore = Store<Model, Event, Effect>;

fn perform(store: WelcomeStore, effect: Effect) {
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

#[component]
pub fn WelcomePage() -> impl IntoView {
    let store = WelcomeStore::new(Model::default(), update, perform);
    provide_context(store);
    store.perform_when_shown(Effect::Follow);
    let is_done = store.slice(|model| model.next().is_none());
    let progress = move || if is_done.get() { "done" } else { "begun" };
    view! {
        <main class="welcome" data-practice=progress>
            <Intro />
            <div class="tryout">
                <StepList />
                <Stage />
            </div>
            <NextSection />
            <StepAnnouncement />
        </main>
    }
}

#[component]
fn Intro() -> impl IntoView {
    view! {
        <header class="intro">
            <div>
                <h1>{WELCOME_TITLE}</h1>
                <p class="lead">{WELCOME_LEAD}</p>
            </div>
            // Comes before the practice in the tab order.
            <a class="btn" href="#next" data-action="skip">
                {WELCOME_SKIP}
            </a>
        </header>
    }
}
