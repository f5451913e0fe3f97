//! The word on what could not be saved, or not read.

use crate::app::popup::{Model, Unsaved};
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, bdi, el, live};
use crate::ui::i18n::*;
use crate::ui::store::Store;

pub fn unsaved(store: Store) -> Node {
    let told = |unsaved: Unsaved| {
        let (name, title, text) = match &unsaved {
            Unsaved::NotWritten(why) => ("not-written", UNSAVED_TITLE, unsaved_text(why)),
            Unsaved::NotRead(why) => ("not-read", UNREAD_TITLE, unread_text(why)),
        };
        let notice = notice(Tone::Bad, Some(title.text()), [el("p").child(bdi(text))]);
        notice.attr("data-unsaved", name).attr("role", "alert")
    };
    live(move || store.with(|model: &Model| model.unsaved.clone()).map(told))
}
