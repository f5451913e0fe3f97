//! A checkbox with its label.

use leptos::prelude::*;

#[component]
pub fn Checkbox(
    action: &'static str,
    #[prop(into)] is_checked: Signal<bool>,
    /// Called with the new value.
    #[prop(into)]
    on_change: Callback<bool>,
    /// The label, with an explanation in a `<small>` if it needs one.
    children: Children,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-action=action
                prop:checked=move || is_checked.get()
                on:change:target=move |event| on_change.run(event.target().checked())
            />
            <span>{children()}</span>
        </label>
    }
}
