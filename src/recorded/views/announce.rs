//! What screen readers are told as it happens.

use crate::app::recorded::{Copied, Model};
use crate::recorded::store::Store;
use crate::ui::dom::{Node, el};
use crate::ui::i18n::*;

pub fn announce(store: Store) -> Node {
    el("p").class("sr-only").attr("role", "status").live_text(move || store.with(words))
}

fn words(model: &Model) -> String {
    let what = match model.copied {
        None => return String::new(),
        Some(Copied::Json(_)) => ENTRY_JSON,
        Some(Copied::Code(_)) => CALL,
        Some(Copied::Calls) => CALLS_WORD,
        Some(Copied::Repair(_)) => REPAIR_CODE,
    };
    copied_aloud(&what.text())
}
