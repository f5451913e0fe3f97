//! Calls that wait in the page's queue, as a developer would write them.

use crate::app::popup::Model;
use crate::ui::dom::{Node, el, fragment, live};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use inspector_core::js_text;
use inspector_core::visitor::page_value::PageValue;

/// The waiting calls, each as JavaScript, and how many more there are.
pub fn texts(model: &Model) -> (Vec<String>, u64) {
    let Some(report) = model.report() else { return (vec![], 0) };
    let text = |call: &inspector_core::page_report::WaitingCall| {
        let arguments: Vec<_> = call.arguments.iter().map(PageValue::to_json).collect();
        js_text::call(&call.name, &arguments)
    };
    let more = report.waiting.unwrap_or(0).saturating_sub(report.calls.len() as u64);
    (report.calls.iter().map(text).collect(), more)
}

/// The calls as a block of code.
pub fn block(store: Store) -> Node {
    let more = move || Some(store.with(texts).1).filter(|more| *more > 0);
    fragment([
        el("pre").class("code").live_text(move || store.with(texts).0.join("\n")),
        live(move || more().map(|more| el("p").class("note").text(detail_more_calls(&more.to_string())))),
    ])
}

/// The calls, folded away, where there are any.
pub fn waiting_calls(store: Store) -> Node {
    let count = move || {
        let (calls, more) = store.with(texts);
        calls.len() as u64 + more
    };
    let label = move || match count() {
        1 => SHOW_CALL.text(),
        many => show_calls(&many.to_string()),
    };
    let shown = move || {
        let summary = el("summary").class("btn").attr("data-action", "show-calls").live_text(label);
        el("details").class("calls").child(summary).child(block(store))
    };
    live(move || (count() > 0).then(shown))
}
