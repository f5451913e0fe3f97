//! The actions for the page, or for the draft if there is one.

use super::conditions::{is_editable, is_recorded_view_shown, takes_calls};
use super::copy_value::CopyValue;
use crate::lazy::lazy;
use crate::ui::components::Button;
use crate::ui::focus::scroll_to;
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{CopyTarget, Dialog, Event, Mode, Model};
use crate::ui::popup::store::PopupStore;
use inspector_core::edit::change::Change;
use inspector_core::visitor::Field;
use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_shown = store.slice(|model| takes_calls(model) && !is_recorded_view_shown(model));
    let is_editing = store.slice(is_editing);
    view! {
        <Show when=move || is_shown.get()>
            <footer class="foot">
                <LazyShow when=move || is_editing.get() fallback=|| view! { <PageActions /> } load=load_draft_actions />
            </footer>
        </Show>
    }
}

fn is_editing(model: &Model) -> bool {
    let is_begun = !model.edit.draft.is_empty() || model.edit.mode == Mode::Switch;
    is_begun && model.restriction().is_none()
}

#[component]
fn PageActions() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let seconds = store.slice(Model::seconds_since_report);
    let is_editable = store.slice(is_editable);
    let is_live = Memo::new(move |_| seconds.get() == 0);
    let age = move || words::seen_ago(&seconds.get().to_string());
    view! {
        <span class="grow live" title=move || is_live.get().then(|| LIVE.text())>
            <Show when=move || is_live.get() fallback=move || view! { {age} }>
                <span class="sr-only">{LIVE}</span>
            </Show>
        </span>
        <CopyValue action="copy-report" label=COPY_REPORT icon_only=true what=CopyTarget::Report />
        <Show when=move || is_editable.get()>
            <Button action="switch" on_click=move || store.dispatch(Event::BeginSwitch)>
                {SWITCH_OPEN}
            </Button>
            <Button
                class="btn bad"
                action="log-out"
                on_click=move || store.dispatch(Event::Open(Dialog::LogOut { reconnect: true }))
            >
                {LOG_OUT_OPEN}
            </Button>
        </Show>
    }
}

/// The number of changes and errors in the draft.
#[derive(Clone, Copy, PartialEq)]
struct DraftCount {
    errors: usize,
    changes: usize,
    is_acting: bool,
}

impl DraftCount {
    fn read(model: &Model) -> Self {
        let is_change = |field: &&Field| !matches!(model.edit.draft.change(**field), Change::Keep);
        Self {
            errors: model.patch().err().map_or(0, |errors| errors.len()),
            changes: Field::ALL.iter().filter(is_change).count(),
            is_acting: model.is_acting(),
        }
    }

    fn can_apply(self) -> bool {
        !self.is_acting && self.errors == 0 && self.changes > 0
    }

    /// The number of changes, or why they can't be sent.
    fn text(self) -> String {
        match self {
            Self { errors: 1, .. } => ERRORS_ONE.text(),
            Self { errors: errors @ 2.., .. } => words::errors_many(&errors.to_string()),
            Self { changes: 0, .. } => NOTHING_YET.text(),
            Self { changes: 1, .. } => CHANGES_ONE.text(),
            Self { changes, .. } => words::changes_many(&changes.to_string()),
        }
    }
}

lazy! {
    /// The actions for the draft.
    #[part(edit)]
    async fn load_draft_actions() -> AnyView {
        view! { <DraftActions /> }.into_any()
    }
}

#[component]
fn DraftActions() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let count = store.slice(DraftCount::read);
    let apply_text = move || if count.get().is_acting { APPLYING } else { APPLY }.text();
    view! {
        <span class="grow">
            <Summary count=count />
        </span>
        <Button class="btn plain" action="discard" on_click=move || store.dispatch(Event::Discard)>
            {DISCARD}
        </Button>
        <CopyValue action="copy-call" label=COPY_CALL what=CopyTarget::Call />
        <Button
            class="btn primary"
            action="apply"
            disabled=move || !count.get().can_apply()
            on_click=move || store.dispatch(Event::Apply)
            attr:title=APPLY_KEYS
        >
            {apply_text}
        </Button>
    }
}

/// The number of changes, with a link to them or to the first error. The button keeps the focus when an error appears.
#[component]
fn Summary(count: Memo<DraftCount>) -> impl IntoView {
    let has_errors = Memo::new(move |_| count.get().errors > 0);
    let show = move || scroll_to(if has_errors.get_untracked() { "[data-error]" } else { "#preview" });
    view! {
        <Button class="btn link" action="show-preview" on_click=show class:bad=move || has_errors.get()>
            {move || count.get().text()}
        </Button>
    }
}
