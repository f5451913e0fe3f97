//! What will be sent: before and after, what to know first, and the exact call.

use super::copy::copy;
use crate::app::popup::{CopyWhat, Mode, Model, calls_text, warnings};
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, bdi, el, fragment, live, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::field;
use inspector_core::edit::change::Change;
use inspector_core::edit::diff::{Line, Mark, diff};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;
use inspector_core::visitor::observed::Observed;
use inspector_core::visitor::page_value::PageValue;

pub fn preview(store: Store) -> Node {
    let any = |model: &Model| matches!(model.patch(), Ok(Some(_)));
    live(move || store.with(any).then(|| section(store)))
}

fn section(store: Store) -> Node {
    let calls = |model: &Model| Some(calls_text(model.edit.mode, &model.patch().ok()??));
    let call = el("div")
        .class("call")
        .child(el("pre").class("code").live_text(move || store.with(calls).unwrap_or_default()))
        .child(copy(store, "copy-call-here", COPY_CALL.text(), true, CopyWhat::Call));
    el("section")
        .class("preview")
        .attr("id", "preview")
        .child(el("h2").words(PREVIEW_TITLE))
        .live(move || store.with(changes))
        .child(call)
}

fn changes(model: &Model) -> Option<Node> {
    let patch = model.patch().ok()??;
    let warning = |warning| {
        let words = paragraph(field::warning(warning));
        notice(Tone::Warn, None, [words]).attr("data-warning", warning.name())
    };
    let fields = patch.fields().map(|field| change(model, &patch, field));
    Some(fragment([
        el("dl").class("changes").children(fields),
        fragment(warnings(model, &patch).into_iter().map(warning)),
    ]))
}

fn change(model: &Model, patch: &VisitorPatch, field: Field) -> Node {
    let now = model.report().map(|report| &report.visitor.field(field).now);
    // A new visitor has nothing yet.
    let now = now.filter(|_| model.edit.mode == Mode::Update);
    let after = match patch.change(field) {
        Change::Set(value) => Some(value),
        _ => None,
    };
    let word = |class, words: Message| el("li").class(class).words(words);
    let is_unread = |now: &Observed<_>| matches!(now, Observed::Value(value, _) if !PageValue::is_whole(value));
    let unknown = now
        .is_some_and(|now| matches!(now, Observed::Unknown(_)) || is_unread(now))
        .then(|| word("unknown", PREVIEW_UNKNOWN));
    let removed = after.is_none().then(|| word("removed", PREVIEW_REMOVED));
    let lines = diff(now.and_then(Observed::value), after);
    let list = el("ul").maybe(unknown).children(lines.into_iter().map(line)).maybe(removed);
    fragment([el("dt").words(field::name(field)), el("dd").child(list)])
}

/// The marks are text as well as colour (`popup.css` writes them).
fn line(line: Line) -> Node {
    let text = bdi(line.text);
    let marked = match line.mark {
        Mark::Stays => text,
        Mark::Goes => el("del").child(text),
        Mark::Comes => el("ins").child(text),
    };
    el("li").child(marked)
}
