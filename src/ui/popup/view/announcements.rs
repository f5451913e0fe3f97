//! What screen readers announce as it happens.

use super::last_act::read_last_act;
use crate::ui::copying::Copied;
use crate::ui::i18n::*;
use crate::ui::popup::state::{CopyWhat, Model};
use crate::ui::popup::store::Store;
use crate::ui::text::field;
use leptos::prelude::*;

#[component]
pub fn Announcements() -> impl IntoView {
    let text = expect_context::<Store>().slice(text);
    view! {
        <p class="sr-only" role="status">
            {move || text.get()}
        </p>
    }
}

fn text(model: &Model) -> String {
    match &model.copied {
        // A notice says so aloud, once the browser has not refused.
        Some(_) if model.by_key().is_some() => String::new(),
        Some(Copied { what, masked: true }) => copied_masked_aloud(&name(what).text()),
        Some(Copied { what, .. }) => copied_aloud(&name(what).text()),
        None => read_last_act(model).map(|act| act.title).unwrap_or_default(),
    }
}

fn name(what: &CopyWhat) -> Message {
    match what {
        CopyWhat::LookupCode => FIELD_LOOKUP_CODE,
        CopyWhat::ShortId => FIELD_SHORT_ID,
        CopyWhat::WatchLink => FIELD_WATCH_LINK,
        CopyWhat::Field(field) => field::name(*field),
        CopyWhat::Call => CALL,
        CopyWhat::Report => REPORT,
    }
}
