//! The note on an unresponsive page, above the values read earlier.

use super::blocked::ShowTab;
use crate::messages::AccessProblem;
use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::popup::store::PopupStore;
use leptos::prelude::*;

#[component]
pub fn Stale() -> impl IntoView {
    let is_frozen =
        expect_context::<PopupStore>().slice(|model| Some(model.page()?.stale.as_ref()? == &AccessProblem::Frozen));
    move || {
        let (name, title, text) = match is_frozen.get()? {
            true => ("frozen", FROZEN_TITLE, FROZEN_TEXT),
            false => ("busy", BUSY_TITLE, BUSY_TEXT),
        };
        Some(view! {
            <Notice tone=Tone::Warn title=title attr:data-stale=name>
                <p>{text}</p>
                <p>{STALE_TEXT}</p>
                <div class="actions">
                    <ShowTab />
                </div>
            </Notice>
        })
    }
}
