//! One visitor, as the server tells them: to read, copy and watch, never to change.

use super::find::options_link;
use super::store::Store;
use crate::app::copying::Copied;
use crate::app::server::find::{Event, Model, Open, Watch};
use crate::browser::preferences::is_masked;
use crate::browser::runtime::send_message;
use crate::browser::{object, property, tabs};
use crate::ui::dom::components::{Icon, Tone, button, copy_button, icon_button, notice};
use crate::ui::dom::{Node, bdi, el, fragment, on, paragraph};
use crate::ui::i18n::*;
use crate::ui::words::clock::date_time;
use crate::ui::words::server::{problem, yes_no};
use inspector_core::page_report::raw_report;
use inspector_core::upscope_api::base::Kind;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{Known, ServerVisitor};
use js_sys::Array;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How many tabs are looked through for the one that shows the visitor.
const TABS: usize = 60;

/// Only the choice of another visitor makes the section anew: what arrives later must take neither the focus nor the button
/// under a pressed pointer away.
pub fn view(store: Store<Model>) -> Option<Node> {
    let short_id = store.with(|model| Some(model.open.as_ref()?.short_id.clone()))?;
    let title = el("bdi").live_text(move || of_open(store, |open| Some(title(open))).unwrap_or_default());
    let close = icon_button(Icon::Close, "close", FIND_CLOSE.text(), store.on(Event::Close));
    let section = el("section")
        .class("visitor")
        .attr("data-open", short_id.as_str().to_owned())
        .live_attr("data-watch", move || of_open(store, |open| Some(watch_name(&open.watch).to_owned())))
        .child(el("div").class("notice-head").child(el("h2").child(title)).child(close))
        .live(move || of_open(store, failed))
        .child(actions(store, &short_id))
        .live(move || of_open(store, |open| told(&open.watch)))
        .live(move || of_open(store, |open| open.visitor.as_ref().map(rows)));
    Some(section)
}

/// What `read` makes of the visitor that is looked at.
fn of_open<T>(store: Store<Model>, read: impl FnOnce(&Open) -> Option<T>) -> Option<T> {
    store.with(|model| model.open.as_ref().and_then(read))
}

fn title(open: &Open) -> String {
    open.visitor.as_ref().map_or(open.short_id.as_str(), |visitor| visitor.title()).to_owned()
}

fn failed(open: &Open) -> Option<Node> {
    open.problem.as_ref().map(|why| notice(Tone::Bad, None, [el("p").text(problem(why))]))
}

/// The value of `data-watch`.
fn watch_name(watch: &Watch) -> &'static str {
    match watch {
        Watch::Idle => "idle",
        Watch::Checking => "checking",
        Watch::Starting => "starting",
        Watch::Started => "started",
        Watch::Failed(problem) => problem.name(),
    }
}

fn actions(store: Store<Model>, short_id: &ShortId) -> Node {
    let copy = move |name: &'static str, what: Message, text: String| {
        let copied = move || store.with(|model| Copied::how(model.copied.as_ref(), &name));
        let copy = on(move |()| store.dispatch(Event::Copy { name, text: text.clone(), masked: is_masked() }));
        copy_button(name, copy_what(&what.text()), false, Arc::new(copied), copy)
    };
    let id = short_id.as_str();
    // The vendor's own form of it; a server of one's own has another address, which its API does not tell.
    let link = format!("https://upscope.com/w/{id}");
    let link = move || cloud(store).then(|| copy("copy-watch-link", FIELD_WATCH_LINK, link.clone()));
    let jump =
        move || of_open(store, |open| open.tab).map(|_| button("btn", "jump", FIND_JUMP.text(), store.on(Event::Jump)));
    el("div")
        .class("actions")
        .child(copy("copy-short-id", FIELD_SHORT_ID, id.to_owned()))
        .live(link)
        .live(move || cloud(store).then(|| watch(store)))
        // The tab is found a moment later: last, so that nothing moves under the pointer.
        .live(jump)
}

fn cloud(store: Store<Model>) -> bool {
    store.with(|model| model.connected().is_some_and(|account| account.kind == Kind::Cloud))
}

