//! The expectations: those of the page that is shown first, then those of other recorded pages, the others folded.

mod actions;
mod card;
mod displayed;
mod editor;
mod part;

use super::without_recording::WithoutRecording;
use crate::ui::components::{Icon, IconName, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::recording::state::Model;
use crate::ui::recording::state::expectations::{ExpectationKey, Focus, Place};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::expectation_text;
use actions::{Actions, ImportResult, Removed};
use card::ExpectationCard;
use editor::ExpectationEditor;
use leptos::prelude::*;

#[component]
pub fn ExpectationsPane() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let at = move |place| store.slice(move |model| model.expectations.at(place, model.page()));
    let [here, other_pages, nowhere] = [Place::Here, Place::OtherPages, Place::Nowhere].map(at);
    let is_file = store.slice(|model| model.tab().is_none());
    let here_title = Signal::derive(move || if is_file.get() { EXPECTATIONS_IN_FILE } else { EXPECTATIONS_HERE });
    let is_unrecorded = store.slice(|model| !model.is_recorded() && model.tab().is_some());
    let is_edited = store.slice(|model| model.expectations.editor.is_some());
    let is_empty = store.slice(|model| {
        let expectations = &model.expectations;
        expectations.own.is_some() && expectations.all().next().is_none() && expectations.editor.is_none()
    });
    let count = store.slice(|model| model.expectations.own.as_ref().map(Vec::len));
    view! {
        <div class="pane expectations" data-expectations=move || count.get().map(|count| count.to_string())>
            <Show when=move || is_unrecorded.get()>
                <WithoutRecording title=EXPECTATIONS_UNRECORDED text=EXPECTATIONS_UNRECORDED_TEXT />
            </Show>
            <ExpectationListError />
            <ManagedListError />
            <Actions />
            <ImportResult />
            <Removed />
            <Show when=move || is_edited.get()>
                <ExpectationEditor />
            </Show>
            <Show when=move || is_empty.get()>
                <NoExpectations />
            </Show>
            <Group title=here_title keys=here place=Place::Here />
            <Group title=EXPECTATIONS_BEFORE keys=other_pages place=Place::OtherPages />
            <Folded keys=nowhere />
        </div>
    }
}

/// Whether the state moves the focus to `target`.
fn wants_focus(target: Focus) -> Signal<bool> {
    wants_focus_on(move || Some(target))
}

/// The same for a target that changes, such as a row that is moved. It also notifies when the target changes.
fn wants_focus_on(target: impl Fn() -> Option<Focus> + Send + Sync + 'static) -> Signal<bool> {
    let focus = expect_context::<RecordingStore>().slice(|model| model.expectations.focus);
    Signal::derive(move || focus.get().is_some() && focus.get() == target())
}

/// Why the list wasn't read or changed. While an expectation is edited, its form shows this.
#[component]
fn ExpectationListError() -> impl IntoView {
    let why = expect_context::<RecordingStore>().slice(|model| {
        let failed = model.expectations.failed.as_ref().filter(|_| model.expectations.editor.is_none());
        failed.map(expectation_text::storage_error)
    });
    move || {
        let why = why.get()?;
        Some(view! {
            <Notice tone=Tone::Bad attr:role="alert">
                <p data-error="not-kept">
                    <bdi>{why}</bdi>
                </p>
            </Notice>
        })
    }
}

/// Why the organization's expectations can't be read.
#[component]
fn ManagedListError() -> impl IntoView {
    let why = expect_context::<RecordingStore>()
        .slice(|model| model.expectations.managed_error.as_ref().map(expectation_text::not_expectations));
    move || {
        let why = why.get()?;
        Some(view! {
            <Notice tone=Tone::Warn title=EXPECTATIONS_MANAGED_WRONG>
                <p data-error="managed">
                    <bdi>{why}</bdi>
                </p>
            </Notice>
        })
    }
}

#[component]
fn NoExpectations() -> impl IntoView {
    view! {
        <section class="empty">
            <span class="glyph">
                <Icon name=IconName::Check />
            </span>
            <h2>{EXPECTATIONS_NONE}</h2>
            <p>{EXPECTATIONS_NONE_TEXT}</p>
        </section>
    }
}

/// The expectations of one place; nothing if there are none.
#[component]
fn Group(#[prop(into)] title: Signal<Message>, keys: Memo<Vec<ExpectationKey>>, place: Place) -> impl IntoView {
    let has_any = Memo::new(move |_| keys.with(|keys| !keys.is_empty()));
    view! {
        <Show when=move || has_any.get()>
            <h2 class="group">{move || title.get().text()}</h2>
            <CardList keys=keys place=place />
        </Show>
    }
}

#[component]
fn CardList(keys: Memo<Vec<ExpectationKey>>, place: Place) -> impl IntoView {
    view! {
        <ol class="findings">
            <For each=move || keys.get() key=Clone::clone let(key)>
                <ExpectationCard key=key place=place />
            </For>
        </ol>
    }
}

/// The expectations that apply to none of the recorded pages, or all without a recording, folded.
#[component]
fn Folded(keys: Memo<Vec<ExpectationKey>>) -> impl IntoView {
    let is_recorded = expect_context::<RecordingStore>().slice(Model::is_recorded);
    let count = Memo::new(move |_| keys.with(Vec::len));
    let has_any = Memo::new(move |_| count.get() > 0);
    let title = move || {
        let text = if is_recorded.get() { words::expectations_elsewhere } else { words::expectations_count };
        text(&count.get().to_string())
    };
    view! {
        <Show when=move || has_any.get()>
            <details class="elsewhere">
                <summary data-action="show-elsewhere">{title}</summary>
                <CardList keys=keys place=Place::Nowhere />
            </details>
        </Show>
    }
}
