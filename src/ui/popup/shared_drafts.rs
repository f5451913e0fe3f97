//! The drafts of a tab that is open in two popups, such as a popup and a panel. They have one key in storage, so each
//! popup follows what the others store, and keeps it when it writes.

use super::store::PopupStore;
use crate::lazy::lazy;
use crate::storage_format::session::{Drafts, drafts_key};
use crate::ui::popup::state::Event;
use crate::ui::task::run;
use crate::webext::{live_storage, property, storage};
use std::cell::RefCell;
use std::collections::VecDeque;

thread_local! {
    /// What this popup read or wrote and the browser hasn't reported yet, oldest first.
    static KNOWN: RefCell<VecDeque<String>> = const { RefCell::new(VecDeque::new()) };
}

/// Notes a text that this popup read, or is about to write.
pub fn note_known(text: String) {
    KNOWN.with_borrow_mut(|known| known.push_back(text));
}

/// Follows what other popups of the tab store, from before the person can edit: a write must not replace a draft that
/// this popup doesn't know. What they stored while this popup was opening is read once.
pub fn follow(store: PopupStore) {
    live_storage::on_changed(move |changes, area| {
        let Some(tab) = store.with_untracked(|model| model.tab).filter(|_| area == "session") else { return };
        let change = property(&changes, &drafts_key(tab));
        if change.is_object() {
            take(store, property(&change, "newValue").as_string());
        }
    });
    run(Box::pin(async move {
        let Some(tab) = store.with_untracked(|model| model.tab) else { return };
        // A failure is shown when the popup writes.
        if let Some(stored) = storage::get(&drafts_key(tab)).await.ok().and_then(|stored| stored.as_string()) {
            take(store, Some(stored));
        }
    }));
}

/// Dispatches drafts that this popup didn't write; `None` if they were removed.
fn take(store: PopupStore, stored: Option<String>) {
    if stored.as_ref().is_some_and(|text| is_known(text)) {
        return;
    }
    run(Box::pin(async move {
        let drafts = match stored {
            // A failure to load the part is shown when the person edits, which needs it too.
            Some(text) => read_drafts(text).await.ok().flatten(),
            None => Some(Drafts::default()),
        };
        if let Some(drafts) = drafts {
            store.dispatch(Event::DraftsChanged(drafts));
        }
    }));
}

lazy! {
    #[part(edit)]
    async fn read_drafts(text: String) -> Option<Drafts> {
        Drafts::read(&text)
    }
}

/// Whether this popup read or wrote the text. The browser reports writes in order, so earlier ones are forgotten.
fn is_known(text: &str) -> bool {
    KNOWN.with_borrow_mut(|known| {
        let at = known.iter().position(|one| one == text);
        // The last one stays, because it is also read when this popup begins to follow.
        known.drain(..at.unwrap_or_default());
        at.is_some()
    })
}
