//! The recorded sites: a stored list of match patterns, each with a host permission, and the two content scripts
//! registered for them.

use super::super::error::BackgroundError;
use crate::managed;
use crate::messages::RecordingProblem;
use crate::storage_format::account::ACCOUNT_KEY;
use crate::webext::scripting::{self, SiteScript};
use crate::webext::{permissions, property, storage, tabs};
use inspector_core::match_pattern;
use inspector_core::recording::storage::{PENDING_KEY, SITES_KEY};
use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};

/// The pattern of a site whose recording is being stopped.
const STOPPING_KEY: &str = "stoppingRecord";

/// How long a permission counts as the answer to the pending request, in milliseconds.
const PENDING_MS: f64 = 600_000.0;

/// The match patterns, oldest first.
pub async fn list() -> Result<Array, BackgroundError> {
    Ok(storage::local::get(SITES_KEY).await?.dyn_into().unwrap_or_default())
}

/// Starts recording the pages of `pattern` and reloads the tab. Both the requesting page and [`granted`] call this. The
/// second call finds no pending request and the site in the list, and does nothing. The request stays pending until all
/// is done, so that the next background completes it.
pub async fn start(pattern: &str, tab: i32) -> Result<(), BackgroundError> {
    let sites = permitted().await?;
    let begun = begun().await?;
    let known = sites.includes(&pattern.into(), 0);
    if known && property(&begun, PENDING_KEY).is_undefined() {
        return Ok(());
    }
    if !property(&begun, STOPPING_KEY).is_undefined() {
        storage::remove(&STOPPING_KEY.into()).await?;
    }
    if !permissions::has_origin(pattern).await {
        return Err(RecordingProblem::NoPermission.into());
    }
    if !known {
        sites.push(&pattern.into());
    }
    let done = record(&sites, pattern, tab).await;
    storage::remove(&PENDING_KEY.into()).await?;
    done
}

async fn record(sites: &Array, pattern: &str, tab: i32) -> Result<(), BackgroundError> {
    if !keep(sites).await?.includes(&pattern.into(), 0) {
        return Err(RecordingProblem::Restricted.into());
    }
    Ok(tabs::reload(tab).await?)
}

/// Handles a granted permission: continues the pending request if its page is gone. Otherwise it checks the sites,
/// because the background may have been stopped while it handled that this permission was removed, and what it left
/// registered would run again.
pub async fn granted() -> Result<(), BackgroundError> {
    let pending = storage::get(PENDING_KEY).await?;
    let fresh = property(&pending, "at").as_f64().is_some_and(|at| (Date::now() - at).abs() < PENDING_MS);
    let (pattern, tab) = (property(&pending, "pattern").as_string(), property(&pending, "tab").as_f64());
    match (pattern, tab) {
        // Another permission may have been granted in between: the request stays pending.
        (Some(pattern), Some(tab)) if fresh && permissions::has_origin(&pattern).await => {
            start(&pattern, tab as i32).await
        }
        _ => check().await,
    }
}

/// Removes a site from the list, together with its permission. What is being stopped is stored until all is done, so
/// that the next background completes it.
pub async fn stop(pattern: &str) -> Result<(), BackgroundError> {
    // A failure to store it must not keep the site recorded.
    let _ = storage::set(STOPPING_KEY, pattern.into()).await;
    let done = remove(pattern).await;
    storage::remove(&STOPPING_KEY.into()).await?;
    done
}

async fn remove(pattern: &str) -> Result<(), BackgroundError> {
    let left: Array = list().await?.iter().filter(|site| *site != pattern).collect();
    keep(&left).await?;
    // The server's view may need the same permission.
    let account = storage::local::get(ACCOUNT_KEY).await?;
    if property(&account, "pattern") != pattern {
        permissions::remove_origin(pattern).await?;
    }
    Ok(())
}

/// Completes what the last background began. Nothing is stored about a check that it began, so the sites are checked
/// again.
pub async fn resume() -> Result<(), BackgroundError> {
    let begun = begun().await?;
    // The browser refuses a permission of any other text.
    if let Some(pattern) = property(&begun, STOPPING_KEY).as_string().filter(|text| match_pattern::is_site(text)) {
        stop(&pattern).await?;
    }
    if property(&begun, PENDING_KEY).is_undefined() { check().await } else { granted().await }
}

/// The pending request and the site that is being stopped, by their keys.
async fn begun() -> Result<JsValue, BackgroundError> {
    Ok(storage::get_all(&Array::of2(&PENDING_KEY.into(), &STOPPING_KEY.into())).await?)
}

/// Removes the sites whose permission was removed in the browser's settings, and those that the organization doesn't
/// allow any more. Registers the content scripts again, whatever the browser preserved over an update or a restart.
pub async fn check() -> Result<(), BackgroundError> {
    keep(&permitted().await?).await.map(drop)
}

/// The listed sites with a permission.
async fn permitted() -> Result<Array, BackgroundError> {
    let permitted = Array::new();
    for site in list().await?.iter() {
        if permissions::has_origin(&site.as_string().unwrap_or_default()).await {
            permitted.push(&site);
        }
    }
    Ok(permitted)
}

/// Stores the allowed sites and returns them.
async fn keep(sites: &Array) -> Result<Array, BackgroundError> {
    let allowed = Array::new();
    // A policy that can't be read allows no script, and takes no site from the list: the next reading may succeed.
    let Some(rules) = managed::read_rules().known().await else {
        register(&allowed).await?;
        return Ok(allowed);
    };
    for site in sites.iter().filter(|site| site.as_string().is_some_and(|site| rules.may_record(&site))) {
        allowed.push(&site);
    }
    // An unchanged list isn't written: all stored data may just have been deleted together with the permissions.
    if list().await?.join(",") != allowed.join(",") {
        storage::local::set(SITES_KEY, (&allowed).into()).await?;
    }
    register(&allowed).await?;
    Ok(allowed)
}

/// Registers the two scripts for these sites, or unregisters them if there are none.
async fn register(sites: &Array) -> Result<(), BackgroundError> {
    let recorder = SiteScript { id: "recorder", file: "page/recorder.js", in_page: true };
    let relay = SiteScript { id: "relay", file: "page/relay.js", in_page: false };
    Ok(scripting::register([recorder, relay], sites).await?)
}

/// Whether a sender's page belongs to these sites. A document without a URL of its own (`srcdoc`, `blob:`) counts by
/// its origin, or else by the page that contains it.
pub fn covers(sites: &Array, sender: &JsValue) -> bool {
    let text = |object: &JsValue, key| property(object, key).as_string().unwrap_or_default();
    let addresses = [text(sender, "url"), text(sender, "origin"), text(&property(sender, "tab"), "url")];
    let Some(address) = addresses.iter().find(|address| address.starts_with("http")) else { return false };
    sites.iter().filter_map(|site| site.as_string()).any(|site| match_pattern::covers(&site, address))
}
