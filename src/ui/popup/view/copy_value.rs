//! A button that copies something from the page.

use crate::ui::components::CopyButton;
use crate::ui::copying::Copied;
use crate::ui::popup::state::{CopyTarget, Event};
use crate::ui::popup::store::PopupStore;
use crate::webext::preferences::is_masked;
use leptos::prelude::*;

/// See [`CopyButton`].
#[component]
pub fn CopyValue(
    action: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] icon_only: bool,
    what: CopyTarget,
) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let target = what.clone();
    let copied = store.slice(move |model| Copied::of(&target, model.copied.as_ref()));
    let copy = move || store.dispatch(Event::Copy { what: what.clone(), masked: is_masked() });
    view! { <CopyButton action=action label=label icon_only=icon_only copied=copied on_copy=copy /> }
}
