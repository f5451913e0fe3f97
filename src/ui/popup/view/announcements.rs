//! Announcements for screen readers.

use super::last_act::read_last_act;
use crate::lazy::lazy;
use crate::ui::announcement::{Announced, Announcement, copied_announcement};
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{CopyTarget, Model};
use crate::ui::popup::store::PopupStore;
use crate::ui::text::field_text;
use leptos::prelude::*;

/// The element of the announcements. It is there before the first of them.
#[component]
pub fn Announcements() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    view! {
        <LazyShow when=move || store.view_state.is_painted() load=load_announcements hides_failure=true />
    }
}

lazy! {
    /// The announcements.
    #[part(edit)]
    async fn load_announcements() -> AnyView {
        view! { <LiveRegion /> }.into_any()
    }
}

#[component]
fn LiveRegion() -> impl IntoView {
    let announced = expect_context::<PopupStore>().slice(read_announced);
    view! { <Announcement announced=announced /> }
}

fn read_announced(model: &Model) -> Announced {
    match &model.copied {
        // `ShortcutNotice` announces this itself.
        Some(_) if model.shortcut_result().is_some() => Announced::default(),
        Some(copied) => copied_announcement(name(&copied.what), copied),
        None => read_last_act(model).map(|act| act.title).unwrap_or_default().into(),
    }
}

fn name(what: &CopyTarget) -> Message {
    match what {
        CopyTarget::LookupCode => FIELD_LOOKUP_CODE,
        CopyTarget::ShortId => FIELD_SHORT_ID,
        CopyTarget::WatchLink => FIELD_WATCH_LINK,
        CopyTarget::Field(field) => field_text::name(*field),
        CopyTarget::Call => CALL,
        CopyTarget::Report => REPORT,
    }
}
