//! The recorded views: the one in front, and the frame of a page of its own.

use super::announcements::Announcements;
use super::checks::Checks;
use super::dialogs::Dialogs;
use super::expectations::ExpectationsPane;
use super::file::{FileChooser, SourceInfo, handle_drops};
use super::history::History;
use super::sites::{NotRecorded, Sites};
use super::timeline::Timeline;
use crate::ui::components::{Button, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::recording::state::{Destination, Event, Model, RecordingState, Source, View};
use crate::ui::recording::store::RecordingStore;
use leptos::either::EitherOf8;
use leptos::prelude::*;

/// The recorded views with their state.
pub fn root(store: RecordingStore) -> impl IntoView {
    provide_context(store);
    view! { <Recorded /> }
}

#[component]
fn Recorded() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let name = store.slice(view_name);
    let is_standalone = store.slice(|model| model.is_standalone);
    let has_tabs = store.slice(|model| model.is_standalone && (model.is_recorded() || model.tab().is_some()));
    handle_drops(store);
    store.view_state.follow_pointer();
    view! {
        <div class="recorded" class:alone=move || is_standalone.get() data-view=move || name.get()>
            <Show when=move || is_standalone.get()>
                <header class="head">
                    <h1 class="host">{RECORDED_PAGE_TITLE}</h1>
                    <SourceInfo />
                </header>
            </Show>
            <Show when=move || has_tabs.get()>
                <ViewTabs />
            </Show>
            <Failure />
            <div class="view">
                <Pane />
            </div>
            <Dialogs />
            <Announcements />
        </div>
    }
}

/// The value of `data-view`; `file` while no file is open.
fn view_name(model: &Model) -> &'static str {
    if model.source == Source::File(None) { "file" } else { model.view.name() }
}

/// The view in front.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Front {
    FileChooser,
    Loading,
    NotRecorded,
    Timeline,
    Checks,
    Expectations,
    History,
    Sites,
}

impl Front {
    fn read(model: &Model) -> Self {
        match (&model.source, model.data.state, model.view) {
            (Source::File(None), ..) => Self::FileChooser,
            (_, RecordingState::Loading, _) => Self::Loading,
            (_, _, View::Checks) => Self::Checks,
            (_, _, View::Expectations) => Self::Expectations,
            (_, _, View::Sites) => Self::Sites,
            (_, RecordingState::Nothing, _) => Self::NotRecorded,
            (_, _, View::Timeline) => Self::Timeline,
            (_, _, View::History(_)) => Self::History,
        }
    }
}

#[component]
fn Pane() -> impl IntoView {
    let front = expect_context::<RecordingStore>().slice(Front::read);
    move || match front.get() {
        Front::FileChooser => EitherOf8::A(view! { <FileChooser /> }),
        Front::Loading => EitherOf8::B(view! { <p class="note loading">{REC_LOADING}</p> }),
        Front::NotRecorded => EitherOf8::C(view! { <NotRecorded /> }),
        Front::Timeline => EitherOf8::D(view! { <Timeline /> }),
        Front::Checks => EitherOf8::E(view! { <Checks /> }),
        Front::History => EitherOf8::F(view! { <History /> }),
        Front::Sites => EitherOf8::G(view! { <Sites /> }),
        Front::Expectations => EitherOf8::H(view! { <ExpectationsPane /> }),
    }
}

/// Why the last action failed.
#[component]
fn Failure() -> impl IntoView {
    let failed = expect_context::<RecordingStore>().slice(|model| model.failed.as_ref().map(ToString::to_string));
    move || {
        let why = failed.get()?;
        Some(view! {
            <Notice tone=Tone::Bad title=REC_FAILED attr:role="alert">
                <p>
                    <bdi>{why}</bdi>
                </p>
            </Notice>
        })
    }
}

#[component]
fn ViewTabs() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_of_tab = store.slice(|model| model.tab().is_some());
    let history = store.slice(|model| View::History(model.subject));
    view! {
        <nav class="tabs" aria-label=RECORDED_PAGE_TITLE>
            <ViewTab action="show-timeline" view=View::Timeline>
                {REC_TIMELINE}
            </ViewTab>
            <ViewTab action="show-checks" view=View::Checks>
                {REC_CHECKS}
                <ProblemCount />
            </ViewTab>
            <ViewTab action="show-expectations" view=View::Expectations>
                {EXPECTATIONS}
                <FailingCount />
            </ViewTab>
            <ViewTab action="show-history" view=history>
                {REC_HISTORY}
            </ViewTab>
            <Show when=move || is_of_tab.get()>
                <ViewTab action="show-sites" view=View::Sites>
                    {REC_SITES}
                </ViewTab>
            </Show>
        </nav>
    }
}

#[component]
fn ViewTab(action: &'static str, #[prop(into)] view: Signal<View>, children: Children) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_current = store.slice(move |model| model.view.name() == view.get().name());
    view! {
        <Button
            class="tab"
            action=action
            on_click=move || store.dispatch(Event::Go(Destination::View(view.get_untracked())))
            attr:aria-current=move || is_current.get().then_some("page")
        >
            {children()}
        </Button>
    }
}

#[component]
fn ProblemCount() -> impl IntoView {
    let count = expect_context::<RecordingStore>().slice(Model::problems);
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="count">{move || count.get()}</span>
        </Show>
    }
}

#[component]
fn FailingCount() -> impl IntoView {
    let count = expect_context::<RecordingStore>().slice(Model::failing);
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="count">{move || count.get()}</span>
        </Show>
    }
}
