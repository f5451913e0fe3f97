//! The lookup code: its value, its expiry, and how to get another one.

use super::cause::SetByLine;
use super::conditions::is_editable;
use super::copy_value::CopyValue;
use super::origins::shows_origin;
use super::reading::{json_of, source_of};
use super::server::ServerViewLine;
use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::ui::popup::state::{CopyTarget, Dialog, Event, Model, NoCode, ShortcutResult};
use crate::ui::popup::store::PopupStore;
use crate::ui::text::reading_text;
use inspector_core::recording::history::ValueKey;
use inspector_core::visitor::lookup_code::TimeLeft;
use inspector_core::visitor::observed::Observed;
use leptos::either::EitherOf3;
use leptos::prelude::*;

const KEY: &str = "lookupCode";

#[component]
pub fn CodeCard() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let code = store.slice(|model| Some(model.report()?.visitor.lookup_code.code.clone()));
    let has_code = Memo::new(move |_| code.with(|code| code.as_ref().is_some_and(|code| code.value().is_some())));
    let age = store.slice(Age::read);
    let is_expired = Memo::new(move |_| age.with(|age| age.is_expired));
    // The notice on the shortcut above shows `CODE_EXPIRED_TEXT` too, if the code was too old to copy.
    let is_expiry_shown_above =
        store.slice(|model| model.shortcut_result() == Some(ShortcutResult::NoCode(NoCode::Expired)));
    // An origin that several values share is shown once for all.
    let shows_origin = shows_origin(move || code.with(|code| Some(code.as_ref()?.origin())));
    let can_ask = store.slice(is_editable);
    let title = move || match has_code.get() {
        true => format!("{} · {}", CODE_TITLE.text(), age.get().text),
        false => CODE_TITLE.text(),
    };
    view! {
        <section
            class="card"
            class:expired=move || is_expired.get()
            data-field=KEY
            data-value=move || code.with(|code| json_of(code.as_ref()?))
            data-source=move || code.with(|code| source_of(code.as_ref()?))
        >
            <div class="code-side">
                <h2 class="label">{title}</h2>
                <ShowLet some=code let:code>
                    <Code code=code shows_origin=shows_origin />
                </ShowLet>
                <Show when=move || has_code.get()>
                    <CopyValue
                        action="copy-code"
                        label=COPY_LOOKUP_CODE
                        icon_only=true
                        what=CopyTarget::LookupCode
                    />
                </Show>
            </div>
            <Show when=move || can_ask.get()>
                <CodeActions />
            </Show>
            <SetByLine key=ValueKey::LookupCode />
            <ServerViewLine key=KEY />
            <Show when=move || has_code.get() && is_expired.get() && !is_expiry_shown_above.get()>
                <p class="src">{CODE_EXPIRED_TEXT}</p>
            </Show>
        </section>
    }
}

/// The age of the code. The text changes once a minute.
#[derive(Clone, Default, PartialEq)]
struct Age {
    is_expired: bool,
    text: String,
}

impl Age {
    fn read(model: &Model) -> Self {
        let Some(report) = model.report() else { return Self::default() };
        let time_left = report.visitor.lookup_code.time_left(model.now);
        let text = match time_left {
            TimeLeft::Expired => CODE_EXPIRED.text(),
            TimeLeft::Unknown => CODE_AGE_UNKNOWN.text(),
            TimeLeft::Left(ms) if ms < 60_000 => CODE_LAST_MINUTE.text(),
            TimeLeft::Left(ms) => words::code_left(&(ms / 60_000).to_string()),
        };
        Self { is_expired: time_left == TimeLeft::Expired, text }
    }
}

#[component]
fn Code(code: Observed<String>, shows_origin: Memo<bool>) -> impl IntoView {
    let origin = reading_text::origin(&code);
    match code {
        Observed::Value(code, _) => EitherOf3::A(view! {
            <output class="big">
                <bdi>{code}</bdi>
            </output>
        }),
        Observed::Unset(_) => EitherOf3::B(view! { <p class="none">{CODE_NONE}</p> }),
        Observed::Unknown(_) => EitherOf3::C(view! {
            <p class="unknown">{CODE_UNKNOWN}</p>
            <Show when=move || shows_origin.get()>
                <p class="src">{origin}</p>
            </Show>
        }),
    }
}

#[component]
fn CodeActions() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    view! {
        <div class="code-actions">
            <Button action="ask-code" on_click=move || store.dispatch(Event::Open(Dialog::AskCode))>
                {ASK_CODE_OPEN}
            </Button>
            <Button class="btn plain" action="set-code" on_click=move || store.dispatch(Event::Open(Dialog::SetCode))>
                {SET_CODE_OPEN}
            </Button>
        </div>
    }
}
