//! Opening a recording from a file, and the facts about it.

use crate::ui::components::{Icon, IconName, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::recording::state::{Event, FileInfo, Model, OpenError, Source};
use crate::ui::recording::store::RecordingStore;
use crate::ui::text::address::host;
use crate::ui::text::clock;
use crate::webext::file::File;
use crate::webext::property;
use inspector_core::recording::file::MAX_FILE;
use js_sys::Array;
use leptos::ev::{self, DragEvent};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Opens a dropped file if none is open. Without a handler for the drag, the browser leaves the page for the file,
/// wherever it is dropped.
pub fn handle_drops(store: RecordingStore) {
    let dragged = window_event_listener(ev::dragover, |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        if store.with_untracked(|model| model.source == Source::File(None)) {
            open(store, File::first_of(&property(&event, "dataTransfer")));
        }
    });
    on_cleanup(move || {
        dragged.remove();
        dropped.remove();
    });
}

/// Whether files are dragged, and not a selected text.
fn has_files(event: &DragEvent) -> bool {
    let types = property(&property(event, "dataTransfer"), "types");
    Array::from(&types).includes(&"Files".into(), 0)
}

/// Lets the person choose or drop a file; see [`handle_drops`].
#[component]
pub fn FileChooser() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    view! {
        <div class="pane">
            <section class="empty drop">
                <span class="glyph">
                    <Icon name=IconName::Folder />
                </span>
                <h2>{FILE_TITLE}</h2>
                <p>{FILE_TEXT}</p>
                <div class="actions">
                    <label class="btn primary">
                        {FILE_CHOOSE}
                        <input
                            type="file"
                            class="sr-only"
                            accept=".json,application/json"
                            data-action="choose-file"
                            on:change:target=move |event| open(store, File::chosen(&event.target()))
                        />
                    </label>
                </div>
                <Refusal />
            </section>
        </div>
    }
}

fn open(store: RecordingStore, file: Option<File>) {
    let Some(file) = file else { return };
    store.dispatch(Event::FileChosen);
    let choice = store.with_untracked(|model| model.file_choice);
    spawn_local(async move {
        let (name, text) = (file.name(), file.text(MAX_FILE).await);
        store.dispatch(Event::FileRead { choice, name, text });
    });
}

/// Why the last file couldn't be opened.
#[component]
fn Refusal() -> impl IntoView {
    let refused = expect_context::<RecordingStore>().slice(|model| model.not_opened.clone());
    move || {
        let (kind, title, text) = refusal_text(&refused.get()?);
        Some(view! {
            <Notice tone=Tone::Bad title=title attr:role="alert" attr:data-error=kind>
                {text.map(|text| view! { <p><bdi>{text}</bdi></p> })}
            </Notice>
        })
    }
}

/// The stable name of a reason, its title and its text.
fn refusal_text(why: &OpenError) -> (&'static str, Message, Option<String>) {
    match why {
        OpenError::TooLarge => ("too-large", FILE_TOO_LARGE, None),
        OpenError::NotARecording => ("not-a-recording", FILE_NOT_A_RECORDING, Some(FILE_NOT_A_RECORDING_TEXT.text())),
        OpenError::OtherSchema(name) if name.is_empty() => {
            ("other-schema", FILE_OTHER_SCHEMA, Some(FILE_OTHER_SCHEMA_NONE.text()))
        }
        OpenError::OtherSchema(name) => ("other-schema", FILE_OTHER_SCHEMA, Some(words::file_other_schema_text(name))),
        OpenError::Unreadable(why) => ("unreadable", FILE_UNREADABLE, Some(why.to_string())),
    }
}

/// The open file, or the site of the tab.
#[component]
pub fn SourceInfo() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let name = store.slice(source_name);
    let file = store.slice(|model| open_file(model).cloned());
    view! {
        {move || name.get().map(|name| view! { <bdi class="file-name">{name}</bdi> })}
        {move || file.get().map(|file| view! { <FileNote file=file /> })}
    }
}

fn open_file(model: &Model) -> Option<&FileInfo> {
    match &model.source {
        Source::File(file) => file.as_ref(),
        Source::Tab(_) => None,
    }
}

fn source_name(model: &Model) -> Option<String> {
    if let Some(file) = open_file(model) {
        return Some(file.name.clone());
    }
    let page = model.data.timeline.in_order().into_iter().rev().find(|document| document.is_main_frame())?;
    Some(host(&page.sender.url).to_owned())
}

#[component]
fn FileNote(file: FileInfo) -> impl IntoView {
    let (name, masked) = if file.masked { ("masked", FILE_MASKED) } else { ("plain", FILE_PLAIN) };
    let parts = [FILE_OF.text(), masked.text(), words::file_written(&clock::date_time(file.at))];
    view! {
        <span class="meta" data-file=name>
            {parts.join(" · ")}
        </span>
    }
}
