//! The ways to open the presets: a button and a key.

use super::field::is_editable;
use super::panels::is_recorded;
use crate::ui::components::{IconButton, IconName};
use crate::ui::i18n::PRESETS_OPEN;
use crate::ui::popup::lazy_parts;
use crate::ui::popup::state::Model;
use crate::ui::popup::store::Store;
use leptos::ev;
use leptos::prelude::*;

/// The button that opens them, where there is something to apply one to.
#[component]
pub fn PresetsButton() -> impl IntoView {
    let store = expect_context::<Store>();
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
    is_editable(model) && !is_recorded(model)
}

/// `p` opens them, except where something is typed.
pub fn open_by_key(store: Store) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_plain = event.key() == "p" && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_plain && store.read(can_open) && document().query_selector(TYPING).is_ok_and(|typing| typing.is_none()) {
            event.prevent_default();
            lazy_parts::open_presets(store);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Where a letter is a letter, or a question stands before the page.
const TYPING: &str = ":is(input:not([type=radio]), textarea, select):focus, dialog[open]";
