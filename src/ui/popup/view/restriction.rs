//! The note on the organization's restriction.

use crate::ui::components::{Notice, Tone};
use crate::ui::popup::state::Model;
use crate::ui::popup::store::Store;
use crate::ui::text::outcome;
use inspector_core::policy::Hold;
use leptos::prelude::*;

#[component]
pub fn RestrictionNotice() -> impl IntoView {
    let hold = expect_context::<Store>().slice(Model::restriction);
    move || {
        let hold = hold.get()?;
        let name = if hold == Hold::ReadOnly { "read-only" } else { "not-here" };
        Some(view! {
            <Notice tone=Tone::Info attr:data-hold=name>
                <p>{outcome::restriction(hold)}</p>
            </Notice>
        })
    }
}
