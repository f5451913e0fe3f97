//! What was recorded in a tab, or lies in a file: timeline, checks, history and the recorded sites, in Leptos. A lazy part
//! of the program, loaded when one of them is opened.

use super::provenance::{self, Tell};
use super::store::Store;
use super::{feed, view};
use crate::lazy::lazy;
use crate::ui::popup::host::Host;
use crate::ui::recording::state::{Event, Model, Place, Source};
use leptos::mount::mount_to;
use leptos::prelude::{Owner, document, set_interval};
use std::any::Any;
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How often the page is looked at while the checks are shown.
const BEAT: Duration = Duration::from_secs(1);

/// What lives as long as the page does.
struct Shown {
    tab: Option<i32>,
    store: Store,
    /// Keeps the store's signals.
    _owner: Owner,
    /// Where the views stand, and what unmounts them.
    mounted: Option<(Element, Box<dyn Any>)>,
}

thread_local! {
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

lazy! {
    /// Shows a view in `into`: `timeline`, `checks`, `sites`, `history:<subject key>` or `entry:<doc>:<p|o><n>`. Called again
    /// for the same element it only goes to that view. Without a `tab` it is for a file. A page of its own has no `host`.
    #[part(recording)]
    pub fn open(into: Element, tab: Option<i32>, view: String, host: Option<Host>) {
        show(into, tab, &view, host);
    }
}

lazy! {
    /// Calls `tell` now and after every change of the tab's recording, until it is called for another document.
    #[part(recording)]
    pub fn follow(tab: i32, document: String, tell: Tell) {
        let store = store_for(Some(tab));
        provenance::set(document, tell);
        provenance::tell(store);
    }
}

fn show(into: Element, tab: Option<i32>, view: &str, host: Option<Host>) {
    let store = store_for(tab);
    let alone = host.is_none();
    HOST.set(host);
    store.dispatch(Event::Placed { alone, can_review: !alone });
    if let Some(place) = Place::read(view) {
        store.dispatch(Event::Go(place));
    }
    look(store);
    feed::look_at_site(store);
    mount(store, into);
}

/// The popup around the views, if there is one.
pub fn host() -> Option<Host> {
    HOST.with_borrow(Option::clone)
}

/// The state for a tab, or for a file; made anew when it is another one than before.
fn store_for(tab: Option<i32>) -> Store {
    let known = SHOWN.with_borrow(|shown| shown.as_ref().filter(|shown| shown.tab == tab).map(|shown| shown.store));
    known.unwrap_or_else(|| begin(tab))
}

fn begin(tab: Option<i32>) -> Store {
    let owner = Owner::new();
    let source = tab.map_or(Source::File(None), Source::Tab);
    let store = owner.with(|| Store::new(Model::new(source)));
    let first = SHOWN.replace(Some(Shown { tab, store, _owner: owner, mounted: None })).is_none();
    if first {
        feed::listen();
        set_interval(beat, BEAT);
    }
    if let Some(tab) = tab {
        feed::read(store, tab);
    }
    store
}

/// The state of now, if there is one.
pub fn current() -> Option<(Option<i32>, Store)> {
    SHOWN.with_borrow(|shown| shown.as_ref().map(|shown| (shown.tab, shown.store)))
}

fn mount(store: Store, into: Element) {
    let stands = |shown: &Shown| shown.mounted.as_ref().is_some_and(|(known, _)| *known == into);
    if SHOWN.with_borrow(|shown| shown.as_ref().is_some_and(stands)) {
        return;
    }
    let handle = mount_to(into.clone().unchecked_into(), move || view::root(store));
    SHOWN.with_borrow_mut(|shown| {
        if let Some(shown) = shown {
            shown.mounted = Some((into, Box::new(handle)));
        }
    });
}

fn beat() {
    if let Some((_, store)) = current().filter(|_| !document().hidden()) {
        look(store);
    }
}

/// Takes the page as last read for the checks, where there is one.
fn look(store: Store) {
    let is_checking = store.read(|model| model.view == crate::ui::recording::state::View::Checks);
    if let Some(host) = host().filter(|_| is_checking) {
        store.dispatch(Event::Looked((host.page)().map(Box::new)));
    }
}
