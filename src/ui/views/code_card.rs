//! The lookup code: what it is, how long it lives, and getting another.

use super::copy::copy;
use super::field::is_editable;
use super::panels::origin;
use super::server;
use crate::app::popup::{CopyWhat, Dialog, Event, Model};
use crate::ui::components::button;
use crate::ui::dom::{Node, bdi, el, fragment};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::views::reading::{json_of, source_of};
use crate::ui::words::reading;
use inspector_core::visitor::lookup_code::TimeLeft;
use inspector_core::visitor::observed::Observed;

pub fn code_card(store: Store) -> Node {
    let reading = |model: &Model| model.report().map(|report| report.visitor.lookup_code.clone());
    let has_code = move || store.with(|model| reading(model)?.code.value().map(drop)).is_some();
    let age = move || store.with(age);
    let title = move || match has_code() {
        true => format!("{} · {}", CODE_TITLE.text(), age().1),
        false => CODE_TITLE.text(),
    };
    el("section")
        .class("card")
        .live_class("expired", move || age().0)
        .attr("data-field", "lookupCode")
        .live_attr("data-value", move || store.with(|model| json_of(&reading(model)?.code)))
        .live_attr("data-source", move || store.with(|model| source_of(&reading(model)?.code).map(str::to_owned)))
        .child(
            el("div")
                .class("code-side")
                .child(el("h2").class("label").live_text(title))
                .live(move || store.with(|model| Some(big(&reading(model)?.code))))
                .live(move || has_code().then(|| copy_code(store))),
        )
        .live(move || store.with(is_editable).then(|| ask(store)))
        .child(origin(store, "lookupCode"))
        .child(server::line(store, "lookupCode"))
        .live(move || (has_code() && age().0).then(|| el("p").class("src").words(CODE_EXPIRED_TEXT)))
}

/// Whether the code's hour is over, and the words for what is left of it: they change once a minute.
fn age(model: &Model) -> (bool, String) {
    let Some(report) = model.report() else { return (false, String::new()) };
    match report.visitor.lookup_code.time_left(model.now) {
        TimeLeft::Expired => (true, CODE_EXPIRED.text()),
        TimeLeft::Unknown => (false, CODE_AGE_UNKNOWN.text()),
        TimeLeft::Left(ms) if ms < 60_000 => (false, CODE_LAST_MINUTE.text()),
        TimeLeft::Left(ms) => (false, code_left(&(ms / 60_000).to_string())),
    }
}

fn big(code: &Observed<String>) -> Node {
    match code {
        Observed::Value(code, _) => el("output").class("big").child(bdi(code.clone())),
        Observed::Unset(_) => el("p").class("none").words(CODE_NONE),
        Observed::Unknown(why) => {
            fragment([el("p").class("unknown").words(CODE_UNKNOWN), el("p").class("src").words(reading::why(*why))])
        }
    }
}

fn copy_code(store: Store) -> Node {
    copy(store, "copy-code", copy_what(&FIELD_LOOKUP_CODE.text()), true, CopyWhat::LookupCode)
}

fn ask(store: Store) -> Node {
    el("div").class("code-actions").children([
        button("btn", "ask-code", ASK_CODE_OPEN.text(), store.on(Event::Open(Dialog::AskCode))),
        button("btn plain", "set-code", SET_CODE_OPEN.text(), store.on(Event::Open(Dialog::SetCode))),
    ])
}
