//! Announcements for screen readers.

use crate::ui::announcement::{Announced, Announcement, copied_announcement};
use crate::ui::i18n::*;
use crate::ui::recording::state::{CopyTarget, Model};
use crate::ui::recording::store::RecordingStore;
use leptos::prelude::*;

#[component]
pub fn Announcements() -> impl IntoView {
    let announced = expect_context::<RecordingStore>().slice(read_announced);
    view! { <Announcement announced=announced /> }
}

fn read_announced(model: &Model) -> Announced {
    model.copied.as_ref().map(|copied| copied_announcement(name(&copied.what), copied)).unwrap_or_default()
}

fn name(what: &CopyTarget) -> Message {
    match what {
        CopyTarget::Json(_) => ENTRY_JSON,
        CopyTarget::Code(_) => CALL,
        CopyTarget::Calls => CALLS_WORD,
        CopyTarget::Repair(_) => REPAIR_CODE,
        CopyTarget::Ticket(_) => TICKET_WORD,
    }
}
