//! The options page, a component for each section.

mod account;
mod data;
mod managed;
mod permissions;
mod preferences;
mod shortcuts;

use crate::ui::i18n::*;
use crate::ui::options::effects::{OptionsStore, perform};
use crate::ui::options::state::account::{Effect, Model, Status, update};
use crate::ui::presets::PresetsSection;
use account::AccountSection;
use data::DataSection;
use leptos::prelude::*;
use managed::ManagedSection;
use permissions::PermissionsSection;
use preferences::{AppearanceSection, PrivacySection};
use shortcuts::ShortcutsSection;

#[component]
pub fn OptionsPage() -> impl IntoView {
    let store = OptionsStore::new(Model::new(), update, perform);
    provide_context(store);
    store.perform_after_mount(Effect::Load);
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
        Status::NotLoaded(problem) | Status::NotSaved(problem) | Status::NotRemoved(problem) => problem.name(),
    }
}
