//! A button that copies and shows the result.

use super::icon::{Icon, IconName};
use crate::ui::i18n::{COPIED, COPIED_MASKED, COPY_AGAIN};
use leptos::prelude::*;

#[component]
pub fn CopyButton(
    action: &'static str,
    #[prop(into)] label: String,
    /// Shows only an icon; the label is its name.
    #[prop(optional)]
    bare: bool,
    /// Whether this was copied last, and if so, whether masked. A second click then copies it unmasked.
    #[prop(into)]
    copied: Signal<Option<bool>>,
    #[prop(into)] on_copy: Callback<()>,
) -> impl IntoView {
    let label = StoredValue::new(label);
    let class = if bare { "icon-btn" } else { "btn" };
    let title = move || if copied.get() == Some(true) { COPY_AGAIN.text() } else { label.get_value() };
    let text = move || match copied.get() {
        None => label.get_value(),
        Some(true) => COPIED_MASKED.text(),
        Some(false) => COPIED.text(),
    };
    let icon = move || match copied.get() {
        Some(_) => view! { <Icon name=IconName::Check class="copied" /> },
        None => view! { <Icon name=IconName::Copy /> },
    };
    view! {
        <button
            type="button"
            class=class
            class:copied=move || copied.get().is_some()
            data-action=action
            title=title
            aria-label=bare.then(|| label.get_value())
            on:click=move |_| on_copy.run(())
        >
            {icon}
            {(!bare).then(|| view! { <span>{text}</span> })}
        </button>
    }
}
