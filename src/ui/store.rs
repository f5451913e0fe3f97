//! The state of a page of the extension, and how a page is shown.

use leptos::mount::mount_to;
use leptos::prelude::*;
use std::ops::Deref;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The state of a page: a model `M`, changed by events `E`, from which effects `F` follow. A handle: copies are the
/// same state.
pub struct State<M: 'static, E: 'static, F: 'static> {
    model: RwSignal<M>,
    update: fn(&mut M, E) -> Vec<F>,
}

impl<M: 'static, E: 'static, F: 'static> Clone for State<M, E, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: 'static, E: 'static, F: 'static> Copy for State<M, E, F> {}

impl<M: Send + Sync + 'static, E: 'static, F: 'static> State<M, E, F> {
    /// `update` applies one event to the model and returns the effects to perform.
    pub fn new(model: M, update: fn(&mut M, E) -> Vec<F>) -> Self {
        Self { model: RwSignal::new(model), update }
    }

    /// A slice of the state. Readers are notified only when the slice changes.
    pub fn slice<T>(self, read: impl Fn(&M) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| read(&self.model.read()))
    }

    /// Reads the whole state. Readers are notified after every event.
    pub fn with<T>(self, read: impl FnOnce(&M) -> T) -> T {
        read(&self.model.read())
    }

    /// Reads the state without tracking it, for event handlers.
    pub fn with_untracked<T>(self, read: impl FnOnce(&M) -> T) -> T {
        read(&self.model.read_untracked())
    }

    /// Applies an event and returns the effects to perform. There are none if the page is gone.
    pub fn apply(self, event: E) -> Vec<F> {
        let update = self.update;
        self.model.try_update(|model| update(model, event)).unwrap_or_default()
    }
}

/// What a store has beside the model, for the views alone: focus, scrolling, unfinished input. A handle, too.
pub trait ViewState<M, E, F>: Copy + 'static {
    /// Applies an event to `state`, and follows it.
    fn apply(self, state: State<M, E, F>, event: E) -> Vec<F>;
}

/// For a store that has nothing else.
impl<M: Send + Sync + 'static, E: 'static, F: 'static> ViewState<M, E, F> for () {
    fn apply(self, state: State<M, E, F>, event: E) -> Vec<F> {
        state.apply(event)
    }
}

/// A [`State`] whose effects are performed. Views get it from context.
pub struct Store<M: 'static, E: 'static, F: 'static, V: 'static = ()> {
    state: State<M, E, F>,
    perform: fn(Self, F),
    /// What only views read and write.
    pub view_state: V,
}

impl<M: 'static, E: 'static, F: 'static, V: Copy + 'static> Clone for Store<M, E, F, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: 'static, E: 'static, F: 'static, V: Copy + 'static> Copy for Store<M, E, F, V> {}

impl<M: 'static, E: 'static, F: 'static, V: 'static> Deref for Store<M, E, F, V> {
    type Target = State<M, E, F>;

    fn deref(&self) -> &State<M, E, F> {
        &self.state
    }
}

impl<M: Send + Sync + 'static, E: 'static, F: 'static> Store<M, E, F> {
    /// A store that has nothing beside the model; see [`Store::with_view_state`].
    pub fn new(model: M, update: fn(&mut M, E) -> Vec<F>, perform: fn(Self, F)) -> Self {
        Self::with_view_state(model, update, perform, ())
    }
}

impl<M: Send + Sync + 'static, E: 'static, F: 'static, V: ViewState<M, E, F>> Store<M, E, F, V> {
    /// `perform` runs in the task of the event, because browsers grant permissions only in the task of a click.
    pub fn with_view_state(model: M, update: fn(&mut M, E) -> Vec<F>, perform: fn(Self, F), view_state: V) -> Self {
        Self { state: State::new(model, update), perform, view_state }
    }

    /// Applies an event and performs the effects that follow from it.
    pub fn dispatch(self, event: E) {
        for effect in self.view_state.apply(self.state, event) {
            (self.perform)(self, effect);
        }
    }

    /// Performs an effect after the views are on the page.
    pub fn perform_after_mount(self, effect: F)
    where
        F: Clone,
    {
        Effect::new(move |_| (self.perform)(self, effect.clone()));
    }
}

/// Shows a page in `into` for as long as the document lives.
pub fn mount<V: IntoView + 'static>(into: &Element, page: impl FnOnce() -> V + 'static) {
    let into: HtmlElement = into.clone().unchecked_into();
    mount_to(into, page).forget();
}
