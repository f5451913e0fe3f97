//! The popup's calls into the lazy parts of its program.

use super::store::PopupStore;
use crate::lazy::{NotLoaded, lazy};
use crate::ui::host::{Propose, ReadPage};
use crate::ui::popup::state::{CopySource, Event, Model, RecordedView, WatchError};
use crate::ui::recording::Host;
use crate::ui::task::run;
use crate::ui::{comparison, presets, recording, suggestions};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use leptos::prelude::document;
use std::cell::Cell;
use std::rc::Rc;

/// The id of the element that contains the recorded views.
pub const VIEWS_ID: &str = "recorded";

thread_local! {
    static STYLED: Cell<bool> = const { Cell::new(false) };
}

lazy! {
    /// Returns the text for the clipboard; see [`CopySource::write`].
    #[part(recording)]
    async fn write_copy(source: CopySource) -> Option<String> {
        source.write()
    }
}

/// Shows one of the recorded views.
pub fn show(store: PopupStore, view: RecordedView) {
    call(store, async move {
        match document().get_element_by_id(VIEWS_ID) {
            Some(place) => {
                let tab = store.with_untracked(|model| model.tab);
                recording::open(place, tab, view.to_string(), Some(host(store))).await
            }
            None => Ok(()),
        }
    });
}

/// Follows the recording of a document.
pub fn follow_recording(store: PopupStore, tab: i32, document: String) {
    let follow = Rc::new(move |summary| store.dispatch(Event::RecordingChanged(summary)));
    call(store, recording::follow(tab, document, follow));
}

/// Opens the palette of presets.
pub fn open_presets(store: PopupStore) {
    let draft = |model: &Model| Some((read(model)?, model.edit.draft.clone()));
    call(store, async move { presets::open(store.with_untracked(draft), propose(store)).await });
}

/// Offers suggestions in an editor that is being opened.
pub fn offer_suggestions(store: PopupStore) {
    let Some(tab) = store.with_untracked(|model| model.tab) else { return };
    call(store, suggestions::offer(tab, page(store)));
}

/// Compares the page with the server from now on.
pub fn compare(store: PopupStore) {
    let on_change = Rc::new(move |server| store.dispatch(Event::Compared(server)));
    call(store, comparison::compare(page(store), on_change));
}

/// Requests the server's view again.
pub fn refresh_server(store: PopupStore) {
    call(store, comparison::refresh());
}

/// Adds an edit that was sent to the page to the comparison.
pub fn compare_sent(store: PopupStore, sent: VisitorPatch) {
    call(store, comparison::add_sent(sent));
}

/// Opens a tab that watches the visitor.
pub async fn watch() -> Result<(), WatchError> {
    match comparison::watch_visitor().await {
        Ok(watching) => watching.await.map_err(WatchError::Api),
        Err(NotLoaded) => Err(WatchError::NotLoaded),
    }
}

/// Returns the text for the clipboard.
pub async fn copied(source: CopySource) -> Result<Option<String>, NotLoaded> {
    write_copy(source).await
}

/// Loads the part that is usually needed next: the part for editing.
pub fn preload(store: PopupStore) {
    run(Box::pin(async move {
        // A failure is shown when the part is needed.
        let _ = presets::load_edit().await;
        store.view_state.finish_first_paint();
    }));
}

/// Adds the styles of the lazy parts to the document, once.
fn add_styles() {
    if STYLED.replace(true) {
        return;
    }
    let link = document().create_element("link").and_then(|link| {
        link.set_attribute("rel", "stylesheet")?;
        link.set_attribute("href", "recorded.css")?;
        Ok(link)
    });
    if let (Ok(link), Some(head)) = (link, document().head()) {
        let _ = head.append_child(&link);
    }
}

/// Calls into a lazy part and shows a message if the part couldn't be loaded. The next call tries again.
fn call(store: PopupStore, call: impl Future<Output = Result<(), NotLoaded>> + 'static) {
    add_styles();
    run(Box::pin(async move {
        match call.await {
            Ok(()) if store.with_untracked(|model| model.not_loaded) => store.dispatch(Event::Loaded),
            Ok(()) => {}
            Err(NotLoaded) => store.dispatch(Event::NotLoaded),
        }
    }));
}

fn host(store: PopupStore) -> Host {
    let shown = Rc::new(move |view| store.dispatch(Event::Navigated(view)));
    Host { page: page(store), propose: propose(store), shown }
}

fn page(store: PopupStore) -> ReadPage {
    Rc::new(move || store.with_untracked(read))
}

fn read(model: &Model) -> Option<Report> {
    model.report().cloned()
}

fn propose(store: PopupStore) -> Propose {
    Rc::new(move |patch| store.dispatch(Event::Propose(patch)))
}
