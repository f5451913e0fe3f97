//! Searching the account's visitors.

use super::found;
use super::store::{Page, Store};
use super::{open_watching, request_name, talk};
use crate::app::server::find::{Effect, Event, Model, Results, update};
use crate::browser::{clipboard, tabs};
use crate::ui::dom::components::{ItemError, Seg, TextEditor, Tone, bare_button, button, notice, seg, text_editor};
use crate::ui::dom::{Node, bdi, el, fragment, on, paragraph, value_of};
use crate::ui::i18n::*;
use crate::ui::words::server::{problem, token_kind};
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::query::{Presence, TokenKind};
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{Known, ServerVisitor};
use leptos::prelude::window_event_listener_untyped;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// In the order of the choice.
const PRESENCES: [(Presence, &str); 3] =
    [(Presence::Any, "any"), (Presence::Online, "online"), (Presence::Offline, "offline")];

impl Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;
    const FIRST: Option<Effect> = Some(Effect::Load);

    fn perform(store: Store<Self>, effect: Effect) {
        spawn_local(async move {
            if let Some(event) = done(store, effect).await {
                store.dispatch(event);
            }
        });
    }
}

/// Does something and tells what came of it.
async fn done(store: Store<Model>, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Load => Some(Event::Loaded(talk::state().await)),
        Effect::Search { asked, query, most } => {
            Some(Event::Found(asked, talk::search(&query, most, &request_name(asked)).await))
        }
        Effect::Read { asked, short_id } => {
            Some(Event::Read(asked, Box::new(talk::visitor(&short_id, &request_name(asked)).await)))
        }
        Effect::Cancel { asked } => {
            talk::cancel(&request_name(asked));
            None
        }
        Effect::FindTab(short_id) => {
            let tab = found::tab_of(&short_id).await?;
            Some(Event::Tab(short_id, tab))
        }
        Effect::Jump(tab) => {
            tabs::show(tab).await;
            None
        }
        Effect::Copy(text) => {
            let copied = clipboard::write_text(&text).await;
            copied.is_err().then_some(Event::NotCopied)
        }
        Effect::Watch(short_id) => Some(Event::Watched(watch(store, &short_id).await)),
    }
}

async fn watch(store: Store<Model>, short_id: &ShortId) -> Result<(), Problem> {
    let account = store.with(|model| model.connected().cloned()).ok_or(Problem::NoAccount)?;
    open_watching(short_id, &account).await
}

pub fn view(store: Store<Model>) -> Node {
    // The person may come back from the options.
    window_event_listener_untyped("visibilitychange", move |_| {
        if store.with(|model| model.connected().is_none()) {
            Model::perform(store, Effect::Load);
        }
    });
    el("main")
        .class("account wide")
        .live_attr("data-results", move || Some(store.with(results_name).to_owned()))
        .child(el("h1").words(FIND_TITLE))
        .child(el("p").class("lead").words(FIND_INTRO))
        .live(move || store.with(blocked))
        .child(form(store))
        .child(
            el("div")
                .class("found")
                .child(el("div").live(move || Some(results(store))))
                .live(move || found::view(store)),
        )
}

/// The value of `data-results`.
fn results_name(model: &Model) -> &'static str {
    match &model.results {
        Results::Nothing => "none",
        Results::Searching(_) => "searching",
        Results::Found(_) => "found",
        Results::Failed(problem) => problem.name(),
    }
}

/// There is no account to ask.
fn blocked(model: &Model) -> Option<Node> {
    let words = match model.account.as_ref()? {
        Err(why) => problem(why),
        Ok(_) if model.connected().is_some() => return None,
        Ok(None) => PROBLEM_NO_ACCOUNT.text(),
        Ok(Some(_)) => ACCOUNT_KEY_GONE.text(),
    };
    Some(notice(Tone::Warn, None, [el("p").text(words), options_link()]))
}

pub fn options_link() -> Node {
    el("p").child(el("a").attr("href", "options.html").attr("data-action", "options").words(FIND_OPTIONS))
}

fn form(store: Store<Model>) -> Node {
    let by_hand = move || store.with(|model| model.form.by_hand);
    let fields = move || Some(if by_hand() { hand(store) } else { typed(store) });
    let search = el("button")
        .attr("type", "submit")
        .class("btn primary")
        .attr("data-action", "search")
        .live_flag("disabled", move || store.with(|model| model.connected().is_none() || model.form.query().is_none()))
        .words(FIND_SEARCH);
    let toggle = el("input")
        .attr("type", "checkbox")
        .attr("data-action", "by-hand")
        .live_flag("checked", by_hand)
        .on("change", move |_| store.dispatch(Event::ByHand(!by_hand())));
    el("form")
        .on("submit", move |event| {
            event.prevent_default();
            if store.with(|model| model.connected().is_some()) {
                store.dispatch(Event::Search);
            }
        })
        .live(fields)
        .child(el("label").class("check").child(toggle).child(el("span").words(FIND_BY_HAND)))
        .child(el("p").class("src").attr("data-query", "").live_text(move || store.with(searches_for)))
        .child(el("div").class("actions").child(search))
}

