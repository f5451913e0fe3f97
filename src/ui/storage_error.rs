//! Why a list could not be read or changed, in a form.

use leptos::prelude::*;

/// The error, which is also announced; nothing without one.
#[component]
pub fn StorageError(#[prop(into)] why: Signal<Option<String>>) -> impl IntoView {
    move || {
        let why = why.get()?;
        Some(view! {
            <p class="error" role="alert" data-error="not-kept">
                <bdi>{why}</bdi>
            </p>
        })
    }
}
