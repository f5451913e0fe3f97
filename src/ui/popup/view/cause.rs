//! Who set a value, according to the recording.

use crate::ui::components::Button;
use crate::ui::i18n::SHOW_HISTORY;
use crate::ui::popup::state::{Event, Panel, RecordedView};
use crate::ui::popup::store::PopupStore;
use inspector_core::recording::history::ValueKey;
use leptos::prelude::*;

/// The cause of a value, as a link to its history; nothing if it wasn't recorded. The button stays while its text
/// changes under the pointer.
#[component]
pub fn SetByLine(key: ValueKey) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let recorded = store.slice(move |model| model.recorded_cause(key).cloned());
    let cause = move || recorded.with(|recorded| Some(recorded.as_ref()?.cause.clone()));
    let text = move || recorded.with(|recorded| Some(recorded.as_ref()?.text.clone()));
    view! {
        <Show when=move || recorded.with(Option::is_some)>
            <p class="origin">
                <Button
                    class="btn link src"
                    action="show-history"
                    on_click=move || store.dispatch(Event::Show(Panel::Recorded(RecordedView::History(key))))
                    attr:title=SHOW_HISTORY.text()
                    attr:data-cause=cause
                >
                    <bdi>{text}</bdi>
                </Button>
            </p>
        </Show>
    }
}
