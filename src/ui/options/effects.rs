//! Performs the effects that `state` returns, and dispatches their results.

use super::deletion::delete;
use super::state::account::{self, Effect, Event, Form};
use super::state::data;
use crate::managed::read_policy;
use crate::ui::api;
use crate::ui::store::Store;
use crate::webext::permissions::request_origin;
use crate::webext::storage::on_managed_change;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The store of the page. Views get it from context.
pub type OptionsStore = Store<account::Model, Event, Effect>;

/// The store of the section about stored data.
pub type DataStore = Store<data::Model, data::Event, data::Effect>;

pub fn perform(store: OptionsStore, effect: Effect) {
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

pub fn perform_deletion(store: DataStore, data::Effect::Delete(what): data::Effect) {
    spawn_local(async move { store.dispatch(data::Event::Deleted(delete(what).await)) });
}
