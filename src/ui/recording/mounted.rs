//! The mounted recorded views, and the popup that contains them.

use super::store::RecordingStore;
use crate::ui::host::{Propose, ReadPage};
use crate::ui::recording::state::View;
use leptos::prelude::Owner;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

/// The popup that contains the recorded views. `recorded.html` has none.
#[derive(Clone)]
pub struct Host {
    pub page: ReadPage,
    pub propose: Propose,
    /// Called with the new view when the views navigate by themselves.
    pub shown: Rc<dyn Fn(View)>,
}

/// Lives as long as the document.
pub struct MountedViews {
    pub tab: Option<i32>,
    pub store: RecordingStore,
    /// Owns the store's signals.
    pub _owner: Owner,
    /// The element of the views, and the handle that unmounts them.
    pub mounted: Option<(Element, Box<dyn Any>)>,
}

thread_local! {
    pub static MOUNTED: RefCell<Option<MountedViews>> = const { RefCell::new(None) };
    pub static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// The popup that contains the views, if there is one.
pub fn host() -> Option<Host> {
    HOST.with_borrow(Option::clone)
}

/// The current store, if there is one.
pub fn current() -> Option<(Option<i32>, RecordingStore)> {
    MOUNTED.with_borrow(|views| views.as_ref().map(|views| (views.tab, views.store)))
}
