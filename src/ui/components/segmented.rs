//! A segmented control: radio buttons side by side, with their keyboard behavior.

use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Segmented(
    /// The name of the radio group, unique on the page.
    #[prop(into)]
    id: String,
    /// The accessible name of the group.
    #[prop(into)]
    label: String,
    /// The stable name and the text of each option.
    options: Vec<(&'static str, String)>,
    /// The index of the chosen option.
    #[prop(into)]
    chosen: Signal<usize>,
    #[prop(into)] on_choose: Callback<usize>,
) -> impl IntoView {
    let radios: Vec<NodeRef<html::Input>> = options.iter().map(|_| NodeRef::new()).collect();
    let radios = StoredValue::new(radios);
    let choose = move |index| {
        on_choose.run(index);
        // The browser has checked the clicked option, even if the choice was refused.
        for (at, radio) in radios.get_value().into_iter().enumerate() {
            if let Some(radio) = radio.get_untracked() {
                radio.set_checked(at == chosen.get_untracked());
            }
        }
    };
    let option = |(index, (action, text)): (usize, (&'static str, String))| {
        view! {
            <label>
                <input
                    type="radio"
                    name=id.clone()
                    data-action=action
                    prop:checked=move || chosen.get() == index
                    node_ref=radios.with_value(|radios| radios[index])
                    on:change=move |_| choose(index)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <div class="seg" role="radiogroup" aria-label=label>
            {options.into_iter().enumerate().map(option).collect_view()}
        </div>
    }
}
