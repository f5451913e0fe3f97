//! The options page, a component for each section.

mod account;
mod data;
mod managed;
mod permissions;
mod preferences;
mod shortcuts;

use crate::managed::read_policy;
use crate::ui::api;
use crate::ui::i18n::*;
use crate::ui::options::state::account::{Effect, Event, Form, Model, Status, update};
use crate::ui::presets::PresetsSection;
use crate::ui::store::Store;
use crate::webext::permissions::request_origin;
use crate::webext::storage::on_managed_change;
use account::AccountSection;
use data::DataSection;
use leptos::prelude::*;
use managed::ManagedSection;
use permissions::PermissionsSection;
use preferences::{AppearanceSection, PrivacySection};
use shortcuts::ShortcutsSection;
use wasm_bindgen_futures::{JsFuture, spawn_local};

type OptionsStore = Store<Model, Event, Effect>;

fn perform(store: OptionsStore, effect: Effect) {
    match effect {
        Effect::Load => load(store),
        Effect::Remove => spawn_local(async move { store.dispatch(Event::Removed(api::remove_account().await)) }),
        Effect::Connect { pattern, form } => connect(store, &pattern, form),
    }
}

fn load(store: OptionsStore) {
    // Chromium reads the policy some time after the extension was installed, and accepts changes while it runs.
    on_managed_change(move || spawn_local(async move { store.dispatch(Event::Managed(read_policy().await)) }));
    spawn_local(async move {
        store.dispatch(Event::Managed(read_policy().await));
        store.dispatch(Event::Loaded(api::get_account().await));
    });
}

fn connect(store: OptionsStore, pattern: &str, form: Form) {
    let request = request_origin(pattern);
    spawn_local(async move {
        let is_granted = JsFuture::from(request).await.is_ok_and(|granted| granted.is_truthy());
        let event = if is_granted { Event::Saved(api::connect(form.to_message()).await) } else { Event::Denied };
        store.dispatch(event);
    });
}

#[component]
pub fn OptionsPage() -> impl IntoView {
    let store = OptionsStore::new(Model::new(), update, perform);
    provide_context(store);
    store.perform_when_shown(Effect::Load);
    let status = store.slice(status_name);
    let policy = store.slice(|model| model.policy.clone());
    let is_language_locked = store.slice(|model| model.policy.language.is_some());
    view! {
        <main class="account options" data-status=move || status.get()>
            <h1>{OPTIONS_TITLE}</h1>
            <p class="lead">
                <a href="welcome.html" data-action="welcome">
                    {WELCOME_OPEN}
                </a>
            </p>
            <ManagedSection policy=policy />
            <AppearanceSection is_language_locked=is_language_locked />
            <PrivacySection />
            <ShortcutsSection />
            <PresetsSection />
            <AccountSection />
            <DataSection />
            <PermissionsSection />
        </main>
    }
}

/// The value of `data-status`.
fn status_name(model: &Model) -> &'static str {
    match &model.status {
        Status::Loading => "loading",
        Status::Idle if model.account.is_some() => "kept",
        Status::Idle => "idle",
        Status::Working => "working",
        Status::Connected => "connected",
        Status::Removed => "removed",
        Status::NoAccess => "no-access",
        Status::Failed(problem) => problem.name(),
    }
}
