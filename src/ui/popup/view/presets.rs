//! The button and the key that open the presets.

use super::conditions::{is_editable, is_recorded_view_shown};
use crate::ui::components::{IconButton, IconName};
use crate::ui::i18n::PRESETS_OPEN;
use crate::ui::popup::lazy_parts;
use crate::ui::popup::state::Model;
use crate::ui::popup::store::PopupStore;
use crate::ui::shortcut::is_shortcut;
use leptos::ev;
use leptos::prelude::*;

/// The button that opens the presets, if a preset can be applied.
#[component]
pub fn PresetsButton() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let can_open = store.slice(can_open);
    view! {
        <Show when=move || can_open.get()>
            <IconButton
                icon=IconName::Bookmark
                action="presets"
                label=PRESETS_OPEN
                on_click=move || lazy_parts::open_presets(store)
                attr:aria-keyshortcuts="p"
            />
        </Show>
    }
}

fn can_open(model: &Model) -> bool {
    is_editable(model) && !is_recorded_view_shown(model)
}

/// Opens the presets with `p`, except in a text input.
pub fn open_on_key(store: PopupStore) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if is_shortcut(&event, "p") && store.with_untracked(can_open) {
            event.prevent_default();
            lazy_parts::open_presets(store);
        }
    });
    on_cleanup(move || listener.remove());
}
