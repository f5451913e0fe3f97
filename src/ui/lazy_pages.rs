//! The pages besides the popup: the options with the team's account, the search for visitors, and the first-run page. And what
//! the popup shows on request: presets, values used before, and the comparison with Upscope's server.

mod data;
mod last_used;
mod managed;
mod options;
mod permissions;
mod preferences;
mod presets;
mod search;
mod shortcuts;
mod store;
mod talk;
mod watch;
mod welcome;

use crate::webext::tabs;
use crate::lazy::{Task, lazy};
use crate::protocol::server::AccountView;
use crate::ui::popup::host::{Propose, ReadPage};
use inspector_core::edit::draft::Draft;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::upscope_api::base::Base;
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::request::ShortId;
use js_sys::Math;
use leptos::prelude::*;
use search::SearchPage;
use watch::Tell;
use web_sys::Element;

lazy! {
    /// Shows the options.
    #[part(pages)]
    pub fn options(into: Element) {
        store::mount(&into, options::OptionsPage);
    }
}

lazy! {
    /// Shows the search for visitors, and the one whose short ID follows `#` in the address.
    #[part(pages)]
    pub fn find(into: Element) {
        let wanted = location_hash().as_deref().and_then(ShortId::parse);
        store::mount(&into, move || view! { <SearchPage wanted=wanted /> });
    }
}

lazy! {
    /// Shows the first-run page, on which the person tries the inspector.
    #[part(pages)]
    pub fn welcome(into: Element) {
        store::mount(&into, welcome::WelcomePage);
    }
}

lazy! {
    /// Opens the palette of presets over the popup, for the page as last read and the edit in the making.
    #[part(edit, preload = load_edit)]
    pub fn presets(page: Option<(Report, Draft)>, propose: Propose) {
        presets::open(page, propose);
    }
}

lazy! {
    /// Offers values used before in the editors of the popup for a tab; see [`last_used`].
    #[part(edit)]
    pub fn offers(tab: i32, page: ReadPage) {
        last_used::offers(tab, page);
    }
}

lazy! {
    /// Calls `tell` now and after every change with how the server's visitor compares with the page's.
    #[part(comparison)]
    pub fn compare(page: ReadPage, tell: Tell) {
        watch::begin(page, tell);
    }
}

lazy! {
    /// Asks the server again.
    #[part(comparison)]
    pub fn ask_again() {
        watch::refresh();
    }
}

lazy! {
    /// Takes into the comparison what the person sent to the page that was read since.
    #[part(comparison)]
    pub fn take_sent(sent: VisitorPatch) {
        watch::edited(sent);
    }
}

lazy! {
    /// Opens a tab that watches the visitor; what went wrong in words, or an empty text.
    #[part(comparison)]
    pub fn watch_visitor() -> Task<String> {
        Box::pin(watch::watch())
    }
}

thread_local! {
    /// Distinguishes this document's requests from those of another one.
    static DOCUMENT: u32 = (Math::random() * f64::from(u32::MAX)) as u32;
}

/// What a request of this document is called, to cancel it by.
fn request_name(asked: u32) -> String {
    format!("{}-{asked}", DOCUMENT.with(|document| *document))
}

/// Opens an address at which the agent watches the visitor.
async fn open_watching(short_id: &ShortId, account: &AccountView) -> Result<(), Problem> {
    let base = Base::parse(account.kind, &account.base).map_err(|_| Problem::NotUnderstood)?;
    let own = base.pattern();
    let address = talk::watch(short_id, &request_name(0), own.trim_end_matches("/*")).await?;
    tabs::open(&address).await.map_err(|_| Problem::NotUnderstood)
}
