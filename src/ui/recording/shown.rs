//! The recording that is shown, and the popup around it.

use super::store::Store;
use crate::ui::popup::host::Host;
use leptos::prelude::Owner;
use std::any::Any;
use std::cell::RefCell;
use web_sys::Element;

/// What lives as long as the page does.
pub struct Shown {
    pub tab: Option<i32>,
    pub store: Store,
    /// Keeps the store's signals.
    pub _owner: Owner,
    /// Where the views stand, and what unmounts them.
    pub mounted: Option<(Element, Box<dyn Any>)>,
}

thread_local! {
    pub static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
    pub static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// The popup around the views, if there is one.
pub fn host() -> Option<Host> {
    HOST.with_borrow(Option::clone)
}

/// The state of now, if there is one.
pub fn current() -> Option<(Option<i32>, Store)> {
    SHOWN.with_borrow(|shown| shown.as_ref().map(|shown| (shown.tab, shown.store)))
}
