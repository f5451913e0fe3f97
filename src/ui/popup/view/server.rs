//! The server's view of the visitor and of each value of the page.

use crate::lazy::lazy;
use crate::ui::comparison::server_view::ServerView;
use crate::ui::comparison::state::State;
use crate::ui::components::{Button, IconButton, IconName, Tone};
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{Event, Model, WatchError, WatchProgress};
use crate::ui::popup::store::PopupStore;
use crate::ui::text::server::problem;
use inspector_core::upscope_api::compare::Agreement;
use inspector_core::upscope_api::problem::ApiProblem;
use leptos::prelude::*;

/// Values without a field in the visitor view.
const ELSEWHERE: &str = "jsConfiguration";

/// The card of the account's server; nothing where no account was added. Its buttons stay while responses arrive.
#[component]
pub fn ServerCard() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_shown = store.slice(|model| model.server.is_some());
    view! {
        <LazyShow when=move || is_shown.get() load=load_card />
    }
}

lazy! {
    /// The card.
    #[part(comparison)]
    async fn load_card() -> AnyView {
        view! { <Card /> }.into_any()
    }
}

/// The server's view of one value; nothing before it was requested.
#[component]
pub fn ServerViewLine(
    /// The field's key in the SDK.
    key: &'static str,
) -> impl IntoView {
    let line = expect_context::<PopupStore>().slice(move |model| model.server_line(key).cloned());
    view! {
        <ShowLet some=line let:line>
            <p
                class="server-line"
                data-agreement=line.agreement.name()
                data-reason=line.agreement.reason()
                data-server-line=key
            >
                <bdi>{line.text}</bdi>
            </p>
        </ShowLet>
    }
}

#[component]
fn Card() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let tone = server_part(store, tone);
    let state = server_part(store, |server| server.state.clone());
    let agrees = server_part(store, |server| server.agrees);
    let title = server_part(store, |server| server.text.clone());
    let is_asking = server_part(store, |server| server.asking);
    let facts = server_part(store, |server| server.facts.clone());
    view! {
        <section
            class=move || tone.get().class()
            data-server=move || state.with(State::name)
            data-problem=move || state.with(|state| state.problem().map(ApiProblem::name))
            data-agrees=move || agrees.get().to_string()
        >
            <div class="notice-head">
                <h2>{move || title.get()}</h2>
                <IconButton
                    icon=IconName::Refresh
                    action="ask-server"
                    label=SERVER_ASK
                    busy=is_asking
                    on_click=move || store.dispatch(Event::RefreshServer)
                />
            </div>
            <ShowLet some=facts let:facts>
                <p data-facts="">
                    <bdi>{facts}</bdi>
                </p>
            </ShowLet>
            <Elsewhere />
            <Show when=move || state.with(|state| *state == State::Compared)>
                <Actions />
            </Show>
            <Show when=move || state.with(needs_options)>
                <p>
                    <a href="options.html" target="_blank" data-action="options">
                        {FIND_OPTIONS}
                    </a>
                </p>
            </Show>
            <NotWatching />
        </section>
    }
}

/// A slice of the server's view, or of an empty one if no account is connected.
fn server_part<T>(store: PopupStore, read: fn(&ServerView) -> T) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    store.slice(move |model| model.server.as_deref().map_or_else(|| read(&ServerView::default()), read))
}

fn tone(server: &ServerView) -> Tone {
    match server.state {
        State::Compared if server.agrees => Tone::Good,
        State::Compared | State::NoAccount => Tone::Warn,
        State::Failed(_) => Tone::Bad,
        State::Asking | State::NoShortId => Tone::Quiet,
    }
}

/// A difference in a value without a field in the visitor view.
#[component]
fn Elsewhere() -> impl IntoView {
    let text = expect_context::<PopupStore>().slice(|model| {
        let line = model.server_line(ELSEWHERE).filter(|line| matches!(line.agreement, Agreement::Differs(_)))?;
        Some(line.text.clone())
    });
    view! {
        <ShowLet some=text let:text>
            <p data-server-line=ELSEWHERE>
                <bdi>{text}</bdi>
            </p>
        </ShowLet>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let can_watch = server_part(store, |server| server.can_watch);
    let short_id = server_part(store, |server| server.short_id.clone());
    let is_starting = store.slice(|model| model.watching == WatchProgress::Starting);
    view! {
        <div class="actions">
            <Show when=move || can_watch.get()>
                <Button
                    class="btn small"
                    action="watch"
                    busy=is_starting
                    on_click=move || store.dispatch(Event::Watch)
                >
                    {WATCH_START}
                </Button>
            </Show>
            <ShowLet some=short_id let:id>
                <a class="btn small plain" href=format!("find.html#{id}") target="_blank" data-action="show-all">
                    {SERVER_SHOW_ALL}
                </a>
            </ShowLet>
        </div>
    }
}

/// Whether the person can fix the problem in the options.
fn needs_options(state: &State) -> bool {
    match state {
        State::NoAccount => true,
        State::Failed(problem) => matches!(
            problem,
            ApiProblem::NoAccount
                | ApiProblem::KeyGone
                | ApiProblem::NoPermission
                | ApiProblem::InvalidKey
                | ApiProblem::NotEnabled
        ),
        State::Asking | State::NoShortId | State::Compared => false,
    }
}

/// Why watching did not start.
#[component]
fn NotWatching() -> impl IntoView {
    let text = expect_context::<PopupStore>().slice(|model: &Model| match &model.watching {
        WatchProgress::Failed(why) => Some(watch_error(why)),
        _ => None,
    });
    view! {
        <ShowLet some=text let:text>
            <p class="error" role="alert">
                <bdi>{text}</bdi>
            </p>
        </ShowLet>
    }
}

fn watch_error(why: &WatchError) -> String {
    match why {
        WatchError::NotLoaded => PANEL_BROKEN.text(),
        WatchError::Api(why) => problem(why),
    }
}
