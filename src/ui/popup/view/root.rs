//! The whole popup.

use super::announcements::Announcements;
use super::blocked::BlockedPage;
use super::code_card::CodeCard;
use super::conditions::is_recorded_view_shown;
use super::details::Details;
use super::dialogs::Dialogs;
use super::field::Fields;
use super::footer::Footer;
use super::frames::Frames;
use super::header::Header;
use super::last_act::LastActBanner;
use super::origins::provide_shared_origins;
use super::panels::{PanelTabs, RecordedPanel};
use super::presets;
use super::preview::Preview;
use super::restriction::RestrictionNotice;
use super::server::ServerCard;
use super::shortcut_result::ShortcutNotice;
use super::stale::Stale;
use super::status::Status;
use super::stored_drafts::StoredDrafts;
use super::unsaved::UnsavedNotice;
use crate::ui::popup::state::{Event, Model};
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::blocked::is_blocked;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The popup with its state.
pub fn root(store: PopupStore) -> impl IntoView {
    provide_context(store);
    provide_shared_origins(store);
    presets::open_on_key(store);
    view! { <Popup /> }
}

#[component]
fn Popup() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let state = store.slice(Model::state);
    let is_blocked = store.slice(is_blocked);
    // The visitor panel stays in the document behind another panel, with its input.
    let is_hidden = store.slice(is_recorded_view_shown);
    view! {
        <div
            class="popup"
            data-state=move || state.get()
            on:keydown=move |event| apply_on_shortcut(store, &event)
        >
            <Header />
            <PanelTabs />
            <main hidden=move || is_hidden.get()>
                <ShortcutNotice />
                <Stale />
                <Show when=move || is_blocked.get() fallback=|| view! { <Visitor /> }>
                    <BlockedPage />
                </Show>
            </main>
            <RecordedPanel />
            <Footer />
            <Dialogs />
            <Announcements />
        </div>
    }
}

#[component]
fn Visitor() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let can_edit = store.slice(|model| model.restriction().is_none());
    view! {
        <Frames />
        <RestrictionNotice />
        <UnsavedNotice />
        <Show when=move || can_edit.get()>
            <StoredDrafts />
        </Show>
        <LastActBanner />
        <Status />
        <ServerCard />
        <CodeCard />
        <Fields />
        <Show when=move || can_edit.get()>
            <Preview />
        </Show>
        <Details />
    }
}

fn apply_on_shortcut(store: PopupStore, event: &KeyboardEvent) {
    let is_apply = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
    if is_apply && store.with_untracked(|model| model.dialog.is_none() && !is_recorded_view_shown(model)) {
        event.prevent_default();
        store.dispatch(Event::Apply);
    }
}
