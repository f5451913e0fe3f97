//! The sections of the options about what is stored, and what each permission is for.

use super::store::{Page, Store, begin};
use super::{last_used, talk};
use crate::app::data::{Effect, Event, Model, What, update};
use crate::browser::runtime::send_message;
use crate::browser::storage;
use crate::browser::{error_text, object, permissions, property};
use crate::protocol::server::SECRET_KEY;
use crate::ui::dom::components::{Tone, button, notice};
use crate::ui::dom::{Node, bdi, el, fragment, paragraph};
use crate::ui::i18n::*;
use js_sys::Array;
use leptos::prelude::{Get, RwSignal, Set, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

impl Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;

    fn perform(store: Store<Self>, Effect::Delete(what): Effect) {
        spawn_local(async move { store.dispatch(Event::Deleted(delete(what).await)) });
    }
}

pub fn view() -> Node {
    begin(Model::default(), section)
}

fn section(store: Store<Model>) -> Node {
    let session = button("btn", "clear-session", DATA_CLEAR.text(), store.on(Event::Delete(What::Session)));
    let used = button("btn", "clear-last-used", DATA_FORGET.text(), store.on(Event::Delete(What::LastUsed)));
    let all = button("btn bad", "clear-all", DATA_CLEAR_ALL.text(), store.on(Event::Delete(What::Everything)));
    el("section")
        .attr("data-section", "data")
        .child(el("h2").words(DATA_TITLE))
        .child(el("p").words(DATA_TEXT))
        .child(el("div").class("actions").child(session).child(used).child(all))
        .live(move || store.with(|model| told(store, model)))
}

fn told(store: Store<Model>, model: &Model) -> Option<Node> {
    let told = match model {
        Model::Idle | Model::Working => return None,
        Model::Asking => {
            let now =
                button("btn danger", "clear-all-now", DATA_CLEAR_ALL_NOW.text(), store.on(Event::DeleteEverything));
            let keep = button("btn", "clear-keep", DATA_KEEP.text(), store.on(Event::Keep));
            let actions = el("div").class("actions").child(now).child(keep);
            notice(Tone::Warn, None, [paragraph(DATA_CLEAR_ALL_TEXT), actions])
        }
        Model::Done => notice(Tone::Good, None, [paragraph(DATA_CLEARED)]),
        Model::Failed(why) => notice(Tone::Bad, None, [el("p").child(bdi(data_not_cleared(why)))]),
    };
    Some(told.attr("role", "status"))
}

async fn delete(what: What) -> Result<(), String> {
    match what {
        What::Session => delete_session().await,
        What::LastUsed => last_used::forget().await,
        What::Everything => delete_everything().await,
    }
}

async fn delete_everything() -> Result<(), String> {
    delete_session().await?;
    // Through the background, which gives their permissions back with them.
    talk::remove().await.map_err(|problem| problem.name().to_owned())?;
    for pattern in permissions::origins().await {
        let stop = object([("stopRecording", object([("pattern", pattern.as_str().into())]))]);
        told_so(stop).await?;
        // Not every one is a recorded site's; one that is gone already is none to give back.
        let _ = permissions::give_back(&pattern).await;
    }
    storage::local::clear().await?;
    storage::clear().await?;
    window().location().reload().map_err(|error| error_text(&error))
}

/// Drafts, chosen frames and what was done lie under a key of their tab each; the background forgets recordings.
async fn delete_session() -> Result<(), String> {
    let keys = storage::keys().await?;
    for tab in keys.iter().filter_map(|key| key.strip_prefix("recording:")?.parse::<i32>().ok()) {
        told_so(object([("clearRecording", object([("tab", tab.into())]))])).await?;
    }
    let kept = |key: &String| key == SECRET_KEY || key.starts_with("recording:");
    let gone: Array = keys.into_iter().filter(|key| !kept(key)).map(JsValue::from).collect();
    storage::remove(&gone).await
}

/// Has the background do something; its words when it could not do it.
async fn told_so(request: JsValue) -> Result<(), String> {
    let answer = JsFuture::from(send_message(&request)).await.map_err(|error| error_text(&error))?;
    if property(&answer, "recorded").is_object() {
        return Ok(());
    }
    let why = property(&property(&answer, "notRecorded"), "why").as_string();
    Err(why.or(property(&answer, "failed").as_string()).unwrap_or_default())
}

/// What each permission of the manifest is for, and the sites it was given for.
pub fn permissions_view() -> Node {
    let origins = RwSignal::new(None);
    spawn_local(async move { origins.set(Some(permissions::origins().await)) });
    let list = move || {
        let origins: Vec<String> = origins.get()?;
        Some(match origins.is_empty() {
            true => el("p").class("none").words(PERM_HOSTS_NONE),
            false => el("ul").children(origins.into_iter().map(|origin| el("li").child(bdi(origin)))),
        })
    };
    let rows = [
        ("activeTab", PERM_ACTIVE_TAB),
        ("scripting", PERM_SCRIPTING),
        ("storage", PERM_STORAGE),
        ("contextMenus", PERM_MENUS),
        ("sidePanel", PERM_PANEL),
    ];
    let rows = rows.map(|(name, why)| fragment([el("dt").child(el("code").text(name)), el("dd").words(why)]));
    let hosts = fragment([el("dt").words(PERM_HOSTS_NAME), el("dd").child(paragraph(PERM_HOSTS)).live(list)]);
    el("section")
        .attr("data-section", "permissions")
        .child(el("h2").words(PERM_TITLE))
        .child(el("dl").class("permissions").children(rows).child(hosts))
}