/// What will be searched for, in the search's own words.
fn searches_for(model: &Model) -> String {
    let text = model.form.text();
    if text.is_empty() { FIND_LATEST.text() } else { find_searches_for(&text) }
}

fn typed(store: Store<Model>) -> Node {
    let option = move |kind: TokenKind| {
        el("option")
            .attr("value", kind.name())
            .live_flag("selected", move || store.with(|model| model.form.kind) == kind)
            .words(token_kind(kind))
    };
    let kinds = el("select")
        .attr("id", "kind")
        .attr("aria-label", FIND_BY.text())
        .on("change", move |event| {
            TokenKind::from_name(&value_of(&event)).into_iter().for_each(|kind| store.dispatch(Event::Kind(kind)));
        })
        .children(TokenKind::ALL.map(option));
    let chosen = move || {
        let presence = store.with(|model| model.form.presence);
        PRESENCES.iter().position(|(one, _)| *one == presence).unwrap_or(0)
    };
    let presence = seg(Seg {
        id: "presence".into(),
        label: FIND_PRESENCE.text(),
        options: PRESENCES.map(|(presence, name)| (name, presence_words(presence).text())).into(),
        chosen: Arc::new(chosen),
        on: on(move |index: usize| store.dispatch(Event::Presence(PRESENCES[index].0))),
    });
    let input = text_editor(TextEditor {
        id: "typed".into(),
        label: FIND_FOR.text(),
        placeholder: String::new(),
        text: Arc::new(move || store.with(|model| model.form.typed.clone())),
        error: Arc::new(move || store.with(wrong)),
        on: store.on_value(Event::Typed),
    });
    fragment([el("div").class("search-row").child(kinds).child(el("div").child(input)), presence])
}

fn presence_words(presence: Presence) -> Message {
    match presence {
        Presence::Any => FIND_ANY,
        Presence::Online => FIND_ONLINE,
        Presence::Offline => FIND_OFFLINE,
    }
}

fn wrong(model: &Model) -> Option<ItemError> {
    let words = if model.form.kind == TokenKind::LookupCode { FIND_WRONG_CODE } else { FIND_WRONG };
    let quiet = model.form.kind == TokenKind::LookupCode && model.form.typed.len() < 4;
    let error = || ItemError { item: None, kind: "not-of-this-kind", words: words.text(), repair: None, quiet };
    model.form.query().is_none().then(error)
}

fn hand(store: Store<Model>) -> Node {
    let input = text_editor(TextEditor {
        id: "by-hand".into(),
        label: FIND_FOR.text(),
        placeholder: String::new(),
        text: Arc::new(move || store.with(|model| model.form.text.clone())),
        error: Arc::new(|| None),
        on: store.on_value(Event::Text),
    });
    fragment([input, el("p").class("src").words(FIND_BY_HAND_TEXT)])
}

fn results(store: Store<Model>) -> Node {
    store.with(|model| match &model.results {
        Results::Nothing => fragment([]),
        Results::Searching(_) => el("p").attr("role", "status").words(FIND_SEARCHING).child(button(
            "btn plain",
            "cancel",
            CANCEL.text(),
            store.on(Event::Cancel),
        )),
        Results::Failed(why) => notice(Tone::Bad, None, [el("p").text(problem(why))]).attr("role", "alert"),
        Results::Found(found) if found.is_empty() => paragraph(FIND_NOBODY).attr("role", "status"),
        Results::Found(found) => {
            let count = if found.len() == 1 { FIND_ONE.text() } else { find_many(&found.len().to_string()) };
            let rows = found.iter().map(|visitor| row(store, visitor));
            fragment([
                el("p").attr("role", "status").class("src").text(count),
                el("ul").class("results").children(rows),
            ])
        }
    })
}

fn row(store: Store<Model>, visitor: &ServerVisitor) -> Node {
    let id = visitor.short_id.clone();
    let online = visitor.is_online == Known::Value(true);
    let current = {
        let id = id.clone();
        move || {
            store.with(|model| model.open.as_ref().is_some_and(|open| open.short_id == id)).then(|| "true".to_owned())
        }
    };
    let others: Vec<&str> = visitor.identities.value().into_iter().flatten().skip(1).map(String::as_str).collect();
    let presence = if online { FIND_ONLINE } else { FIND_OFFLINE };
    let button = bare_button("result", "show", store.on(Event::Open(id.clone())))
        .attr("data-visitor", id.as_str().to_owned())
        .live_attr("aria-current", current)
        .child(el("i").class("dot").class_if("on", online))
        .child(el("span").child(bdi(visitor.title().to_owned())).child(el("small").child(bdi(others.join(", ")))))
        .child(el("small").words(presence));
    el("li").child(button)
}
