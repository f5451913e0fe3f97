//! An editor for one text.

use super::error_line::{ErrorLine, ItemError, aria_invalid, error_id};
use crate::ui::focus::{focus, focus_when};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn TextEditor(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] placeholder: String,
    #[prop(into)] text: Signal<String>,
    #[prop(into, default = Signal::stored(None))] error: Signal<Option<ItemError>>,
    #[prop(into)] on_input: Callback<String>,
    /// Gets the focus while this is true.
    #[prop(optional, into)]
    focused: Option<Signal<bool>>,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    if let Some(focused) = focused {
        focus_when(node_ref, focused);
    }
    let repair = move |text| {
        on_input.run(text);
        focus(node_ref);
    };
    view! {
        <TextInput
            id=id.clone()
            label=label
            placeholder=placeholder
            text=text
            error=error
            on_input=on_input
            node_ref=node_ref
        />
        <ErrorLine input=id error=error on_repair=repair />
    }
}

/// A one-line input that shows `text` and passes on its input. Its [`ErrorLine`] is elsewhere.
#[component]
pub fn TextInput(
    id: String,
    label: String,
    #[prop(into)] placeholder: MaybeProp<String>,
    #[prop(optional_no_strip)] class: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] error: Signal<Option<ItemError>>,
    #[prop(into)] on_input: Callback<String>,
    /// The id of the element that explains why the text can't be changed.
    #[prop(optional, into)]
    locked_by: MaybeProp<String>,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let error_line = error_id(&id);
    let described_by = move || match locked_by.get() {
        Some(why) => format!("{why} {error_line}"),
        None => error_line.clone(),
    };
    view! {
        <input
            type="text"
            dir="auto"
            class=class
            inputmode=inputmode
            autocomplete="off"
            spellcheck="false"
            aria-label=label
            aria-describedby=described_by
            aria-invalid=move || error.with(|error| aria_invalid(error.as_ref()))
            id=id
            placeholder=move || placeholder.get()
            readonly=move || locked_by.get().is_some()
            prop:value=move || text.get()
            node_ref=node_ref
            on:input:target=move |event| on_input.run(event.target().value())
        />
    }
}
