//! The questions asked before something that cannot be taken back, or that needs one more word.

use super::last_act::told;
use crate::app::popup::{Dialog, Event, Model};
use crate::ui::components::{ItemError, TextEditor, button, modal, text_editor};
use crate::ui::dom::{Node, bdi, el, fragment, live, on, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::act::Told;
use inspector_core::page_report::connection::{Link, Sdk};
use inspector_core::visitor::lookup_code::LookupCode;
use std::sync::Arc;

pub fn dialogs(store: Store) -> Node {
    let name = move || store.with(|model| model.dialog.map(name));
    let content = move || {
        Some(match name()? {
            "log-out" => question(store, LOG_OUT_TITLE, log_out(store), "btn danger", LOG_OUT_DO),
            "ask-code" => question(store, ASK_CODE_TITLE, ask_code(store), "btn primary", ASK_CODE_DO),
            _ => question(store, SET_CODE_TITLE, set_code(store), "btn primary", SET_CODE_DO),
        })
    };
    modal(Arc::new(name), live(content), store.on(Event::CloseDialog))
}

/// The value of `data-dialog`.
fn name(dialog: Dialog) -> &'static str {
    match dialog {
        Dialog::LogOut { .. } => "log-out",
        Dialog::AskCode => "ask-code",
        Dialog::SetCode => "set-code",
    }
}

fn question(store: Store, title: Message, body: Node, class: &'static str, yes: Message) -> Node {
    let disabled = |model: &Model| model.is_acting() || !is_ready(model);
    // While a dialog is open, an act that did not come off is told in it: the banner stands out of sight behind it.
    let failed = |model: &Model| told(model).filter(|told| told.error.is_some()).map(failure);
    let confirm = el("button")
        .attr("type", "submit")
        .class(class)
        .attr("data-action", "confirm")
        .live_flag("disabled", move || store.with(disabled))
        .live_text(move || if store.with(Model::is_acting) { APPLYING } else { yes }.text());
    let actions = el("div")
        .class("actions")
        .child(button("btn", "cancel", CANCEL.text(), store.on(Event::CloseDialog)))
        .child(confirm);
    let submit = move |event: leptos::web_sys::Event| {
        event.prevent_default();
        if !store.read(disabled) {
            store.dispatch(Event::Confirm);
        }
    };
    el("form")
        .on("submit", submit)
        .child(el("h2").attr("id", "dialog-title").words(title))
        .child(body)
        .live(move || store.with(failed))
        .child(actions)
}

fn failure(told: Told) -> Node {
    el("p").class("error").child(el("b").text(told.title)).child(bdi(told.text.join(" ")))
}

fn is_ready(model: &Model) -> bool {
    match model.dialog {
        Some(Dialog::SetCode) => model.edit.code.as_deref().is_some_and(|code| LookupCode::parse(code).is_some()),
        _ => true,
    }
}

fn log_out(store: Store) -> Node {
    let reconnect = |model: &Model| !matches!(model.dialog, Some(Dialog::LogOut { reconnect: false }));
    let toggle = move |_| {
        let reconnect = !store.read(reconnect);
        store.dispatch(Event::Open(Dialog::LogOut { reconnect }));
    };
    let check = el("input")
        .attr("type", "checkbox")
        .attr("data-action", "reconnect")
        .live_flag("checked", move || store.with(reconnect))
        .on("change", toggle);
    let words = el("span").words(LOG_OUT_RECONNECT).child(el("small").words(LOG_OUT_RECONNECT_TEXT));
    let waits = move || store.with(is_idle).then(|| paragraph(LOG_OUT_WAITS));
    fragment([paragraph(LOG_OUT_TEXT), live(waits), el("label").class("check").child(check).child(words)])
}

fn ask_code(store: Store) -> Node {
    let connects = move || store.with(is_idle).then(|| paragraph(ASK_CODE_CONNECTS));
    fragment([paragraph(ASK_CODE_TEXT), live(connects)])
}

/// Whether the SDK of the page shown is loaded and not connected.
fn is_idle(model: &Model) -> bool {
    model.report().is_some_and(|report| matches!(report.sdk, Sdk::Loaded(Link::NotConnected(_))))
}

fn set_code(store: Store) -> Node {
    let text = move || store.with(|model| model.edit.code.clone().unwrap_or_default());
    let input = text_editor(TextEditor {
        id: "chosen-code".into(),
        label: SET_CODE_LABEL.text(),
        placeholder: "0000".into(),
        text: Arc::new(text),
        error: Arc::new(move || code_error(&text())),
        on: on(move |text| store.dispatch(Event::TypeCode(text))),
    });
    let badge = el("span").class("badge").words(UNOFFICIAL);
    let label = el("label").class("labelled code-input").child(el("span").words(SET_CODE_LABEL)).child(input);
    fragment([el("p").child(badge).text(format!(" {}", SET_CODE_TEXT.text())), label])
}

fn code_error(text: &str) -> Option<ItemError> {
    LookupCode::parse(text).is_none().then(|| ItemError {
        item: None,
        kind: "not-a-code",
        words: SET_CODE_ERROR.text(),
        repair: None,
        // Not wrong yet while it can still become one.
        quiet: text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit()),
    })
}
