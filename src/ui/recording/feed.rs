//! Reads the stored recording and follows its changes.

use super::store::RecordingStore;
use crate::managed;
use crate::stored_recordings::{batches, index, stored};
use crate::ui::recording::state::{Event, Site};
use crate::ui::text::address::host;
use crate::webext::{live_storage, permissions, property, storage, tabs};
use inspector_core::recording::storage::{Index, SITES_KEY, index_key};
use js_sys::{Array, Date, Object};
use leptos::prelude::set_timeout;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// How long changes are collected before an update, in milliseconds, and how many times the duration of the last
/// update. An update replays the whole recording, which takes noticeable time with ten thousand entries.
const UPDATE_DELAY: f64 = 150.0;
const UPDATE_COST_FACTOR: f64 = 4.0;

/// What changed since the last update.
#[derive(Default)]
struct PendingChanges {
    index: Option<Option<Index>>,
    /// The newest content of each chunk, by its key.
    chunks: Vec<(String, JsValue)>,
    waiting: bool,
}

thread_local! {
    static PENDING: RefCell<PendingChanges> = RefCell::default();
    /// How long the last update took, in milliseconds.
    static UPDATE_COST: Cell<f64> = const { Cell::new(0.0) };
}

/// Reads a tab's recording and the recorded sites.
pub fn read(store: RecordingStore, tab: i32) {
    spawn_local(async move {
        let (known, recording) = (storage::local::get(SITES_KEY).await, stored(tab).await);
        match known {
            Ok(known) => store.dispatch(Event::Sites(sites(&known))),
            Err(why) => store.dispatch(Event::Done(Err(why.into()))),
        }
        match recording {
            Ok(recording) => {
                let (index, chunks) = recording.unzip();
                let batches = chunks.unwrap_or_default().iter().flat_map(batches).collect();
                store.dispatch(Event::Stored { at: Date::now() as i64, index: Some(index), batches });
            }
            Err(why) => store.dispatch(Event::Done(Err(why.into()))),
        }
    });
}

/// Follows every change from now on, for the tab that is shown at that time.
pub fn listen() {
    live_storage::on_changed(|changes, area| match area.as_str() {
        "session" => collect_changes(&changes),
        "local" => {
            let change = property(&changes, SITES_KEY);
            if let Some((_, store)) = crate::ui::recording::mounted::current().filter(|_| change.is_object()) {
                store.dispatch(Event::Sites(sites(&property(&change, "newValue"))));
            }
        }
        _ => {}
    });
}

fn collect_changes(changes: &JsValue) {
    let Some((Some(tab), _)) = crate::ui::recording::mounted::current() else { return };
    let key = index_key(tab);
    let prefix = format!("{key}:");
    let mut cleared = false;
    let waited = PENDING.with_borrow_mut(|changed| {
        let names = Object::keys(changes.unchecked_ref::<Object>());
        for name in names.iter().filter_map(|name| name.as_string()) {
            let value = property(&property(changes, &name), "newValue");
            if name == key {
                let index = index(&value);
                cleared = index.as_ref().is_none_or(|index| index.entries == 0);
                changed.index = Some(index);
            } else if name.starts_with(&prefix) && !value.is_undefined() {
                changed.chunks.retain(|(known, _)| *known != name);
                changed.chunks.push((name, value));
            }
        }
        let any = changed.index.is_some() || !changed.chunks.is_empty();
        std::mem::replace(&mut changed.waiting, any) || !any
    });
    if cleared {
        // Dispatched at once. Together with the next change, the clearing would go unnoticed.
        flush();
    } else if !waited {
        let delay = UPDATE_DELAY.max(UPDATE_COST.get() * UPDATE_COST_FACTOR);
        set_timeout(flush, Duration::from_millis(delay as u64));
    }
}

fn flush() {
    let PendingChanges { index, chunks, .. } = PENDING.take();
    let Some((_, store)) = crate::ui::recording::mounted::current().filter(|_| index.is_some() || !chunks.is_empty())
    else {
        return;
    };
    let begun = Date::now();
    let batches = chunks.iter().flat_map(|(_, chunk)| batches(chunk)).collect();
    store.dispatch(Event::Stored { at: begun as i64, index, batches });
    UPDATE_COST.set(Date::now() - begun);
}

fn sites(value: &JsValue) -> Vec<String> {
    if !Array::is_array(value) {
        return vec![];
    }
    Array::from(value).iter().filter_map(|site| site.as_string()).collect()
}

/// Finds the site that the tab shows, if the browser allows it.
pub fn find_site(store: RecordingStore) {
    let Some(tab) = store.with_untracked(|model| model.tab()) else { return };
    spawn_local(async move {
        let rules = managed::read_rules();
        let url = tabs::get(tab).await.ok().and_then(|tab| tab.url);
        let rules = rules.wait().await;
        store.dispatch(Event::Site(match url.map_or(Site::Unknown, |url| site(&url)) {
            Site::Website { pattern, .. } if !rules.may_record(&pattern) => Site::Restricted,
            site => site,
        }));
    });
}

fn site(url: &str) -> Site {
    match permissions::origin_pattern(url) {
        Some(pattern) => Site::Website { pattern, host: host(url).to_owned() },
        None => Site::NoWebsite,
    }
}
