//! The options, and among them the form that connects an account.

use super::store::{Page, Store};
use super::{data, keys, managed, preferences, presets, talk};
use crate::app::server::options::{Effect, Event, Form, Model, Status, update};
use crate::browser::permissions::request_origin;
use crate::browser::storage::on_managed_change;
use crate::managed::policy;
use crate::ui::dom::components::{ItemError, Seg, TextEditor, Tone, button, notice, seg, text_editor};
use crate::ui::dom::{Node, On, el, fragment, on, paragraph};
use crate::ui::i18n::*;
use crate::ui::words::server::{base_error, base_error_key, problem};
use inspector_core::upscope_api::base::Kind;
use std::sync::Arc;
use wasm_bindgen_futures::{JsFuture, spawn_local};

impl Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;
    const FIRST: Option<Effect> = Some(Effect::Load);

    fn perform(store: Store<Self>, effect: Effect) {
        match effect {
            Effect::Load => {
                // Chromium has a policy some moments after the extension was installed, and takes changes while it runs.
                on_managed_change(move || {
                    spawn_local(async move { store.dispatch(Event::Managed(policy().await)) });
                });
                spawn_local(async move {
                    store.dispatch(Event::Managed(policy().await));
                    store.dispatch(Event::Loaded(talk::state().await));
                });
            }
            Effect::Remove => spawn_local(async move { store.dispatch(Event::Removed(talk::remove().await)) }),
            Effect::Connect { pattern, form } => {
                let asked = request_origin(&pattern);
                spawn_local(async move {
                    let given = JsFuture::from(asked).await.is_ok_and(|given| given.is_truthy());
                    let event = if given { Event::Saved(talk::connect(&form).await) } else { Event::Denied };
                    store.dispatch(event);
                });
            }
        }
    }
}

/// All options, a section each.
pub fn page(store: Store<Model>) -> Node {
    el("main")
        .class("account options")
        .live_attr("data-status", move || Some(store.with(status).to_owned()))
        .child(el("h1").words(OPTIONS_TITLE))
        .child(
            el("p")
                .class("lead")
                .child(el("a").attr("href", "welcome.html").attr("data-action", "welcome").words(WELCOME_OPEN)),
        )
        .live(move || store.with(|model| managed::section(&model.policy)))
        .child(preferences::look(move || store.with(|model| model.policy.language.is_some())))
        .child(preferences::privacy())
        .child(keys::section())
        .child(presets::section())
        .child(account(store))
        .child(data::view())
        .child(data::permissions_view())
}

fn account(store: Store<Model>) -> Node {
    el("section")
        .attr("data-section", "account")
        .child(el("h2").words(ACCOUNT_TITLE))
        .child(el("p").class("lead").words(ACCOUNT_INTRO))
        .live(move || store.with(told))
        .child(form(store))
}

/// The value of `data-status`.
fn status(model: &Model) -> &'static str {
    match &model.status {
        Status::Loading => "loading",
        Status::Idle if model.account.is_some() => "kept",
        Status::Idle => "idle",
        Status::Working => "working",
        Status::Connected => "connected",
        Status::Removed => "removed",
        Status::NoAccess => "no-access",
        Status::Failed(problem) => problem.name(),
    }
}

/// What came of the last thing, or what is connected.
fn told(model: &Model) -> Option<Node> {
    let now = model.account.as_ref().map(|account| account_now(&account.base));
    let body = |words: String| [el("p").text(words)];
    let told = match (&model.status, now) {
        (Status::Loading | Status::Working, _) => return None,
        (Status::Idle, None) => return None,
        (Status::Idle, Some(now)) => notice(Tone::Info, Some(now), body(key_kept(model))),
        (Status::Connected, now) => notice(Tone::Good, now, [paragraph(ACCOUNT_CONNECTED)]),
        (Status::Removed, _) => notice(Tone::Quiet, None, [paragraph(ACCOUNT_REMOVED)]),
        (Status::NoAccess, _) => notice(Tone::Warn, None, [paragraph(ACCOUNT_DENIED)]),
        (Status::Failed(why), _) => notice(Tone::Bad, Some(ACCOUNT_NOT_SAVED.text()), body(problem(why))),
    };
    Some(told.attr("role", "status"))
}

fn key_kept(model: &Model) -> String {
    let mask = model.account.as_ref().and_then(|account| account.mask.as_deref());
    mask.map_or_else(|| ACCOUNT_KEY_GONE.text(), account_key_kept)
}