fn watch(store: Store<Model>) -> Node {
    if store.with(|model| model.connected().is_none_or(|account| account.agent.name.is_empty())) {
        return fragment([el("p").class("src").words(WATCH_NO_NAME), options_link()]);
    }
    let busy = move || of_open(store, |open| Some(matches!(open.watch, Watch::Checking | Watch::Starting)));
    button("btn primary", "watch", WATCH_START.text(), store.on(Event::Watch))
        .live_flag("disabled", move || busy().unwrap_or_default())
}

fn told(watch: &Watch) -> Option<Node> {
    let status = |message| Some(paragraph(message).attr("role", "status"));
    match watch {
        Watch::Idle => None,
        Watch::Checking => status(WATCH_CHECKING),
        Watch::Starting => status(WATCH_STARTING),
        Watch::Started => status(WATCH_STARTED),
        Watch::Failed(why) => Some(notice(Tone::Bad, None, [el("p").text(problem(why))]).attr("role", "alert")),
    }
}

fn rows(visitor: &ServerVisitor) -> Node {
    let text = |known: &Known<String>| known.value().cloned();
    let list = |known: &Known<Vec<String>>| known.value().map(|list| list.join(", "));
    let time = |known: &Known<i64>| known.value().map(|at| date_time(*at));
    let rows = [
        (FIELD_SHORT_ID, Some(visitor.short_id.as_str().to_owned())),
        (FIELD_UNIQUE_ID, text(&visitor.unique_id)),
        (FIELD_IDENTITIES, list(&visitor.identities)),
        (FIELD_TAGS, list(&visitor.tags)),
        (FIELD_INTEGRATION_IDS, list(&visitor.integration_ids)),
        (FIELD_LOOKUP_CODE, text(&visitor.lookup_code)),
        (ROW_EMAIL, text(&visitor.email)),
        (FIND_ONLINE, yes_no(&visitor.is_online)),
        (STATE_IN_SESSION, yes_no(&visitor.is_in_session)),
        (ROW_SUPPORTED, yes_no(&visitor.is_supported)),
        (ROW_WAITING_FOR_CALL, yes_no(&visitor.is_waiting_for_call)),
        (ROW_CALL_NAME, text(&visitor.call_name)),
        (ROW_LAST_URL, text(&visitor.last_url)),
        (ROW_LAST_SEEN, time(&visitor.last_seen_at)),
        (ROW_ADDED, time(&visitor.added_at)),
        (ROW_BROWSER, text(&visitor.browser)),
        (ROW_DEVICE, text(&visitor.device)),
        (FIND_IP, text(&visitor.ip_address)),
        (ROW_LOCATION, text(&visitor.location)),
        (DETAIL_CHATS, text(&visitor.integration)),
        (DETAIL_OVERRIDES, yes_no(&visitor.js_configuration)),
        (DETAIL_PUBLIC_KEY, text(&visitor.api_key)),
    ];
    let told = rows.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
    el("dl").children(told.flat_map(|(name, value)| [el("dt").words(name), el("dd").child(bdi(value))]))
}

/// The tab of this browser that shows the visitor, among those that the person has given access to. Each is looked at as the
/// popup looks, which changes nothing.
pub async fn tab_of(short_id: &ShortId) -> Option<i32> {
    for tab in tabs::all().await.into_iter().take(TABS) {
        let looked = send_message(&object([("inspect", object([("tab", tab.into())]))]));
        let answer = JsFuture::from(looked).await.unwrap_or_default();
        let frames = property(&property(&answer, "inspected"), "frames");
        if Array::is_array(&frames) && Array::from(&frames).iter().any(|frame| shows(&frame, short_id)) {
            return Some(tab);
        }
    }
    None
}

fn shows(frame: &JsValue, short_id: &ShortId) -> bool {
    let text = property(frame, "text").as_string().unwrap_or_default();
    let (report, _) = raw_report::read(&text, |_| false);
    report.visitor.short_id.value().map(String::as_str) == Some(short_id.as_str())
}
