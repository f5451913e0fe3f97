//! The dialogs before acts that can't be undone or that need more input.

use super::last_act::read_last_act;
use crate::lazy::lazy;
use crate::ui::components::{Button, Checkbox, ItemError, Modal, TextEditor};
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{Dialog, Event, Model};
use crate::ui::popup::store::PopupStore;
use inspector_core::page_report::connection::{Link, Sdk};
use inspector_core::visitor::lookup_code::LookupCode;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The dialogs, from the first one on. They stay, because the browser's element returns the focus when it closes.
#[component]
pub fn Dialogs() -> impl IntoView {
    let is_open = expect_context::<PopupStore>().slice(|model| model.dialog.is_some());
    let is_needed = Memo::new(move |was_needed| is_open.get() || was_needed == Some(&true));
    view! {
        <LazyShow when=move || is_needed.get() load=load_dialogs />
    }
}

lazy! {
    /// Every dialog.
    #[part(edit)]
    async fn load_dialogs() -> AnyView {
        view! { <OpenDialog /> }.into_any()
    }
}

#[component]
fn OpenDialog() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let kind = store.slice(|model| model.dialog.map(DialogKind::from));
    let content = move || {
        Some(match kind.get()? {
            DialogKind::LogOut => view! { <LogOut /> }.into_any(),
            DialogKind::AskCode => view! { <AskCode /> }.into_any(),
            DialogKind::SetCode => view! { <SetCode /> }.into_any(),
        })
    };
    view! {
        <Modal name=move || kind.get().map(DialogKind::name) on_cancel=move || store.dispatch(Event::CloseDialog)>
            {content}
        </Modal>
    }
}

/// A dialog without its choices, which don't create it again.
#[derive(Clone, Copy, PartialEq)]
enum DialogKind {
    LogOut,
    AskCode,
    SetCode,
}

impl From<Dialog> for DialogKind {
    fn from(dialog: Dialog) -> Self {
        match dialog {
            Dialog::LogOut { .. } => Self::LogOut,
            Dialog::AskCode => Self::AskCode,
            Dialog::SetCode => Self::SetCode,
        }
    }
}

impl DialogKind {
    /// The value of `data-dialog`.
    fn name(self) -> &'static str {
        match self {
            Self::LogOut => "log-out",
            Self::AskCode => "ask-code",
            Self::SetCode => "set-code",
        }
    }
}

/// The form of a dialog: its content, and the buttons that cancel and confirm the act.
#[component]
fn ConfirmAct(
    title: Message,
    /// The classes of the button that confirms.
    class: &'static str,
    confirm: Message,
    children: Children,
) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_disabled = store.slice(|model| model.is_acting() || !is_ready(model));
    let is_acting = store.slice(Model::is_acting);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !is_disabled.get_untracked() {
            store.dispatch(Event::Confirm);
        }
    };
    view! {
        <form on:submit=submit>
            <h2 id="dialog-title">{title}</h2>
            {children()}
            <Failure />
            <div class="actions">
                <Button action="cancel" on_click=move || store.dispatch(Event::CloseDialog)>
                    {CANCEL}
                </Button>
                <button type="submit" class=class data-action="confirm" disabled=move || is_disabled.get()>
                    {move || if is_acting.get() { APPLYING } else { confirm }.text()}
                </button>
            </div>
        </form>
    }
}

/// Why an act failed. An open dialog covers the banner that shows this.
#[component]
fn Failure() -> impl IntoView {
    let failed = expect_context::<PopupStore>().slice(|model| read_last_act(model).filter(|act| act.error.is_some()));
    view! {
        <ShowLet some=failed let:act>
            <p class="error">
                <b>{act.title}</b>
                <bdi>{act.text.join(" ")}</bdi>
            </p>
        </ShowLet>
    }
}

fn is_ready(model: &Model) -> bool {
    match model.dialog {
        Some(Dialog::SetCode) => model.edit.code.as_deref().is_some_and(|code| LookupCode::parse(code).is_some()),
        _ => true,
    }
}

#[component]
fn LogOut() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let reconnects = store.slice(|model| !matches!(model.dialog, Some(Dialog::LogOut { reconnect: false })));
    let is_idle = store.slice(is_idle);
    view! {
        <ConfirmAct title=LOG_OUT_TITLE class="btn danger" confirm=LOG_OUT_DO>
            <p>{LOG_OUT_TEXT}</p>
            <Show when=move || is_idle.get()>
                <p>{LOG_OUT_WAITS}</p>
            </Show>
            <Checkbox
                action="reconnect"
                is_checked=reconnects
                on_change=move |reconnect| store.dispatch(Event::Open(Dialog::LogOut { reconnect }))
            >
                {LOG_OUT_RECONNECT}
                <small>{LOG_OUT_RECONNECT_TEXT}</small>
            </Checkbox>
        </ConfirmAct>
    }
}

#[component]
fn AskCode() -> impl IntoView {
    let is_idle = expect_context::<PopupStore>().slice(is_idle);
    view! {
        <ConfirmAct title=ASK_CODE_TITLE class="btn primary" confirm=ASK_CODE_DO>
            <p>{ASK_CODE_TEXT}</p>
            <Show when=move || is_idle.get()>
                <p>{ASK_CODE_CONNECTS}</p>
            </Show>
        </ConfirmAct>
    }
}

/// Whether the page's SDK is loaded and not connected.
fn is_idle(model: &Model) -> bool {
    model.report().is_some_and(|report| matches!(report.sdk, Sdk::Loaded(Link::NotConnected(_))))
}

#[component]
fn SetCode() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let code = store.slice(|model| model.edit.code.clone().unwrap_or_default());
    view! {
        <ConfirmAct title=SET_CODE_TITLE class="btn primary" confirm=SET_CODE_DO>
            <p>
                <span class="badge">{UNOFFICIAL}</span>
                {format!(" {}", SET_CODE_TEXT.text())}
            </p>
            <label class="labelled code-input">
                <span>{SET_CODE_LABEL}</span>
                <TextEditor
                    id="chosen-code"
                    label=SET_CODE_LABEL
                    placeholder="0000"
                    text=code
                    error=move || code.with(|code| code_error(code))
                    on_input=move |text| store.dispatch(Event::TypeCode(text))
                />
            </label>
        </ConfirmAct>
    }
}

fn code_error(text: &str) -> Option<ItemError> {
    LookupCode::parse(text).is_none().then(|| ItemError {
        kind: "not-a-code",
        text: SET_CODE_ERROR.text(),
        // Not an error while it can still become a code.
        quiet: LookupCode::is_beginning(text),
        ..ItemError::default()
    })
}
