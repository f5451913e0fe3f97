//! The popup's link to the program that asks the team's account.

use super::recorded::{look, with_program};
use super::store::Store;
use crate::app::popup::{Event, Server, ServerLine};
use crate::browser::property;
use crate::browser::recorded::Comparison;
use js_sys::{Array, Function};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static COMPARISON: RefCell<Option<Comparison>> = const { RefCell::new(None) };
}

/// Has the page compared with the server from now on.
pub fn compare(store: Store) {
    let tell: Box<dyn FnMut(JsValue, JsValue)> = Box::new(move |lines, summary| {
        store.dispatch(Event::Compared(Box::new(told(&lines, &summary))));
    });
    let tell: Function = Closure::wrap(tell).into_js_value().unchecked_into();
    with_program(store, move |program| {
        COMPARISON.set(Some(program.server(look(store).unchecked_ref(), &tell)));
    });
}

/// Has the server asked again.
pub fn ask() {
    if let Some(comparison) = comparison() {
        comparison.refresh();
    }
}

/// Tells what was sent to the page.
pub fn tell(sent: &str) {
    if let Some(comparison) = comparison() {
        comparison.edited(sent);
    }
}

/// Opens a tab that watches the visitor; what went wrong, in words.
pub async fn watch() -> String {
    let Some(comparison) = comparison() else { return String::new() };
    JsFuture::from(comparison.watch()).await.ok().and_then(|problem| problem.as_string()).unwrap_or_default()
}

fn comparison() -> Option<Comparison> {
    COMPARISON.with_borrow(Option::clone)
}

fn told(lines: &JsValue, summary: &JsValue) -> Server {
    let text = |name: &str| property(summary, name).as_string();
    let flag = |name: &str| property(summary, name).is_truthy();
    Server {
        state: text("state").unwrap_or_default(),
        words: text("words").unwrap_or_default(),
        problem: text("problem"),
        facts: text("facts"),
        short_id: text("shortId"),
        agrees: flag("agrees"),
        asking: flag("asking"),
        can_watch: flag("canWatch"),
        lines: Array::from(lines).iter().filter_map(|line| read_line(&Array::from(&line))).collect(),
    }
}

fn read_line(line: &Array) -> Option<ServerLine> {
    let word = |at| line.get(at).as_string();
    Some(ServerLine { key: word(0)?, words: word(1)?, agreement: word(2)?, reason: word(3)? })
}
