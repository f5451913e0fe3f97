//! The first-run page: steps to try, a practice shop, and the inspector next to it in a frame. The inspector there
//! reaches only `extension/practice/page.js`.

mod next;
mod shop;
mod steps;

use crate::ui::i18n::*;
use crate::ui::welcome::effects::{WelcomeStore, perform};
use crate::ui::welcome::state::{self, Model};
use leptos::prelude::*;
use next::NextSection;
use shop::Stage;
use steps::{StepAnnouncement, StepList};

#[component]
pub fn WelcomePage() -> impl IntoView {
    let store = WelcomeStore::new(Model::default(), state::update, perform);
    provide_context(store);
    store.perform_after_mount(state::Effect::Follow);
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
