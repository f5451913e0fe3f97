//! The note on data that couldn't be saved or read.

use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::popup::state::{RestoreError, StorageFailure};
use crate::ui::popup::store::PopupStore;
use leptos::prelude::*;

#[component]
pub fn UnsavedNotice() -> impl IntoView {
    let unsaved = expect_context::<PopupStore>().slice(|model| model.storage_failure());
    move || {
        let (name, title, text) = match unsaved.get()? {
            StorageFailure::NotWritten(why) => ("not-written", UNSAVED_TITLE, words::unsaved_text(&why.to_string())),
            StorageFailure::ActNotWritten(why) => ("not-written", UNSAVED_TITLE, words::unsaved_text(&why)),
            StorageFailure::NotRead(why) => ("not-read", UNREAD_TITLE, words::unread_text(&restore_error(&why))),
        };
        Some(view! {
            <Notice tone=Tone::Bad title=title attr:data-unsaved=name attr:role="alert">
                <p>
                    <bdi>{text}</bdi>
                </p>
            </Notice>
        })
    }
}

fn restore_error(why: &RestoreError) -> String {
    match why {
        RestoreError::Browser(error) => error.to_string(),
        RestoreError::NotLoaded => PANEL_BROKEN.text(),
    }
}
