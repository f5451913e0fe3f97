//! A modal dialog. The browser's `dialog` element traps the focus and restores it.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlDialogElement;

#[component]
pub fn Modal(
    /// The stable `data-dialog`. The dialog is open while there is a name.
    #[prop(into)]
    name: Signal<Option<&'static str>>,
    /// Handles Escape before the popup does, because the browser would also close the popup.
    #[prop(into)]
    on_cancel: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = Memo::new(move |_| name.get().is_some());
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match is_open.get() {
            true => queue_microtask(move || show(&dialog)),
            false => dialog.close(),
        }
    });
    let cancel = move |event: Event| {
        event.prevent_default();
        on_cancel.run(());
    };
    let cancel_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_cancel.run(());
        }
    };
    let close = move |_| {
        if is_open.get_untracked() {
            on_cancel.run(());
        }
    };
    view! {
        <dialog
            aria-labelledby="dialog-title"
            data-dialog=move || name.get()
            node_ref=dialog
            on:cancel=cancel
            on:keydown=cancel_on_escape
            on:close=close
        >
            {children()}
        </dialog>
    }
}

/// Runs after all effects of the change, so that the content exists before it gets the focus.
fn show(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // Fails only for an element outside the document.
        let _ = dialog.show_modal();
    }
}