fn form(store: Store<Model>) -> Node {
    let save = el("button")
        .attr("type", "submit")
        .class("btn primary")
        .attr("data-action", "save")
        .live_flag("disabled", move || store.with(Model::is_busy))
        .live_text(move || {
            if store.with(|model| model.status == Status::Working) { ACCOUNT_SAVING } else { ACCOUNT_SAVE }.text()
        });
    let remove = move || {
        let there = store.with(|model| model.account.is_some());
        there.then(|| button("btn bad", "remove", ACCOUNT_REMOVE.text(), store.on(Event::Remove)))
    };
    el("form")
        .on("submit", move |event| {
            event.prevent_default();
            store.dispatch(Event::Save);
        })
        .live(move || Some(if store.with(Model::is_locked) { managed::base(store.with(locked)) } else { place(store) }))
        .child(key(store))
        .child(agent(store))
        .child(el("div").class("actions").child(save).live(remove))
}

/// The address that the organisation has set.
fn locked(model: &Model) -> String {
    model.form.base.clone()
}

fn place(store: Store<Model>) -> Node {
    fragment([kind(store), base(store)])
}

fn kind(store: Store<Model>) -> Node {
    let words = |kind| if kind == Kind::Cloud { ACCOUNT_CLOUD } else { ACCOUNT_ON_PREMISE }.text();
    let chosen = move || Kind::ALL.iter().position(|kind| *kind == store.with(|model| model.form.kind)).unwrap_or(0);
    el("div").class("labelled").child(el("span").words(ACCOUNT_KIND)).child(seg(Seg {
        id: "kind".into(),
        label: ACCOUNT_KIND.text(),
        options: Kind::ALL.map(|kind| (kind.name(), words(kind))).into(),
        chosen: Arc::new(chosen),
        on: on(move |index: usize| store.dispatch(Event::Choose(Kind::ALL[index]))),
    }))
}

fn base(store: Store<Model>) -> Node {
    let wrong = |model: &Model| {
        let error = model.base().err().filter(|_| model.checked)?;
        Some(item_error(base_error_key(error), base_error(error)))
    };
    let hint =
        |model: &Model| if model.form.kind == Kind::Cloud { ACCOUNT_BASE_CLOUD } else { ACCOUNT_BASE_OWN }.text();
    let plain = move || {
        let plain = store.with(|model| model.base().is_ok_and(|base| base.is_plain()));
        plain.then(|| el("p").class("warn").attr("data-warning", "plain").words(ACCOUNT_PLAIN))
    };
    let input = input(store, "base", ACCOUNT_BASE, |form| form.base.clone(), wrong, store.on_value(Event::Base));
    labelled(ACCOUNT_BASE, input).live(plain).child(el("p").class("src").live_text(move || store.with(hint)))
}

fn key(store: Store<Model>) -> Node {
    let wrong = |model: &Model| {
        let wrong = model.checked && !model.is_key_good();
        wrong.then(|| item_error("key", ACCOUNT_KEY_WRONG))
    };
    let typed = |form: &Form| form.key.clone();
    let input = input(store, "key", ACCOUNT_KEY, typed, wrong, store.on_value(Event::Key));
    let kept = move || store.with(|model| model.has_key().then(|| el("p").class("src").text(key_kept(model))));
    let disk = el("input")
        .attr("type", "checkbox")
        .attr("data-action", "disk")
        .live_flag("checked", move || store.with(|model| model.form.disk))
        .on("change", move |_| store.dispatch(Event::Disk(!store.with(|model| model.form.disk))));
    let words = el("span").words(ACCOUNT_DISK).child(el("small").words(ACCOUNT_DISK_TEXT));
    fragment([
        // The style hides what is typed, and a password field would be offered to password managers.
        labelled(ACCOUNT_KEY, input).class("secret").live(kept).child(el("p").class("src").words(ACCOUNT_KEY_TEXT)),
        el("label").class("check").child(disk).child(words),
    ])
}

fn agent(store: Store<Model>) -> Node {
    let none = |_: &Model| None;
    let name = |form: &Form| form.agent_name.clone();
    let id = |form: &Form| form.agent_id.clone();
    let name = input(store, "agent-name", AGENT_NAME, name, none, store.on_value(Event::AgentName));
    let id = input(store, "agent-id", AGENT_ID, id, none, store.on_value(Event::AgentId));
    fragment([
        labelled(AGENT_NAME, name).child(el("p").class("src").words(AGENT_NAME_TEXT)),
        labelled(AGENT_ID, id).child(el("p").class("src").words(AGENT_ID_TEXT)),
    ])
}

fn input(
    store: Store<Model>,
    id: &'static str,
    label: Message,
    typed: fn(&Form) -> String,
    wrong: fn(&Model) -> Option<ItemError>,
    on: On<String>,
) -> Node {
    text_editor(TextEditor {
        id: id.into(),
        label: label.text(),
        placeholder: String::new(),
        text: Arc::new(move || store.with(|model| typed(&model.form))),
        error: Arc::new(move || store.with(wrong)),
        on,
    })
}

fn labelled(label: Message, input: Node) -> Node {
    el("div").class("labelled").child(el("span").words(label)).child(input)
}

fn item_error(kind: &'static str, words: Message) -> ItemError {
    ItemError { item: None, kind, words: words.text(), repair: None, quiet: false }
}
