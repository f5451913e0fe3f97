//! The form that connects the team's account.

use super::managed::LockedAddress;
use crate::ui::components::{Button, Checkbox, ItemError, Notice, Segmented, StatusRegion, TextEditor, Tone};
use crate::ui::i18n::*;
use crate::ui::options::effects::OptionsStore;
use crate::ui::options::state::account::{Event, Form, Model, Status};
use crate::ui::text::server::{base_error, base_error_key, problem};
use inspector_core::upscope_api::base_url::Deployment;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

#[component]
pub fn AccountSection() -> impl IntoView {
    view! {
        <section data-section="account">
            <h2>{ACCOUNT_TITLE}</h2>
            <p class="lead">{ACCOUNT_INTRO}</p>
            <StatusNotice />
            <AccountForm />
        </section>
    }
}

/// The result of the last action, or the connected account.
#[component]
fn StatusNotice() -> impl IntoView {
    let status = expect_context::<OptionsStore>().slice(read_status);
    view! {
        <StatusRegion>
            <ShowLet some=status let((tone, title, text))>
                <Notice tone=tone title=title>
                    <p>{text}</p>
                </Notice>
            </ShowLet>
        </StatusRegion>
    }
}

/// The tone, the title and the text of the notice.
fn read_status(model: &Model) -> Option<(Tone, Option<String>, String)> {
    let connected = model.account.as_ref().map(|account| words::account_now(&account.base));
    Some(match (&model.status, connected) {
        (Status::Loading | Status::Working, _) | (Status::Idle, None) => return None,
        (Status::Idle, title) => (Tone::Info, title, stored_key(model)),
        (Status::Connected, title) => (Tone::Good, title, ACCOUNT_CONNECTED.text()),
        (Status::Removed, _) => (Tone::Quiet, None, ACCOUNT_REMOVED.text()),
        (Status::NoAccess, _) => (Tone::Warn, None, ACCOUNT_DENIED.text()),
        (Status::NotLoaded(why), _) => (Tone::Bad, None, problem(why)),
        (Status::NotSaved(why), _) => (Tone::Bad, Some(ACCOUNT_NOT_SAVED.text()), problem(why)),
        (Status::NotRemoved(why), _) => (Tone::Bad, Some(ACCOUNT_NOT_REMOVED.text()), problem(why)),
    })
}

/// The end of the stored key, or that the key is no longer stored.
fn stored_key(model: &Model) -> String {
    let mask = model.account.as_ref().and_then(|account| account.mask.as_deref());
    mask.map_or_else(|| ACCOUNT_KEY_GONE.text(), words::account_key_kept)
}

