//! Why the list of presets could not be read or changed.

use super::text::storage_error;
use crate::ui::stored_list::ListError;
use leptos::prelude::*;

#[component]
pub fn ListFailure(#[prop(into)] failure: Signal<Option<ListError>>) -> impl IntoView {
    let why = Memo::new(move |_| failure.with(|failure| failure.as_ref().map(storage_error)));
    move || {
        let why = why.get()?;
        Some(view! {
            <p class="error" role="alert" data-error="not-kept">
                <bdi>{why}</bdi>
            </p>
        })
    }
}
