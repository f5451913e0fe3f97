//! Announcements for screen readers.

use crate::ui::announcement::{Announcement, copied_announcement};
use crate::ui::i18n::*;
use crate::ui::recording::state::{CopyTarget, Model};
use crate::ui::recording::store::RecordingStore;
use leptos::prelude::*;

#[component]
pub fn Announcements() -> impl IntoView {
    let text = expect_context::<RecordingStore>().slice(text);
    view! { <Announcement text=text /> }
}

fn text(model: &Model) -> String {
    let Some(copied) = &model.copied else { return String::new() };
    let what = match copied.what {
        CopyTarget::Json(_) => ENTRY_JSON,
        CopyTarget::Code(_) => CALL,
        CopyTarget::Calls => CALLS_WORD,
        CopyTarget::Repair(_) => REPAIR_CODE,
        CopyTarget::Ticket(_) => TICKET_WORD,
    };
    copied_announcement(what, copied.masked)
}
