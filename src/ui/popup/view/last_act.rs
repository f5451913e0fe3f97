//! The last act and its result.

use crate::lazy::lazy;
use crate::ui::components::{Button, IconButton, IconName, Tone};
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{Event, Model};
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::outcome::{ActState, FieldOutcomeText, FieldResult, OutcomeText, PersonalPart, describe};
use crate::ui::text::field_text;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use leptos::html;
use leptos::prelude::*;

/// The banner's element stays while its content changes, because the person may be using its buttons.
#[component]
pub fn LastActBanner() -> impl IntoView {
    let is_shown = expect_context::<PopupStore>().slice(|model| model.last.is_some() && model.report().is_some());
    view! {
        <LazyShow when=move || is_shown.get() load=load_banner />
    }
}

lazy! {
    /// The banner.
    #[part(edit)]
    async fn load_banner() -> AnyView {
        view! { <Banner /> }.into_any()
    }
}

/// The newest act on this page, as text.
pub fn read_last_act(model: &Model) -> Option<OutcomeText> {
    let (act, report) = (model.last.as_ref()?, model.report()?);
    let dead_queue = report.sdk == Sdk::Loaded(Link::NotConnected(Idle::DeadQueue));
    let mut outcome = describe(act, report, dead_queue);
    outcome.can_undo &= model.restriction().is_none();
    outcome.mark_confirmed(|field| model.is_confirmed(field));
    Some(outcome)
}

fn tone(act: &OutcomeText) -> Tone {
    match act.state {
        ActState::Running => Tone::Info,
        ActState::Done if act.outcomes.iter().any(is_wrong) => Tone::Warn,
        ActState::Done => Tone::Good,
        ActState::Waiting => Tone::Warn,
        ActState::NotDone | ActState::Unanswered => Tone::Bad,
    }
}

fn is_wrong(field: &FieldOutcomeText) -> bool {
    matches!(field.outcome, FieldResult::Lost | FieldResult::Differs)
}

#[component]
fn Banner() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let act = store.slice(|model| read_last_act(model).unwrap_or_default());
    let is_running = Memo::new(move |_| act.with(|act| act.state == ActState::Running));
    let title = Memo::new(move |_| act.with(|act| act.title.clone()));
    let text = Memo::new(move |_| act.with(|act| act.text.clone()));
    let section = NodeRef::<html::Section>::new();
    // Scrolls to the top when an act begins and when it ends. Later changes don't scroll.
    Effect::new(move |was_running: Option<bool>| {
        let is_running = is_running.get();
        if is_running != was_running.unwrap_or(false)
            && let Some(section) = section.get_untracked()
        {
            section.scroll_into_view();
        }
        is_running
    });
    view! {
        <section
            class=move || act.with(tone).class()
            data-act=move || act.with(|act| act.state.name())
            data-personal=move || act.with(|act| act.personal.map(PersonalPart::name))
            data-error=move || act.with(|act| act.error)
            node_ref=section
        >
            <div class="notice-head">
                <h2>
                    <bdi>{move || title.get()}</bdi>
                </h2>
                <Show when=move || !is_running.get()>
                    <IconButton
                        icon=IconName::Close
                        action="dismiss"
                        label=DISMISS
                        on_click=move || store.dispatch(Event::DismissLast)
                    />
                </Show>
            </div>
            <Outcomes act=act />
            {move || text.get().into_iter().map(|text| view! { <p><bdi>{text}</bdi></p> }).collect_view()}
            <Show when=move || act.with(|act| act.can_undo)>
                <div class="actions">
                    <Button action="undo" on_click=move || store.dispatch(Event::Undo)>
                        {UNDO_DO}
                    </Button>
                </div>
            </Show>
        </section>
    }
}

/// The result for each field.
#[component]
fn Outcomes(act: Memo<OutcomeText>) -> impl IntoView {
    let outcomes = Memo::new(move |_| act.with(|act| act.outcomes.clone()));
    let outcome = |FieldOutcomeText { field, outcome, text }: FieldOutcomeText| {
        view! {
            <li data-outcome=outcome.name() data-outcome-field=field.key()>
                <b>{field_text::name(field)}</b>
                <bdi>{text}</bdi>
            </li>
        }
    };
    let list = move |outcomes: Vec<FieldOutcomeText>| {
        view! { <ul class="outcomes">{outcomes.into_iter().map(outcome).collect_view()}</ul> }
    };
    move || Some(outcomes.get()).filter(|outcomes| !outcomes.is_empty()).map(list)
}
