//! A question before everything else. The browser's own `dialog` keeps the focus in it and gives it back.

use crate::ui::dom::{Live, Node, On, el};
use leptos::prelude::*;
use leptos::web_sys::{HtmlDialogElement, KeyboardEvent};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// `name`, while it is open: its stable `data-dialog`. `on_cancel` is Escape, which is kept from the popup: the browser
/// would close that too.
pub fn modal(name: Live<Option<&'static str>>, content: Node, on_cancel: On) -> Node {
    let (still, open) = (name.clone(), name.clone());
    let (on_close, on_escape) = (on_cancel.clone(), on_cancel.clone());
    el("dialog")
        .attr("aria-labelledby", "dialog-title")
        .live_attr("data-dialog", move || name().map(str::to_owned))
        .on("cancel", move |event| {
            event.prevent_default();
            on_cancel(());
        })
        .on("keydown", move |event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                event.prevent_default();
                on_escape(());
            }
        })
        .on("close", move |_| {
            if untrack(|| still()).is_some() {
                on_close(());
            }
        })
        .child(content)
        .setup(move |element| {
            let dialog = element.clone().unchecked_into::<HtmlDialogElement>();
            // An effect and not a step: a dialog opens only once it stands in the page.
            Effect::new(move |_| match open() {
                Some(_) => show_soon(dialog.clone(), open.clone()),
                None => dialog.close(),
            });
        })
}

/// Shows it in a task of its own. In that of a click the pointer still counts as down, nothing is made anew, and a dialog
/// without its content would take the focus itself.
fn show_soon(dialog: HtmlDialogElement, open: Live<Option<&'static str>>) {
    let show = move || {
        if untrack(|| open()).is_some() && !dialog.open() {
            let _ = dialog.show_modal();
        }
    };
    set_timeout(show, Duration::ZERO);
}
