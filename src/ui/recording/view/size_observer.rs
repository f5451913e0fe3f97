//! Observes the size of an element.

use leptos::prelude::StoredValue;
use leptos::web_sys::Element;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// Disconnects when it is dropped.
struct SizeObserver {
    observer: ResizeObserver,
    /// The observer's callback.
    _callback: Closure<dyn Fn()>,
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `on_resize` once the element has a size and after each change, until the owning view is removed.
pub fn observe_size(element: &Element, on_resize: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(on_resize);
    // Both browsers support it. The constructor fails only for an argument that isn't a function.
    if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        StoredValue::new_local(SizeObserver { observer, _callback: callback });
    }
}
