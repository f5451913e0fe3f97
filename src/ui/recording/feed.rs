//! The recording as the background keeps it, read at the start and followed from there.

use super::store::Store;
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

/// How long changes are gathered before they are told, in milliseconds, and how many times as long as telling took last
/// time: the whole story is told anew, which of ten thousand entries takes long enough to be felt.
const GATHER: f64 = 150.0;
const REST: f64 = 4.0;

/// What changed since it was last told.
#[derive(Default)]
struct Changed {
    index: Option<Option<Index>>,
    /// The newest content of each chunk, by its key.
    chunks: Vec<(String, JsValue)>,
    waiting: bool,
}

thread_local! {
    static CHANGED: RefCell<Changed> = RefCell::default();
    /// How long telling took last time, in milliseconds.
    static COST: Cell<f64> = const { Cell::new(0.0) };
}

/// Reads a tab's recording and the recorded sites.
pub fn read(store: Store, tab: i32) {
    spawn_local(async move {
        let (known, recording) = (storage::local::get(SITES_KEY).await, stored(tab).await);
        match known {
            Ok(known) => store.dispatch(Event::Sites(sites(&known))),
            Err(why) => store.dispatch(Event::Done(Err(why))),
        }
        match recording {
            Ok(recording) => {
                let (index, chunks) = recording.unzip();
                let batches = chunks.unwrap_or_default().iter().flat_map(batches).collect();
                store.dispatch(Event::Stored { index: Some(index), batches });
            }
            Err(why) => store.dispatch(Event::Done(Err(why))),
        }
    });
}

/// Follows every change from here on, of whichever tab is shown then.
pub fn listen() {
    live_storage::on_changed(|changes, area| match area.as_str() {
        "session" => gather(&changes),
        "local" => {
            let change = property(&changes, SITES_KEY);
            if let Some((_, store)) = crate::ui::recording::mount::current().filter(|_| change.is_object()) {
                store.dispatch(Event::Sites(sites(&property(&change, "newValue"))));
            }
        }
        _ => {}
    });
}

fn gather(changes: &JsValue) {
    let Some((Some(tab), _)) = crate::ui::recording::mount::current() else { return };
    let key = index_key(tab);
    let of_tab = format!("{key}:");
    let mut cleared = false;
    let waited = CHANGED.with_borrow_mut(|changed| {
        let names = Object::keys(changes.unchecked_ref::<Object>());
        for name in names.iter().filter_map(|name| name.as_string()) {
            let value = property(&property(changes, &name), "newValue");
            if name == key {
                let index = index(&value);
                cleared = index.as_ref().is_none_or(|index| index.entries == 0);
                changed.index = Some(index);
            } else if name.starts_with(&of_tab) && !value.is_undefined() {
                changed.chunks.retain(|(known, _)| *known != name);
                changed.chunks.push((name, value));
            }
        }
        let any = changed.index.is_some() || !changed.chunks.is_empty();
        std::mem::replace(&mut changed.waiting, any) || !any
    });
    if cleared {
        // Told at once: with what comes next it would look as if nothing had been cleared.
        flush();
    } else if !waited {
        let rest = GATHER.max(COST.get() * REST);
        set_timeout(flush, Duration::from_millis(rest as u64));
    }
}

fn flush() {
    let Changed { index, chunks, .. } = CHANGED.take();
    let Some((_, store)) = crate::ui::recording::mount::current().filter(|_| index.is_some() || !chunks.is_empty())
    else {
        return;
    };
    let begun = Date::now();
    store.dispatch(Event::Stored { index, batches: chunks.iter().flat_map(|(_, chunk)| batches(chunk)).collect() });
    COST.set(Date::now() - begun);
}

fn sites(value: &JsValue) -> Vec<String> {
    if !Array::is_array(value) {
        return vec![];
    }
    Array::from(value).iter().filter_map(|site| site.as_string()).collect()
}

/// Finds out which site the tab shows, as far as the browser lets it be seen.
pub fn look_at_site(store: Store) {
    let Some(tab) = store.read(|model| model.tab()) else { return };
    spawn_local(async move {
        let asked = managed::ask();
        let url = tabs::get(tab).await.ok().and_then(|tab| tab.url);
        let rules = asked.await;
        store.dispatch(Event::Site(match url.map_or(Site::Unseen, |url| site(&url)) {
            Site::Website { pattern, .. } if !rules.may_record(&pattern) => Site::Held,
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
