//! What can be done with the page as a whole, or with the draft while there is one.

use super::copy::copy;
use super::field::{is_editable, takes_calls};
use super::panels;
use crate::app::popup::{CopyWhat, Dialog, Event, Mode, Model};
use crate::ui::components::{bare_button, button};
use crate::ui::dom::{Node, el, fragment, live, on};
use crate::ui::focus::scroll_to;
use crate::ui::i18n::*;
use crate::ui::store::Store;
use inspector_core::edit::change::Change;
use inspector_core::visitor::Field;

pub fn footer(store: Store) -> Node {
    let is_begun = |model: &Model| !model.edit.draft.is_empty() || model.edit.mode == Mode::Switch;
    let editing = move |model: &Model| is_begun(model) && model.hold().is_none();
    let content = move || Some(if store.with(editing) { draft(store) } else { page(store) });
    live(move || {
        store
            .with(|model| takes_calls(model) && !panels::is_recorded(model))
            .then(|| el("footer").class("foot").live(content))
    })
}

fn page(store: Store) -> Node {
    let seen = move || match store.with(seconds_ago) {
        0 => LIVE.text(),
        seconds => seen_ago(&seconds.to_string()),
    };
    fragment([
        el("span").class("grow live").live_text(seen),
        copy(store, "copy-report", COPY_REPORT.text(), false, CopyWhat::Report),
        live(move || store.with(is_editable).then(|| leaving(store))),
    ])
}

fn leaving(store: Store) -> Node {
    fragment([
        button("btn", "switch", SWITCH_OPEN.text(), store.on(Event::BeginSwitch)),
        button("btn bad", "log-out", LOG_OUT_OPEN.text(), store.on(Event::Open(Dialog::LogOut { reconnect: true }))),
    ])
}

/// How many seconds ago the page was seen, once that is worth a word; else 0.
fn seconds_ago(model: &Model) -> i64 {
    let at = model.report().map_or(model.now, |report| report.page.at);
    let seconds = ((model.now - at) / 1000).max(0);
    if seconds < 3 { 0 } else { seconds.min(3600) }
}

/// What the draft comes to, in numbers.
struct Count {
    errors: usize,
    changes: usize,
    acting: bool,
}

fn count(model: &Model) -> Count {
    let changes = Field::ALL.iter().filter(|field| !matches!(model.edit.draft.change(**field), Change::Keep)).count();
    Count { errors: model.patch().err().map_or(0, |errors| errors.len()), changes, acting: model.is_acting() }
}

fn draft(store: Store) -> Node {
    let is_acting = move || store.with(Model::is_acting);
    let cannot = |count: Count| count.acting || count.errors > 0 || count.changes == 0;
    let apply = bare_button("btn primary", "apply", store.on(Event::Apply))
        .attr("title", APPLY_KEYS.text())
        .live_flag("disabled", move || cannot(store.with(count)))
        .live_text(move || if is_acting() { APPLYING } else { APPLY }.text());
    fragment([
        el("span").class("grow").live(move || Some(summary(store.with(count)))),
        button("btn plain", "discard", DISCARD.text(), store.on(Event::Discard)),
        copy(store, "copy-call", COPY_CALL.text(), false, CopyWhat::Call),
        apply,
    ])
}

/// How many changes there are, or why they cannot be sent.
fn summary(count: Count) -> Node {
    let words = match count {
        Count { errors: 1, .. } => ERRORS_ONE.text(),
        Count { errors: 2.., .. } => errors_many(&count.errors.to_string()),
        Count { changes: 0, .. } => NOTHING_YET.text(),
        Count { changes: 1, .. } => CHANGES_ONE.text(),
        Count { changes, .. } => changes_many(&changes.to_string()),
    };
    let target = if count.errors > 0 { "[data-error]" } else { "#preview" };
    let go = on(move |()| scroll_to(target));
    let class = if count.errors > 0 { "btn link bad" } else { "btn link" };
    button(class, "show-preview", words, go)
}
