//! A segmented control: radio buttons side by side, with their keyboard behavior.

use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Segmented<T>(
    /// The name of the radio group, unique on the page.
    #[prop(into)]
    id: String,
    /// The accessible name of the group.
    #[prop(into)]
    label: String,
    /// The value, the stable name and the text of each option.
    options: Vec<(T, &'static str, String)>,
    #[prop(into)] chosen: Signal<T>,
    #[prop(into)] on_choose: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let radios = StoredValue::new(Vec::<(T, NodeRef<html::Input>)>::new());
    let choose = move |value: T| {
        on_choose.run(value);
        // The browser has checked the clicked option, even if the choice was refused.
        for (value, radio) in radios.get_value() {
            if let Some(radio) = radio.get_untracked() {
                radio.set_checked(value == chosen.get_untracked());
            }
        }
    };
    let option = |(value, action, text): (T, &'static str, String)| {
        let radio = NodeRef::new();
        radios.update_value(|radios| radios.push((value.clone(), radio)));
        let choice = value.clone();
        view! {
            <label>
                <input
                    type="radio"
                    name=id.clone()
                    data-action=action
                    prop:checked=move || chosen.get() == value
                    node_ref=radio
                    on:change=move |_| choose(choice.clone())
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <div class="seg" role="radiogroup" aria-label=label>
            {options.into_iter().map(option).collect_view()}
        </div>
    }
}
