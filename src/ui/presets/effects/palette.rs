//! Performs the effects of the palette.

use crate::managed::read_policy;
use crate::ui::host::Propose;
use crate::ui::presets::state::ListResult;
use crate::ui::presets::state::palette::{Effect, Event, Model};
use crate::ui::store::Store;
use crate::ui::stored_list;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::presets::file::valid_presets;
use std::cell::RefCell;
use wasm_bindgen_futures::spawn_local;

/// The store of the palette. Views get it from context.
pub type PaletteStore = Store<Model, Event, Effect>;

thread_local! {
    /// Proposes an edit to the popup.
    static PROPOSE: RefCell<Option<Propose>> = const { RefCell::new(None) };
}

/// The popup that opens the palette reviews the chosen presets.
pub fn set_propose(propose: Propose) {
    PROPOSE.set(Some(propose));
}

pub fn perform(store: PaletteStore, effect: Effect) {
    match effect {
        Effect::Load => load(store),
        Effect::Change(change) => spawn_local(async move {
            store.dispatch(Event::Stored(with_managed(stored_list::change(change).await).await));
        }),
        Effect::Review(patch) => review(patch),
    }
}

/// Reads the person's presets and shows them.
pub fn load(store: PaletteStore) {
    spawn_local(async move { show_list(store, stored_list::read().await).await });
}

/// Shows the person's presets, after those of the organization.
pub async fn show_list(store: PaletteStore, presets: ListResult) {
    store.dispatch(Event::Loaded(with_managed(presets).await));
}

/// The organization's presets, followed by the person's.
async fn with_managed(presets: ListResult) -> ListResult {
    let presets = presets?;
    Ok(valid_presets(&read_policy().await.presets).into_iter().chain(presets).collect())
}

fn review(patch: VisitorPatch) {
    if let Some(propose) = PROPOSE.with_borrow(Option::clone) {
        propose(patch);
    }
}
