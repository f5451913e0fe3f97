//! The note on the organization's restriction.

use crate::ui::components::{Notice, Tone};
use crate::ui::popup::state::Model;
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::outcome;
use inspector_core::policy::EditRestriction;
use leptos::prelude::*;

#[component]
pub fn RestrictionNotice() -> impl IntoView {
    let restriction = expect_context::<PopupStore>().slice(Model::restriction);
    move || {
        let restriction = restriction.get()?;
        let name = if restriction == EditRestriction::ReadOnly { "read-only" } else { "not-here" };
        Some(view! {
            <Notice tone=Tone::Info attr:data-hold=name>
                <p>{outcome::restriction(restriction)}</p>
            </Notice>
        })
    }
}
