//! Mounts the recorded views (timeline, checks, history, recorded sites) for a tab or a file. A lazy part of the
//! program, loaded when the first view is opened.

use super::mounted::{HOST, Host, MOUNTED, MountedViews, current, host};
use super::provenance::{self, OnChange};
use super::store::{RecordingStore, new_store};
use super::{effects, expectations, feed, view};
use crate::lazy::lazy;
use crate::ui::recording::state::{Destination, Event, Model, Source, View};
use leptos::mount::mount_to;
use leptos::prelude::{Owner, document, set_interval};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How often the page is inspected while the checks are shown, and the time of open expectations is compared.
const CHECKS_INTERVAL: Duration = Duration::from_secs(1);

lazy! {
    /// Shows a view in `into`: `timeline`, `checks`, `expectations`, `sites`, `history:<subject key>` or
    /// `entry:<doc>:<p|o><n>`. If the views are already mounted there, it only navigates. Without a `tab`, the views
    /// show a file. `recorded.html` has no `host`.
    #[part(recording)]
    pub async fn open(into: Element, tab: Option<i32>, view: String, host: Option<Host>) {
        show(into, tab, &view, host);
    }
}

lazy! {
    /// Calls `on_change` now and after every change of the tab's recording, until another document is followed.
    #[part(recording)]
    pub async fn follow(tab: i32, document: String, on_change: OnChange) {
        let store = store_for(Some(tab));
        provenance::follow(document, on_change);
        provenance::notify(store);
    }
}

fn show(into: Element, tab: Option<i32>, view: &str, host: Option<Host>) {
    let store = store_for(tab);
    let is_standalone = host.is_none();
    HOST.set(host);
    store.dispatch(Event::Placed { is_standalone, can_review: !is_standalone });
    if let Some(destination) = Destination::parse(view) {
        store.dispatch(Event::Go(destination));
    }
    inspect_page(store);
    feed::find_site(store);
    mount(store, into);
}

/// Returns the store for a tab or a file. Creates it if the current one is for another source.
fn store_for(tab: Option<i32>) -> RecordingStore {
    let known = MOUNTED.with_borrow(|shown| shown.as_ref().filter(|shown| shown.tab == tab).map(|shown| shown.store));
    known.unwrap_or_else(|| create_store(tab))
}

fn create_store(tab: Option<i32>) -> RecordingStore {
    let owner = Owner::new();
    let source = tab.map_or(Source::File(None), Source::Tab);
    let store = owner.with(|| new_store(Model::new(source), effects::perform));
    let first = MOUNTED.replace(Some(MountedViews { tab, store, _owner: owner, mounted: None })).is_none();
    if first {
        feed::listen();
        expectations::listen();
        set_interval(poll, CHECKS_INTERVAL);
    }
    if let Some(tab) = tab {
        feed::read(store, tab);
    }
    expectations::read(store);
    store
}

fn mount(store: RecordingStore, into: Element) {
    let is_there = |shown: &MountedViews| shown.mounted.as_ref().is_some_and(|(known, _)| *known == into);
    if MOUNTED.with_borrow(|shown| shown.as_ref().is_some_and(is_there)) {
        return;
    }
    let handle = mount_to(into.clone().unchecked_into(), move || view::root(store));
    MOUNTED.with_borrow_mut(|shown| {
        if let Some(shown) = shown {
            shown.mounted = Some((into, Box::new(handle)));
        }
    });
}

fn poll() {
    if let Some((_, store)) = current().filter(|_| !document().hidden()) {
        inspect_page(store);
        expectations::tick(store);
    }
}

/// Inspects the page for the checks, if there is one.
fn inspect_page(store: RecordingStore) {
    let is_checking = store.with_untracked(|model| model.view == View::Checks);
    if let Some(host) = host().filter(|_| is_checking) {
        store.dispatch(Event::Inspected((host.page)().map(Box::new)));
    }
}
