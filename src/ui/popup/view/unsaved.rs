//! The note on data that couldn't be saved or read.

use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::popup::state::StorageFailure;
use crate::ui::popup::store::Store;
use leptos::prelude::*;

#[component]
pub fn UnsavedNotice() -> impl IntoView {
    let unsaved = expect_context::<Store>().slice(|model| model.storage_failure());
    move || {
        let (name, title, text) = match unsaved.get()? {
            StorageFailure::NotWritten(why) => ("not-written", UNSAVED_TITLE, unsaved_text(&why)),
            StorageFailure::NotRead(why) => ("not-read", UNREAD_TITLE, unread_text(&why)),
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
