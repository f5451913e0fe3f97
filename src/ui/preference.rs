//! Preferences as signals, because another page of the extension may change them.

use leptos::prelude::*;

/// What `read` finds in the preferences, now and after every change in any page.
pub fn follow_preference<T: Send + Sync + 'static>(read: impl Fn() -> T + 'static) -> RwSignal<T> {
    let value = RwSignal::new(read());
    // `settings.js` dispatches this event.
    let listener = window_event_listener_untyped("preferences-changed", move |_| value.set(read()));
    on_cleanup(move || listener.remove());
    value
}
