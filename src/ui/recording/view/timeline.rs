//! The timeline: search, list, and actions for all entries.

use super::list::EntryList;
use super::value::CopyRecorded;
use crate::ui::components::{Button, IconButton, IconName};
use crate::ui::focus::{focus, focus_if_lost};
use crate::ui::i18n::*;
use crate::ui::recording::state::{CopyTarget, Dialog, Event, Group, Model, Source};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::{entry_text, provenance_text};
use crate::ui::shortcut::is_shortcut;
use crate::ui::text::number::grouped;
use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Timeline() -> impl IntoView {
    let has_entries = expect_context::<RecordingStore>().slice(has_entries);
    view! {
        <Show when=move || has_entries.get() fallback=|| view! { <NothingYet /> }>
            <Entries />
        </Show>
        <Footer />
    }
}

fn has_entries(model: &Model) -> bool {
    !model.data.timeline.is_empty()
}

#[component]
fn NothingYet() -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    focus_if_lost(heading, expect_context::<RecordingStore>().view_state.restores_focus());
    view! {
        <section class="empty">
            <h2 tabindex="-1" node_ref=heading>
                {NOTHING_YET_TITLE}
            </h2>
            <p>{NOTHING_YET_TEXT}</p>
        </section>
    }
}

#[component]
fn Entries() -> impl IntoView {
    let grid = NodeRef::new();
    view! {
        <div class="find">
            <Search grid=grid />
            <div class="kinds" role="group" aria-label=REC_CHOOSE_KINDS>
                {Group::ALL.map(|group| view! { <GroupFilter group=group grid=grid /> }).collect_view()}
            </div>
        </div>
        <LossCounts />
        <EntryList grid=grid />
    }
}

#[component]
fn Search(
    /// The list, for moving the keyboard focus there.
    grid: NodeRef<html::Div>,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let text = store.slice(|model| model.list.text.clone());
    let input = NodeRef::<html::Input>::new();
    focus_on_slash(input);
    view! {
        <div class="search">
            <input
                type="search"
                id="find-entries"
                data-action="find"
                placeholder=REC_SEARCH
                aria-label=REC_SEARCH
                title=REC_SEARCH_HINT
                aria-keyshortcuts="/"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || text.get()
                node_ref=input
                on:input:target=move |event| store.dispatch(Event::Find(event.target().value()))
                on:keydown=move |event| handle_search_key(store, grid, &event)
            />
            <kbd>"/"</kbd>
        </div>
    }
}

/// Focuses the search with `/`, except in a text input.
fn focus_on_slash(input: NodeRef<html::Input>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if is_shortcut(&event, "/") {
            event.prevent_default();
            focus(input);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Enter continues in the results. Escape clears the search first, and only then closes the popup.
fn handle_search_key(store: RecordingStore, grid: NodeRef<html::Div>, event: &KeyboardEvent) {
    match event.key().as_str() {
        "ArrowDown" | "Enter" => focus(grid),
        "Escape" if store.with_untracked(|model| !model.list.text.is_empty()) => {
            store.dispatch(Event::Find(String::new()))
        }
        _ => return,
    }
    event.prevent_default();
}

/// The filter for one group. Shown only if the group has entries or is chosen.
#[component]
fn GroupFilter(
    group: Group,
    /// The list, which gets the focus when the filter disappears.
    grid: NodeRef<html::Div>,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let count = store.slice(move |model| model.list.counts[group]);
    let is_chosen = store.slice(move |model| model.list.groups.contains(&group));
    let is_shown = Memo::new(move |_| count.get() > 0 || is_chosen.get());
    let toggle = move || {
        store.dispatch(Event::ToggleGroup(group));
        if !is_shown.get_untracked() {
            focus(grid);
        }
    };
    view! {
        <Show when=move || is_shown.get()>
            <Button
                class="kind"
                action=entry_text::group_action(group)
                on_click=toggle
                attr:aria-pressed=move || is_chosen.get().to_string()
            >
                {move || words::group_count(&entry_text::group(group).text(), &grouped(count.get()))}
            </Button>
        </Show>
    }
}

/// The losses of the recording.
#[component]
fn LossCounts() -> impl IntoView {
    let losses = expect_context::<RecordingStore>().slice(losses);
    view! {
        <Show when=move || losses.with(|losses| !losses.is_empty())>
            <p class="note lost" data-lost="">
                {move || losses.with(|losses| losses.join(" · "))}
            </p>
        </Show>
    }
}

fn losses(model: &Model) -> Vec<String> {
    let unreadable = match &model.source {
        Source::File(Some(file)) => file.unreadable,
        _ => 0,
    };
    provenance_text::losses(model.data.timeline.losses(), unreadable)
}

/// The number of entries, and the actions for them.
#[component]
fn Footer() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let count = store.slice(count_text);
    let can_copy_calls = store.slice(|model| model.is_standalone && model.list.calls > 0);
    let can_clear = store.slice(|model| model.tab().is_some() && has_entries(model));
    let can_open_page = store.slice(|model| !model.is_standalone);
    let can_export = store.slice(has_entries);
    view! {
        <footer class="foot">
            <span class="grow" data-entries="">
                {move || count.get()}
            </span>
            <Show when=move || can_copy_calls.get()>
                <CopyRecorded action="copy-calls" label=COPY_ALL_CALLS what=CopyTarget::Calls />
            </Show>
            <Show when=move || can_clear.get()>
                <IconButton
                    icon=IconName::Bin
                    action="clear"
                    label=CLEAR_OPEN
                    on_click=move || store.dispatch(Event::Open(Dialog::Clear))
                />
            </Show>
            <Show when=move || can_open_page.get()>
                <IconButton
                    icon=IconName::Leave
                    action="open-in-tab"
                    label=OPEN_IN_TAB
                    on_click=move || store.dispatch(Event::OpenPage { file: false })
                />
            </Show>
            <IconButton
                icon=IconName::Folder
                action="open-file"
                label=OPEN_FILE
                on_click=move || store.dispatch(Event::OpenPage { file: true })
            />
            <Show when=move || can_export.get()>
                <Button action="export" on_click=move || store.dispatch(Event::Open(Dialog::Export))>
                    {EXPORT_OPEN}
                </Button>
            </Show>
        </footer>
    }
}

fn count_text(model: &Model) -> String {
    match (model.list.shown, model.data.timeline.len()) {
        (1, 1) => ENTRIES_ONE.text(),
        (shown, all) if shown == all => words::entries_many(&grouped(all)),
        (shown, all) => words::entries_of(&grouped(shown), &grouped(all)),
    }
}
