//! Buttons. Each has its stable name in `data-action`.

use super::icon::{Icon, IconName};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

/// A button with content, usually a text.
#[component]
pub fn Button(
    /// `btn`, with `primary`, `plain` or `bad`, or a class of its own.
    #[prop(default = "btn")]
    class: &'static str,
    action: &'static str,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
    /// The action is in progress: clicks are ignored. Unlike a disabled button, this one keeps the keyboard focus.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    #[prop(optional)] node_ref: NodeRef<html::Button>,
    #[prop(into)] on_click: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            data-action=action
            disabled=disabled
            aria-disabled=busy.map(aria_disabled)
            node_ref=node_ref
            on:click=click_handler(busy, on_click)
        >
            {children()}
        </button>
    }
}

/// A button that shows only an icon; `label` is its name for screen readers and its tooltip.
#[component]
pub fn IconButton(
    icon: IconName,
    action: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
    /// The action is in progress: clicks are ignored. Unlike a disabled button, this one keeps the keyboard focus.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    #[prop(optional)] node_ref: NodeRef<html::Button>,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-btn"
            data-action=action
            title=label.clone()
            aria-label=label
            disabled=disabled
            aria-disabled=busy.map(aria_disabled)
            node_ref=node_ref
            on:click=click_handler(busy, on_click)
        >
            <Icon name=icon />
        </button>
    }
}

fn aria_disabled(busy: Signal<bool>) -> impl Fn() -> Option<&'static str> + Send + Clone {
    move || busy.get().then_some("true")
}

fn click_handler(busy: Option<Signal<bool>>, on_click: Callback<()>) -> impl Fn(MouseEvent) {
    move |_| {
        if !busy.is_some_and(|busy| busy.get_untracked()) {
            on_click.run(());
        }
    }
}
