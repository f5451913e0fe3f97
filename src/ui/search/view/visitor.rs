//! A visitor on the server: to read, copy and watch, never to change.

use super::{OptionsLink, SearchStore};
use crate::ui::components::{Button, CopyButton, IconButton, IconName, Notice, StatusRegion, Tone};
use crate::ui::copying::Copied;
use crate::ui::i18n::*;
use crate::ui::search::state::{Event, Model, OpenedVisitor, WatchState};
use crate::ui::text::clock::date_time;
use crate::ui::text::field_text;
use crate::ui::text::server::{problem, yes_no};
use crate::webext::preferences::is_masked;
use inspector_core::upscope_api::base_url::Deployment;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{ServerValue, ServerVisitor};
use inspector_core::visitor::Field;
use inspector_core::visitor::watch_link::{HOST, watch_link};
use leptos::prelude::*;

/// Created again only for another visitor, so that later data moves neither the focus nor the buttons.
#[component]
pub fn VisitorPanel() -> impl IntoView {
    let short_id = expect_context::<SearchStore>().slice(|model| Some(model.open.as_ref()?.short_id.clone()));
    move || short_id.get().map(|short_id| view! { <Section short_id=short_id /> })
}

/// What `read` finds in the opened visitor; `None` without one. Changes only with that value.
fn slice_open<T>(read: impl Fn(&OpenedVisitor) -> Option<T> + Send + Sync + 'static) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    expect_context::<SearchStore>().slice(move |model| model.open.as_ref().and_then(&read))
}

#[component]
fn Section(short_id: ShortId) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let watch = slice_open(|open| Some(watch_name(&open.watch)));
    let title = slice_open(|open| Some(title(open)));
    view! {
        <section class="visitor" data-open=short_id.as_str().to_owned() data-watch=move || watch.get()>
            <div class="notice-head">
                <h2>
                    <bdi>{move || title.get()}</bdi>
                </h2>
                <IconButton
                    icon=IconName::Close
                    action="close"
                    label=FIND_CLOSE
                    on_click=move || store.dispatch(Event::Close)
                />
            </div>
            <ServerProblem />
            <Actions short_id=short_id.clone() />
            <WatchStatus />
            <Facts />
        </section>
    }
}

fn title(open: &OpenedVisitor) -> String {
    open.visitor.as_ref().map_or(open.short_id.as_str(), |visitor| visitor.title()).to_owned()
}

/// The value of `data-watch`.
fn watch_name(watch: &WatchState) -> &'static str {
    match watch {
        WatchState::Idle => "idle",
        WatchState::Checking => "checking",
        WatchState::Starting => "starting",
        WatchState::Started => "started",
        WatchState::Failed(problem) => problem.name(),
    }
}

/// Why the server didn't return the visitor.
#[component]
fn ServerProblem() -> impl IntoView {
    let why = slice_open(|open| open.problem.as_ref().map(problem));
    move || {
        let why = why.get()?;
        Some(view! {
            <Notice tone=Tone::Bad>
                <p>{why}</p>
            </Notice>
        })
    }
}

#[component]
fn Actions(short_id: ShortId) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let is_cloud = store.slice(is_cloud);
    let has_tab = slice_open(|open| open.tab);
    let id = short_id.as_str().to_owned();
    // The URL that the vendor documents. An on-premise server has another one, which its API doesn't return.
    let link = watch_link(HOST, &id);
    view! {
        <div class="actions">
            <CopyText name="copy-short-id" label=COPY_SHORT_ID text=id />
            <Show when=move || is_cloud.get()>
                <CopyText name="copy-watch-link" label=COPY_WATCH_LINK text=link.clone() />
                <WatchButton />
            </Show>
            // The tab is found later, so it is the last row: nothing moves under the pointer.
            <Show when=move || has_tab.get().is_some()>
                <Button action="jump" on_click=move || store.dispatch(Event::Jump)>
                    {FIND_JUMP}
                </Button>
            </Show>
        </div>
    }
}

fn is_cloud(model: &Model) -> bool {
    model.connected().is_some_and(|account| account.kind == Deployment::Cloud)
}

