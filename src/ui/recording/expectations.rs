//! Reads, stores and follows the expectations, and the one that is being edited.

use super::mounted::current;
use super::store::RecordingStore;
use crate::errors::BrowserError;
use crate::managed::read_policy;
use crate::storage_format::expectations::{DRAFT_KEY, ExpectationDraft};
use crate::ui::recording::state::Event;
use crate::ui::recording::state::expectations::{ExpectationEffect, ExpectationEvent, ListResult};
use crate::ui::request_error::RecordingError;
use crate::ui::stored_list;
use crate::webext::file;
use crate::webext::storage::{self, on_managed_change};
use js_sys::Date;
use wasm_bindgen_futures::spawn_local;

/// Reads the person's and the organization's expectations, and what was being edited.
pub fn read(store: RecordingStore) {
    spawn_local(async move {
        dispatch(store, ExpectationEvent::Loaded(stored_list::read().await));
        match storage::get(DRAFT_KEY).await {
            Ok(text) => {
                if let Some(draft) = text.as_string().and_then(|text| ExpectationDraft::read(&text)) {
                    dispatch(store, ExpectationEvent::Draft(draft));
                }
            }
            Err(why) => store.dispatch(Event::Done(Err(why.into()))),
        }
    });
    spawn_local(read_managed(store));
}

async fn read_managed(store: RecordingStore) {
    dispatch(store, ExpectationEvent::Managed(read_policy().await.expectations));
}

/// Follows every change from now on, for the views that are shown at that time.
pub fn listen() {
    stored_list::follow(|result: ListResult| {
        if let Some((_, store)) = current() {
            dispatch(store, ExpectationEvent::Loaded(result));
        }
    });
    on_managed_change(|| {
        if let Some((_, store)) = current() {
            spawn_local(read_managed(store));
        }
    });
}

/// Dispatches the current time if a verdict depends on it.
pub fn tick(store: RecordingStore) {
    if store.with_untracked(|model| model.expectations.is_open()) {
        dispatch(store, ExpectationEvent::Now(Date::now() as i64));
    }
}

pub fn perform(store: RecordingStore, effect: ExpectationEffect) {
    match effect {
        ExpectationEffect::Change(change) => spawn_local(async move {
            dispatch(store, ExpectationEvent::Stored(stored_list::change(change).await));
        }),
        ExpectationEffect::Draft(draft) => spawn_local(async move {
            if let Err(why) = store_draft(draft).await {
                store.dispatch(Event::Done(Err(why.into())));
            }
        }),
        ExpectationEffect::SaveFile { name, text } => {
            store.dispatch(Event::Done(file::save(name, &text).map_err(RecordingError::from)));
        }
    }
}

async fn store_draft(draft: Option<ExpectationDraft>) -> Result<(), BrowserError> {
    match draft {
        Some(draft) => storage::set(DRAFT_KEY, draft.to_text().into()).await,
        None => storage::remove(&DRAFT_KEY.into()).await,
    }
}

fn dispatch(store: RecordingStore, event: ExpectationEvent) {
    store.dispatch(Event::Expectation(event));
}
