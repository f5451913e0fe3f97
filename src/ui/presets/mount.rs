//! Mounts the palette over the popup, closed, and opens it.

use super::effects::palette::{PaletteStore, load, perform, set_propose, show_list};
use super::state::palette::{Event, Model, Page, update};
use super::view::Palette;
use crate::errors::BrowserError;
use crate::ui::host::Propose;
use crate::ui::store;
use crate::ui::stored_list;
use crate::webext::storage::on_managed_change;
use inspector_core::edit::draft::Draft;
use inspector_core::page_report::Report;
use inspector_core::presets::{capture_draft, capture_visitor};
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static PALETTE: Cell<Option<PaletteStore>> = const { Cell::new(None) };
}

/// Opens the palette for the last report and its draft.
pub fn open(shown: Option<(Report, Draft)>, propose: Propose) {
    set_propose(propose);
    if PALETTE.get().is_none()
        && let Err(why) = show()
    {
        return web_sys::console::error_2(&"presets not shown:".into(), &why.to_string().into());
    }
    if let Some(store) = PALETTE.get() {
        store.dispatch(Event::Open(Box::new(shown.map(read_page).unwrap_or_default())));
    }
}

/// Adds the closed palette to the popup.
fn show() -> Result<(), BrowserError> {
    let place = document().create_element("div")?;
    document().body().ok_or(BrowserError::NoDocument)?.append_child(&place)?;
    store::mount(&place, || {
        let store = PaletteStore::new(Model::default(), update, perform);
        PALETTE.set(Some(store));
        stored_list::follow(move |presets| spawn_local(show_list(store, presets)));
        // Chromium reads the policy some time after its start.
        on_managed_change(move || load(store));
        provide_context(store);
        view! { <Palette /> }
    });
    Ok(())
}

/// The values that can be saved.
fn read_page((report, draft): (Report, Draft)) -> Page {
    Page { edit: capture_draft(&draft), visitor: capture_visitor(&report.visitor), address: Some(report.page.url) }
}
