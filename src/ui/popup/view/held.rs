//! The note on what the organization does not allow here.

use crate::ui::components::{Notice, Tone};
use crate::ui::popup::state::Model;
use crate::ui::popup::store::Store;
use crate::ui::text::act;
use inspector_core::policy::Hold;
use leptos::prelude::*;

#[component]
pub fn Held() -> impl IntoView {
    let hold = expect_context::<Store>().slice(Model::hold);
    move || {
        let hold = hold.get()?;
        let name = if hold == Hold::ReadOnly { "read-only" } else { "not-here" };
        Some(view! {
            <Notice tone=Tone::Info attr:data-hold=name>
                <p>{act::held(hold)}</p>
            </Notice>
        })
    }
}
