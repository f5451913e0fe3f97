//! What screen readers are told as it happens.

use crate::app::recorded::{CopyWhat, Model};
use crate::recorded::store::Store;
use crate::ui::dom::{Node, el};
use crate::ui::i18n::*;

pub fn announce(store: Store) -> Node {
    el("p").class("sr-only").attr("role", "status").live_text(move || store.with(words))
}

fn words(model: &Model) -> String {
    let Some(copied) = &model.copied else { return String::new() };
    let what = match copied.what {
        CopyWhat::Json(_) => ENTRY_JSON,
        CopyWhat::Code(_) => CALL,
        CopyWhat::Calls => CALLS_WORD,
        CopyWhat::Repair(_) => REPAIR_CODE,
    };
    if copied.masked { copied_masked_aloud(&what.text()) } else { copied_aloud(&what.text()) }
}