#[component]
fn AccountForm() -> impl IntoView {
    let store = expect_context::<OptionsStore>();
    let is_locked = store.slice(Model::is_locked);
    let address = store.slice(|model| model.form.base.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(Event::Save);
    };
    view! {
        <form on:submit=submit>
            <Show when=move || is_locked.get() fallback=|| view! { <Server /> }>
                <LockedAddress address=address />
            </Show>
            <ApiKey />
            <Agent />
            <Actions />
        </form>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let store = expect_context::<OptionsStore>();
    let is_busy = store.slice(Model::is_busy);
    let is_working = store.slice(|model| model.status == Status::Working);
    let save = move || if is_working.get() { ACCOUNT_SAVING } else { ACCOUNT_SAVE }.text();
    let has_account = store.slice(|model| model.account.is_some());
    view! {
        <div class="actions">
            // A disabled button would lose the focus. A second submit does nothing.
            <button
                type="submit"
                class="btn primary"
                data-action="save"
                aria-disabled=move || is_busy.get().then_some("true")
            >
                {save}
            </button>
            <Show when=move || has_account.get()>
                <Button class="btn bad" action="remove" busy=is_busy on_click=move || store.dispatch(Event::Remove)>
                    {ACCOUNT_REMOVE}
                </Button>
            </Show>
        </div>
    }
}

/// The kind of the server and its address.
#[component]
fn Server() -> impl IntoView {
    let store = expect_context::<OptionsStore>();
    let kind = store.slice(|model| model.form.kind);
    let is_plain = store.slice(|model| model.base().is_ok_and(|base| base.is_plain()));
    let error = store.slice(|model| {
        let error = model.base().err().filter(|_| model.is_submitted)?;
        Some(item_error(base_error_key(error), base_error(error)))
    });
    let label = |kind: Deployment| if kind == Deployment::Cloud { ACCOUNT_CLOUD } else { ACCOUNT_ON_PREMISE }.text();
    let hint = move || if kind.get() == Deployment::Cloud { ACCOUNT_BASE_CLOUD } else { ACCOUNT_BASE_OWN }.text();
    view! {
        <div class="labelled">
            <span>{ACCOUNT_KIND}</span>
            <Segmented
                id="kind"
                label=ACCOUNT_KIND
                options=Deployment::ALL.map(|kind| (kind, kind.name(), label(kind))).into()
                chosen=kind
                on_choose=move |kind: Deployment| store.dispatch(Event::Choose(kind))
            />
        </div>
        <div class="labelled">
            <span>{ACCOUNT_BASE}</span>
            <Input id="base" label=ACCOUNT_BASE text=|form| &form.base error=error event=Event::Base />
            <Show when=move || is_plain.get()>
                <p class="warn" data-warning="plain">
                    {ACCOUNT_PLAIN}
                </p>
            </Show>
            <p class="src">{hint}</p>
        </div>
    }
}

#[component]
fn ApiKey() -> impl IntoView {
    let store = expect_context::<OptionsStore>();
    let stored = store.slice(|model| model.has_key().then(|| stored_key(model)));
    let is_on_disk = store.slice(|model| model.form.disk);
    let error = store.slice(|model| {
        let is_wrong = model.is_submitted && !model.is_key_good();
        is_wrong.then(|| item_error("key", ACCOUNT_KEY_WRONG))
    });
    view! {
        // The style hides the input. A password field would be offered to password managers.
        <div class="labelled secret">
            <span>{ACCOUNT_KEY}</span>
            <Input id="key" label=ACCOUNT_KEY text=|form| &form.key error=error event=Event::Key />
            {move || stored.get().map(|text| view! { <p class="src">{text}</p> })}
            <p class="src">{ACCOUNT_KEY_TEXT}</p>
        </div>
        <Checkbox action="disk" is_checked=is_on_disk on_change=move |on_disk| store.dispatch(Event::Disk(on_disk))>
            {ACCOUNT_DISK}
            <small>{ACCOUNT_DISK_TEXT}</small>
        </Checkbox>
    }
}

/// The agent for watching.
#[component]
fn Agent() -> impl IntoView {
    view! {
        <div class="labelled">
            <span>{AGENT_NAME}</span>
            <Input id="agent-name" label=AGENT_NAME text=|form| &form.agent_name event=Event::AgentName />
            <p class="src">{AGENT_NAME_TEXT}</p>
        </div>
        <div class="labelled">
            <span>{AGENT_ID}</span>
            <Input id="agent-id" label=AGENT_ID text=|form| &form.agent_id event=Event::AgentId />
            <p class="src">{AGENT_ID_TEXT}</p>
        </div>
    }
}

/// A text input of the form.
#[component]
fn Input(
    id: &'static str,
    label: Message,
    text: fn(&Form) -> &String,
    #[prop(into, default = Signal::stored(None))] error: Signal<Option<ItemError>>,
    event: fn(String) -> Event,
) -> impl IntoView {
    let store = expect_context::<OptionsStore>();
    let text = store.slice(move |model| text(&model.form).clone());
    let type_text = move |text| store.dispatch(event(text));
    view! { <TextEditor id=id label=label placeholder="" text=text error=error on_input=type_text /> }
}

fn item_error(kind: &'static str, text: Message) -> ItemError {
    ItemError { kind, text: text.text(), ..ItemError::default() }
}
