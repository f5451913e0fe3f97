//! The details of one entry.

use super::value::{CodeBlock, CopyRecorded};
use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::ui::recording::state::{CopyTarget, Destination, Event, Model, View, format_entry};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::detail_text::{Detail, DetailValue, read_details, read_notes};
use crate::ui::recording::text::entry_text;
use crate::ui::text::clock;
use inspector_core::recording::entry::EntryId;
use inspector_core::recording::history::{CallEffect, CallResult, ValueKey};
use inspector_core::recording::summary::call_code;
use leptos::either::EitherOf3;
use leptos::prelude::*;

/// The entry's content, its result, and its actions.
#[component]
pub fn EntryDetails(id: EntryId) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let details = store.slice(move |model| read_details(model, id));
    let notes = store.slice(move |model| read_notes(model, id));
    let has_code = store.slice(move |model| model.data.timeline.entry(id).and_then(call_code).is_some());
    view! {
        <dl>
            {move || details.get().into_iter().map(pair).collect_view()}
            <CallOutcome id=id />
            {move || notes.get().into_iter().map(pair).collect_view()}
        </dl>
        <div class="actions">
            <Show when=move || has_code.get()>
                <CopyRecorded action="copy-code" label=COPY_AS_CODE what=CopyTarget::Code(id) />
            </Show>
            <CopyRecorded action="copy-json" label=COPY_JSON what=CopyTarget::Json(id) />
        </div>
    }
}

/// A detail as a term and its description.
fn pair(Detail { name, value }: Detail) -> impl IntoView {
    let value = match value {
        DetailValue::Text(text) => EitherOf3::A(text),
        DetailValue::PageText(text) => EitherOf3::B(view! { <bdi>{text}</bdi> }),
        DetailValue::Code(text) => EitherOf3::C(view! { <CodeBlock text=text /> }),
    };
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
}

/// The result of a call: its outcome and its effect on each value. Nothing for another entry.
#[component]
fn CallOutcome(id: EntryId) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_call = store.slice(move |model| model.data.history.call(id).is_some());
    let result = store.slice(move |model| CallResultText::read(model, id));
    let effects =
        store.slice(move |model| model.data.history.call(id).map_or_else(Vec::new, |call| call.effects.clone()));
    view! {
        <Show when=move || is_call.get()>
            <dt>{DETAIL_CALL_RESULT}</dt>
            <dd>
                <ShowLet some=result let(result)>
                    <CallResultLine result=result />
                </ShowLet>
            </dd>
            <dt>{DETAIL_EFFECTS}</dt>
            <dd>
                <EffectList effects=effects />
            </dd>
        </Show>
    }
}

/// The outcome of a call, with the entry that shows it.
#[derive(Clone, Debug, PartialEq)]
struct CallResultText {
    text: String,
    evidence: Option<EntryId>,
}

impl CallResultText {
    fn read(model: &Model, id: EntryId) -> Option<Self> {
        let call = model.data.history.call(id)?;
        let CallResult::Processed(entry) = call.result else {
            return Some(Self { text: entry_text::call_result(call.result, None), evidence: None });
        };
        // The call left the queue at the entry's time. Times of two documents have no common origin.
        let left = model.data.timeline.entry(entry).filter(|_| entry.doc == id.doc);
        let after = left.map(|left| clock::length(left.t - call.t));
        Some(Self { text: entry_text::call_result(call.result, after.as_deref()), evidence: Some(entry) })
    }
}

#[component]
fn CallResultLine(result: CallResultText) -> impl IntoView {
    let evidence = result.evidence.map(|entry| {
        view! {
            " "
            <ShowEntry entry=entry>{SHOW_ENTRY}</ShowEntry>
        }
    });
    view! {
        {result.text}
        {evidence}
    }
}

/// A button that shows an entry.
#[component]
pub fn ShowEntry(entry: EntryId, children: Children) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    view! {
        <Button
            class="btn link"
            action="show-entry"
            on_click=move || store.dispatch(Event::Go(Destination::Entry(entry)))
            attr:data-evidence=format_entry(entry)
            attr:title=SHOW_ENTRY.text()
        >
            {children()}
        </Button>
    }
}

#[component]
fn EffectList(effects: Memo<Vec<(ValueKey, CallEffect)>>) -> impl IntoView {
    let has_effects = Memo::new(move |_| effects.with(|effects| !effects.is_empty()));
    view! {
        <Show
            when=move || has_effects.get()
            fallback=|| view! { <span class="none">{DETAIL_NO_EFFECTS}</span> }
        >
            <ul class="effects">
                <For each=move || effects.get().into_iter().enumerate() key=Clone::clone let((_, (subject, effect)))>
                    <li>
                        <ShowHistory subject=subject />
                        " "
                        {entry_text::effect(effect)}
                    </li>
                </For>
            </ul>
        </Show>
    }
}

/// A button that shows the history of a value.
#[component]
fn ShowHistory(subject: ValueKey) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let name = entry_text::subject(subject).text();
    let title = words::history_of(&name);
    view! {
        <Button
            class="btn link"
            action="show-history"
            on_click=move || store.dispatch(Event::Go(Destination::View(View::History(subject))))
            attr:title=title
        >
            {name}
        </Button>
    }
}
