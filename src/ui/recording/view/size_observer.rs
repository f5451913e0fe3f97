//! The size of an element, as it changes.

use leptos::prelude::StoredValue;
use leptos::web_sys::Element;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// Disconnects when it is dropped.
struct SizeObserver {
    observer: ResizeObserver,
    /// The observer calls it.
    _callback: Closure<dyn Fn()>,
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `on_resize` once the element has a size and after each change of it, until the view that asks for it is gone.
pub fn observe_size(element: &Element, on_resize: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(on_resize);
    // Both browsers have it: the constructor fails only for something that is no function.
    if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        StoredValue::new_local(SizeObserver { observer, _callback: callback });
    }
}
