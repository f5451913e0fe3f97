//! The one place that holds a page's state.

use crate::ui::dom::{Node, On, on};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A page: its state, what happens to it, and what follows.
pub trait Page: Send + Sync + Sized + 'static {
    type Event: Clone + Send + Sync + 'static;
    type Effect;

    /// Takes the state through one event.
    const UPDATE: fn(&mut Self, Self::Event) -> Vec<Self::Effect>;

    /// What is done first, if anything is.
    const FIRST: Option<Self::Effect> = None;

    /// Performs what follows, in the very task of the event: browsers ask for access only in that of a click.
    fn perform(store: Store<Self>, effect: Self::Effect);
}

/// A page's state. A handle: copies are the same store.
pub struct Store<P: Page>(RwSignal<P>);

impl<P: Page> Clone for Store<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Page> Copy for Store<P> {}

impl<P: Page> Store<P> {
    /// Reads the state; whoever does so reactively is woken by its next change.
    pub fn with<T>(self, read: impl FnOnce(&P) -> T) -> T {
        read(&self.0.read())
    }

    /// Takes the state through one event and performs what follows from it.
    pub fn dispatch(self, event: P::Event) {
        let effects = self.0.try_update(|page| P::UPDATE(page, event)).unwrap_or_default();
        for effect in effects {
            P::perform(self, effect);
        }
    }

    /// A callback that dispatches `event` each time.
    pub fn on(self, event: P::Event) -> On {
        on(move |()| self.dispatch(event.clone()))
    }

    /// A callback that dispatches what `event` makes of a value.
    pub fn on_value<T: 'static>(self, event: fn(T) -> P::Event) -> On<T> {
        on(move |value| self.dispatch(event(value)))
    }
}

/// Shows a page in `into` for as long as the document lives.
pub fn mount<P: Page>(into: &Element, page: P, view: fn(Store<P>) -> Node) {
    let into: HtmlElement = into.clone().unchecked_into();
    mount_to(into, move || begin(page, view).into_view()).forget();
}

/// A page as a part of another one.
pub fn begin<P: Page>(page: P, view: fn(Store<P>) -> Node) -> Node {
    let store = Store(RwSignal::new(page));
    if let Some(first) = P::FIRST {
        P::perform(store, first);
    }
    view(store)
}