/// A button that copies a text.
#[component]
fn CopyText(name: &'static str, label: Message, text: String) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let copied = store.slice(move |model| Copied::of(&name, model.copied.as_ref()));
    let copy = move || store.dispatch(Event::Copy { name, text: text.clone(), masked: is_masked() });
    view! { <CopyButton action=name label=label copied=copied on_copy=copy /> }
}

/// Starts watching, or shows what is missing for it.
#[component]
fn WatchButton() -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let has_name = store.slice(|model| model.connected().is_some_and(|account| !account.agent.name.is_empty()));
    let is_busy = slice_open(|open| Some(matches!(open.watch, WatchState::Checking | WatchState::Starting)));
    let no_name = || {
        view! {
            <p class="src">{WATCH_NO_NAME}</p>
            <OptionsLink />
        }
    };
    view! {
        <Show when=move || has_name.get() fallback=no_name>
            <Button
                class="btn primary"
                action="watch"
                busy=Signal::derive(move || is_busy.get() == Some(true))
                on_click=move || store.dispatch(Event::Watch)
            >
                {WATCH_START}
            </Button>
        </Show>
    }
}

/// The progress of starting to watch.
#[component]
fn WatchStatus() -> impl IntoView {
    let status = slice_open(|open| match open.watch {
        WatchState::Idle | WatchState::Failed(_) => None,
        WatchState::Checking => Some(WATCH_CHECKING.text()),
        WatchState::Starting => Some(WATCH_STARTING.text()),
        WatchState::Started => Some(WATCH_STARTED.text()),
    });
    let failure = slice_open(|open| match &open.watch {
        WatchState::Failed(why) => Some(problem(why)),
        _ => None,
    });
    view! {
        <StatusRegion>
            <ShowLet some=status let:text>
                <p>{text}</p>
            </ShowLet>
        </StatusRegion>
        <ShowLet some=failure let:why>
            <Notice tone=Tone::Bad attr:role="alert">
                <p>{why}</p>
            </Notice>
        </ShowLet>
    }
}

/// The server's data, a row for each known value.
#[component]
fn Facts() -> impl IntoView {
    let visitor = slice_open(|open| open.visitor.clone());
    let row = |(name, value): (Message, String)| {
        view! {
            <dt>{name}</dt>
            <dd>
                <bdi>{value}</bdi>
            </dd>
        }
    };
    move || {
        let rows = rows(&visitor.get()?);
        Some(view! { <dl>{rows.into_iter().map(row).collect_view()}</dl> })
    }
}

fn rows(visitor: &ServerVisitor) -> Vec<(Message, String)> {
    let text = |known: &ServerValue<String>| known.value().cloned();
    let list = |known: &ServerValue<Vec<String>>| known.value().map(|list| list.join(", "));
    let time = |known: &ServerValue<i64>| known.value().map(|at| date_time(*at));
    let fields = Field::ALL.map(|field| (field_text::name(field), list(&visitor.fields[field])));
    let others = [
        (FIELD_LOOKUP_CODE, text(&visitor.lookup_code)),
        (ROW_EMAIL, text(&visitor.email)),
        (FIND_ONLINE, yes_no(&visitor.is_online)),
        (STATE_IN_SESSION, yes_no(&visitor.is_in_session)),
        (ROW_SUPPORTED, yes_no(&visitor.is_supported)),
        (ROW_WAITING_FOR_CALL, yes_no(&visitor.is_waiting_for_call)),
        (ROW_CALL_NAME, text(&visitor.call_name)),
        (ROW_LAST_URL, text(&visitor.last_url)),
        (ROW_LAST_SEEN, time(&visitor.last_seen_at)),
        (ROW_ADDED, time(&visitor.added_at)),
        (ROW_BROWSER, text(&visitor.browser)),
        (ROW_DEVICE, text(&visitor.device)),
        (FIND_IP, text(&visitor.ip_address)),
        (ROW_LOCATION, text(&visitor.location)),
        (DETAIL_CHATS, text(&visitor.integration)),
        (DETAIL_OVERRIDES, yes_no(&visitor.js_configuration)),
        (DETAIL_PUBLIC_KEY, text(&visitor.api_key)),
    ];
    let short_id = (FIELD_SHORT_ID, Some(visitor.short_id.as_str().to_owned()));
    let rows = [short_id].into_iter().chain(fields).chain(others);
    rows.filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?))).collect()
}
