//! A button that copies and shows the result.

use super::icon::{Icon, IconName};
use crate::ui::copying::Copied;
use crate::ui::i18n::{COPIED, COPIED_MASKED, COPY_AGAIN};
use leptos::prelude::*;

#[component]
pub fn CopyButton(
    action: &'static str,
    #[prop(into)] label: String,
    /// Shows only an icon; the label is its name.
    #[prop(optional)]
    icon_only: bool,
    /// Whether this was copied last. If it was copied masked, a second click copies it unmasked.
    #[prop(into)]
    copied: Signal<Copied>,
    #[prop(into)] on_copy: Callback<()>,
) -> impl IntoView {
    let label = StoredValue::new(label);
    let class = if icon_only { "icon-btn" } else { "btn" };
    let title = move || if copied.get() == Copied::Masked { COPY_AGAIN.text() } else { label.get_value() };
    let text = move || match copied.get() {
        Copied::No => label.get_value(),
        Copied::Plain => COPIED.text(),
        Copied::Masked => COPIED_MASKED.text(),
    };
    let icon = move || match copied.get() {
        Copied::No => view! { <Icon name=IconName::Copy /> },
        Copied::Plain | Copied::Masked => view! { <Icon name=IconName::Check class="copied" /> },
    };
    view! {
        <button
            type="button"
            class=class
            class:copied=move || copied.get() != Copied::No
            data-action=action
            title=title
            aria-label=icon_only.then(|| label.get_value())
            on:click=move |_| on_copy.run(())
        >
            {icon}
            {(!icon_only).then(|| view! { <span>{text}</span> })}
        </button>
    }
}
