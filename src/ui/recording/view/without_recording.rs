//! What a view lacks without a recording.

use crate::ui::components::{Button, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::recording::state::{Destination, Event, View};
use crate::ui::recording::store::RecordingStore;
use leptos::prelude::*;

/// A notice that leads to the recorded sites.
#[component]
pub fn WithoutRecording(title: Message, text: Message) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    view! {
        <Notice tone=Tone::Info title=title>
            <p>{text}</p>
            <div class="actions">
                <Button action="show-sites" on_click=move || store.dispatch(Event::Go(Destination::View(View::Sites)))>
                    {SITE_RECORD}
                </Button>
            </div>
        </Notice>
    }
}
