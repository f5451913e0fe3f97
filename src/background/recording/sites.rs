//! The sites that are recorded: a list of match patterns on the disk, each with the person's permission, and the pair of
//! scripts that the browser runs in their pages.

use crate::managed;
use crate::protocol::server::ACCOUNT_KEY;
use crate::webext::scripting::{self, SiteScript};
use crate::webext::{permissions, property, storage, tabs};
use inspector_core::policy::match_pattern;
use inspector_core::recording::storage::{HELD, PENDING_KEY, SITES_KEY};
use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};

/// How long after the question a permission still counts as its answer, in milliseconds.
const PENDING_MS: f64 = 600_000.0;

/// The match patterns, oldest first.
pub async fn list() -> Result<Array, String> {
    Ok(storage::local::get(SITES_KEY).await?.dyn_into().unwrap_or_default())
}

/// Records the pages of `pattern` from now on and loads the tab's page again. Both the page that asked for the permission
/// and [`granted`] come here; whoever is second finds the question gone and the site recorded, and does nothing.
pub async fn start(pattern: &str, tab: i32) -> Result<(), String> {
    let sites = list().await?;
    let asked = !storage::get(PENDING_KEY).await?.is_undefined();
    let known = sites.includes(&pattern.into(), 0);
    if known && !asked {
        return Ok(());
    }
    if !permissions::has_origin(pattern).await {
        return Err("no permission for this site".to_owned());
    }
    storage::remove(&PENDING_KEY.into()).await?;
    if !known {
        sites.push(&pattern.into());
    }
    if !keep(&sites).await?.includes(&pattern.into(), 0) {
        return Err(HELD.to_owned());
    }
    tabs::reload(tab).await
}

/// A permission was given: goes on with what was asked for, when the page that asked is gone.
pub async fn granted() -> Result<(), String> {
    let pending = storage::get(PENDING_KEY).await?;
    let fresh = property(&pending, "at").as_f64().is_some_and(|at| (Date::now() - at).abs() < PENDING_MS);
    let (pattern, tab) = (property(&pending, "pattern").as_string(), property(&pending, "tab").as_f64());
    match (pattern, tab) {
        // Another permission may have been given meanwhile: the question stays open.
        (Some(pattern), Some(tab)) if fresh && permissions::has_origin(&pattern).await => {
            start(&pattern, tab as i32).await
        }
        _ => Ok(()),
    }
}

/// Takes a site off the list and gives its permission back.
pub async fn stop(pattern: &str) -> Result<(), String> {
    let left: Array = list().await?.iter().filter(|site| *site != pattern).collect();
    keep(&left).await?;
    // The server's view may need the same permission.
    let account = storage::local::get(ACCOUNT_KEY).await?;
    if property(&account, "pattern") == pattern { Ok(()) } else { permissions::give_back(pattern).await }
}

/// Takes the sites off the list whose permission the person has taken back in the browser's own settings, and those that
/// the organisation does not allow any more; and lets the scripts stand where they must, whatever the browser has kept of
/// them over an update or a restart.
pub async fn check() -> Result<(), String> {
    let left = Array::new();
    for site in list().await?.iter() {
        if permissions::has_origin(&site.as_string().unwrap_or_default()).await {
            left.push(&site);
        }
    }
    keep(&left).await.map(drop)
}

/// Keeps the sites that the organisation allows, and gives these.
async fn keep(sites: &Array) -> Result<Array, String> {
    let rules = managed::ask().await;
    let allowed = Array::new();
    for site in sites.iter().filter(|site| site.as_string().is_some_and(|site| rules.may_record(&site))) {
        allowed.push(&site);
    }
    // What is as it was is not written: with the permissions, everything that is kept may just have been deleted.
    if list().await?.join(",") != allowed.join(",") {
        storage::local::set(SITES_KEY, (&allowed).into()).await?;
    }
    let recorder = SiteScript { id: "recorder", file: "page/recorder.js", in_page: true };
    let relay = SiteScript { id: "relay", file: "page/relay.js", in_page: false };
    scripting::register([recorder, relay], &allowed).await?;
    Ok(allowed)
}

/// Whether a sender's page is of these sites. Documents without an address of their own, as `srcdoc` or `blob:`, count
/// by their origin, and by the page they stand in where they have none.
pub fn covers(sites: &Array, sender: &JsValue) -> bool {
    let text = |object: &JsValue, key| property(object, key).as_string().unwrap_or_default();
    let addresses = [text(sender, "url"), text(sender, "origin"), text(&property(sender, "tab"), "url")];
    let Some(address) = addresses.iter().find(|address| address.starts_with("http")) else { return false };
    sites.iter().filter_map(|site| site.as_string()).any(|site| match_pattern::covers(&site, address))
}
