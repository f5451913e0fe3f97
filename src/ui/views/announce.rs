//! What screen readers are told as it happens.

use super::last_act::told;
use crate::app::copying::Copied;
use crate::app::popup::{CopyWhat, Model};
use crate::ui::dom::{Node, el};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::field;

pub fn announce(store: Store) -> Node {
    el("p").class("sr-only").attr("role", "status").live_text(move || store.with(words))
}

fn words(model: &Model) -> String {
    match &model.copied {
        // A notice tells it aloud, once the browser has not refused.
        Some(_) if model.by_key().is_some() => String::new(),
        Some(Copied { what, masked: true }) => copied_masked_aloud(&copied(what).text()),
        Some(Copied { what, .. }) => copied_aloud(&copied(what).text()),
        None => told(model).map(|told| told.title).unwrap_or_default(),
    }
}

fn copied(what: &CopyWhat) -> Message {
    match what {
        CopyWhat::LookupCode => FIELD_LOOKUP_CODE,
        CopyWhat::ShortId => FIELD_SHORT_ID,
        CopyWhat::WatchLink => FIELD_WATCH_LINK,
        CopyWhat::Field(field) => field::name(*field),
        CopyWhat::Call => CALL,
        CopyWhat::Report => REPORT,
    }
}
