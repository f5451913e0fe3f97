//! Import, export, and a new expectation from the page's current behavior.

use super::wants_focus;
use crate::ui::components::{Button, Notice, Tone};
use crate::ui::focus::focus_ref;
use crate::ui::i18n::*;
use crate::ui::recording::state::expectations::{ExpectationEvent, Focus, Import};
use crate::ui::recording::state::{Event, Model};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::expectation_text;
use crate::webext::file::File;
use inspector_core::expectations::MAX_FILE;
use leptos::either::Either;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

#[component]
pub fn Actions() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let can_export = store.slice(|model| !model.expectations.own().is_empty());
    let can_expect_seen = store.slice(Model::can_expect_seen);
    let is_standalone = store.slice(|model| model.is_standalone);
    let import = move || match is_standalone.get() {
        true => Either::Left(view! { <ImportInput /> }),
        false => Either::Right(view! { <ImportElsewhere /> }),
    };
    view! {
        <div class="actions">
            {import}
            <Show when=move || can_export.get()>
                <Button
                    action="export-expectations"
                    on_click=move || store.dispatch(Event::Expectation(ExpectationEvent::Export))
                >
                    {EXPECTATIONS_EXPORT}
                </Button>
            </Show>
            <Show when=move || can_expect_seen.get()>
                <Button action="expect-seen" on_click=move || store.dispatch(Event::ExpectSeen)>
                    {EXPECTATIONS_SEEN}
                </Button>
            </Show>
        </div>
    }
}

#[component]
fn ImportInput() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let import = focus_ref::<html::Input>(wants_focus(Focus::Import));
    view! {
        <label class="btn">
            {EXPECTATIONS_IMPORT}
            <input
                type="file"
                class="sr-only"
                accept=".json,.toml,application/json"
                data-action="import-expectations"
                aria-describedby="import-result"
                node_ref=import
                on:change:target=move |event| read_file(store, &event.target())
            />
        </label>
    }
}

/// A file chooser closes the popup in Firefox, so the file is chosen on the recording's own page.
#[component]
fn ImportElsewhere() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let import = focus_ref::<html::Button>(wants_focus(Focus::Import));
    view! {
        <Button
            action="import-expectations"
            node_ref=import
            on_click=move || store.dispatch(Event::OpenExpectations)
        >
            {EXPECTATIONS_IMPORT}
        </Button>
    }
}

fn read_file(store: RecordingStore, input: &HtmlInputElement) {
    let Some(file) = File::chosen(input) else { return };
    store.dispatch(Event::Expectation(ExpectationEvent::FileChosen));
    spawn_local(async move {
        let (name, text) = (file.name(), file.text(MAX_FILE).await);
        store.dispatch(Event::Expectation(ExpectationEvent::FileRead { name, text }));
    });
}

/// The result of the last import.
#[component]
pub fn ImportResult() -> impl IntoView {
    let import = expect_context::<RecordingStore>().slice(|model| model.expectations.import.clone());
    let imported = Memo::new(move |_| match import.get()? {
        Import::Done { imported, known } => Some((imported, known)),
        _ => None,
    });
    let not_imported = move || import.get().map(|import| view! { <NotImported import=import /> });
    view! {
        <div id="import-result">
            // It is there before its text, so that screen readers announce it.
            <p role="status" data-imported=move || imported.get().map(|(imported, _)| imported.to_string())>
                {move || imported.get().map(|(imported, known)| imported_text(imported, known))}
            </p>
            {not_imported}
        </div>
    }
}

fn imported_text(imported: usize, known: usize) -> String {
    let known = (known > 0).then(|| words::expectations_known(&known.to_string()));
    let parts = [Some(words::expectations_imported(&imported.to_string())), known];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[component]
fn NotImported(import: Import) -> impl IntoView {
    let (kind, why) = match import {
        Import::Wrong(error) => ("not-expectations", expectation_text::not_expectations(&error)),
        Import::TooLarge => ("too-large", PRESETS_FILE_LARGE.text()),
        Import::Unreadable(why) => ("unreadable", why.to_string()),
        Import::Done { .. } => return None,
    };
    Some(view! {
        <Notice tone=Tone::Bad title=EXPECTATIONS_NOT_IMPORTED attr:role="alert">
            <p data-error=kind>
                <bdi>{why}</bdi>
            </p>
        </Notice>
    })
}

/// The last deleted expectation, with a button to restore it.
#[component]
pub fn Removed() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let name =
        store.slice(|model| model.expectations.removed.last().map(|(_, stored)| stored.expectation().name.to_string()));
    let undo = focus_ref::<html::Button>(wants_focus(Focus::Undo));
    move || {
        let name = name.get()?;
        Some(view! {
            <Notice tone=Tone::Quiet>
                <p role="status">
                    <bdi>{words::named_item_deleted(&name)}</bdi>
                </p>
                <div class="actions">
                    <Button
                        class="btn small"
                        action="undo-expectation"
                        node_ref=undo
                        on_click=move || store.dispatch(Event::Expectation(ExpectationEvent::PutBack))
                    >
                        {UNDO_DO}
                    </Button>
                </div>
            </Notice>
        })
    }
}
