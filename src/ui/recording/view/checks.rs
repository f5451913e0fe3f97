//! The findings of the checks, most severe first.

use super::finding::{FindingCard, read_keys};
use super::without_recording::WithoutRecording;
use crate::ui::components::{Icon, IconName};
use crate::ui::i18n::*;
use crate::ui::recording::state::Model;
use crate::ui::recording::store::RecordingStore;
use crate::ui::text::number::grouped;
use inspector_core::checks::CHECKS;
use leptos::prelude::*;

#[component]
pub fn Checks() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_without_recording = store.slice(|model| !model.is_recorded() && model.tab().is_some());
    let keys = store.slice(read_keys);
    let has_findings = Memo::new(move |_| keys.with(|keys| !keys.is_empty()));
    view! {
        <div class="pane">
            <Show when=move || is_without_recording.get()>
                <WithoutRecording title=CHECKS_BY_LOOK text=CHECKS_BY_LOOK_TEXT />
            </Show>
            <Show when=move || has_findings.get() fallback=|| view! { <NoFindings /> }>
                <ol class="findings">
                    <For each=move || keys.get() key=Clone::clone let(key)>
                        <FindingCard key=key all_keys=keys />
                    </For>
                </ol>
            </Show>
        </div>
    }
}

#[component]
fn NoFindings() -> impl IntoView {
    let text = expect_context::<RecordingStore>().slice(no_findings_text);
    view! {
        <section class="empty">
            <span class="glyph good">
                <Icon name=IconName::Check />
            </span>
            <h2>{CHECKS_NONE}</h2>
            <p>{move || text.get()}</p>
        </section>
    }
}

fn no_findings_text(model: &Model) -> String {
    let (entries, checks) = (grouped(model.data.timeline.len()), grouped(CHECKS.len()));
    match (model.is_recorded(), model.tab()) {
        (true, Some(_)) => words::checks_none_recorded(&entries, &checks),
        (true, None) => words::checks_none_file(&entries, &checks),
        _ => CHECKS_NONE_LOOK.text(),
    }
}
