//! What was recorded in a tab, or lies in a file: timeline, checks, history and the recorded sites, in Leptos. A program of
//! its own, loaded when one of them is opened.

mod effects;
mod feed;
mod host;
mod store;
mod telling;
mod views;

use crate::app::recorded::{Event, Model, Place, Source};
use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::{Owner, document, set_interval};
use std::any::Any;
use std::cell::RefCell;
use std::time::Duration;
use store::Store;
use wasm_bindgen::{JsCast, JsValue};
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
}

/// Makes a stopped program tell why on the console.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// Shows a view in `into`: `timeline`, `checks`, `sites`, `history:<subject key>` or `entry:<doc>:<p|o><n>`. Called again
/// for the same element it only goes to that view. Without a `tab` it is for a file. `host`: see [`host`]; `undefined` on
/// a page of its own.
pub fn open(into: Element, tab: Option<i32>, view: &str, host: JsValue) {
    let store = store_for(tab);
    let alone = host.is_undefined();
    host::set(host);
    store.dispatch(Event::Placed { alone, can_review: host::can_propose() });
    if let Some(place) = Place::read(view) {
        store.dispatch(Event::Go(place));
    }
    look(store);
    feed::look_at_site(store);
    mount(store, into);
}

/// Calls `tell(list, problems)` now and after every change of the tab's recording, until it is called for another
/// document; see [`telling`].
pub fn provenance(tab: i32, document: &str, tell: Function) {
    let store = store_for(Some(tab));
    telling::set(document.to_owned(), tell);
    telling::tell(store);
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
fn current() -> Option<(Option<i32>, Store)> {
    SHOWN.with_borrow(|shown| shown.as_ref().map(|shown| (shown.tab, shown.store)))
}

fn mount(store: Store, into: Element) {
    let stands = |shown: &Shown| shown.mounted.as_ref().is_some_and(|(known, _)| *known == into);
    if SHOWN.with_borrow(|shown| shown.as_ref().is_some_and(stands)) {
        return;
    }
    let handle = mount_to(into.clone().unchecked_into(), move || views::root(store));
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

/// Looks at the page for the checks, where there is one to look at.
fn look(store: Store) {
    let is_checking = store.read(|model| model.view == crate::app::recorded::View::Checks);
    if is_checking && host::can_look() {
        store.dispatch(Event::Looked(host::look()));
    }
}
