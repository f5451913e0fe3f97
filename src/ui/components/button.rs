//! Buttons. Each has its stable name in `data-action`.

use super::icon::{Icon, IconName};
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
            node_ref=node_ref
            on:click=move |_| on_click.run(())
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
            node_ref=node_ref
            on:click=move |_| on_click.run(())
        >
            <Icon name=icon />
        </button>
    }
}
