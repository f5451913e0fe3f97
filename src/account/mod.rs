//! What Upscope's servers know, in Leptos: the options with the team's account, finding a visitor, and the server's word beside
//! each field of the popup. And the first-run page, which is as seldom wanted.

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

use crate::browser::tabs;
use crate::domain::server::base::Base;
use crate::domain::server::problem::Problem;
use crate::domain::server::request::ShortId;
use crate::protocol::server::AccountView;
use js_sys::{Function, Math};
use leptos::prelude::*;
use search::SearchPage;
use wasm_bindgen::JsValue;
use web_sys::Element;

/// Shows the options.
pub fn options(into: &Element) {
    store::mount(into, options::OptionsPage);
}

/// Shows the search for visitors, and the one whose short ID stands behind `#` in the address.
pub fn find(into: &Element) {
    let wanted = location_hash().as_deref().and_then(ShortId::parse);
    store::mount(into, move || view! { <SearchPage wanted=wanted /> });
}

/// Shows the first-run page, where the inspector is learned by doing.
pub fn welcome(into: &Element) {
    store::mount(into, welcome::WelcomePage);
}

/// Opens the palette of presets over the popup; see [`presets::open`].
pub fn presets(tab: Option<i32>, host: JsValue) {
    presets::open(tab, host);
}

/// Offers values used before in the popup's editors; see [`last_used::offers`].
pub fn offers(tab: Option<i32>, look: Function) {
    last_used::offers(tab, look);
}

/// Tells now and after every change how the server's visitor compares with the page's, until it is called again; see
/// [`watch::begin`].
pub fn server(page: Function, tell: Function) -> JsValue {
    watch::begin(page, tell)
}

thread_local! {
    /// Tells this document's requests from those of another one.
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
