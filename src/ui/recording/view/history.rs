//! The history of a value: its causes, previous values, and durations.

use super::details::ShowEntry;
use super::value::{ShortValue, one_line};
use crate::ui::components::{Segmented, reveal_on_space};
use crate::ui::i18n::*;
use crate::ui::recording::state::{Destination, Event, Model, Provenance, View, documents_with, period};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::{entry_text, provenance_text};
use crate::ui::text::clock;
use inspector_core::recording::entry::{DocId, EntryId};
use inspector_core::recording::history::{HistoryStep, ValueKey};
use leptos::prelude::*;
use std::collections::HashMap;

#[component]
pub fn History() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let subject = store.slice(|model| model.subject);
    let loads = store.slice(|model| read_loads(model, model.subject));
    let choose = move |subject: ValueKey| store.dispatch(Event::Go(Destination::View(View::History(subject))));
    view! {
        <div class="pane">
            <div class="subjects">
                <Segmented
                    id="history"
                    label=HISTORY_CHOOSE
                    options=ValueKey::all().map(|one| (one, one.key(), entry_text::subject(one).text())).into()
                    chosen=subject
                    on_choose=choose
                />
            </div>
            <Show when=move || loads.with(|loads| !loads.is_empty()) fallback=|| view! { <NoHistory /> }>
                <For each=move || loads.get() key=|load| (load.subject, load.document) let(load)>
                    <LoadHistory load=load />
                </For>
            </Show>
        </div>
    }
}

#[component]
fn NoHistory() -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{HISTORY_NOTHING}</h2>
            <p>{HISTORY_NOTHING_TEXT}</p>
        </section>
    }
}

/// A page load in which the value is known.
#[derive(Clone, Debug, PartialEq)]
struct Load {
    subject: ValueKey,
    document: DocId,
    origin: i64,
    url: String,
}

fn read_loads(model: &Model, subject: ValueKey) -> Vec<Load> {
    documents_with(&model.data.history, subject)
        .map(|doc| Load { subject, document: doc.document, origin: doc.origin, url: doc.url.clone() })
        .collect()
}

#[component]
fn LoadHistory(load: Load) -> impl IntoView {
    let Load { subject, document, origin, url } = load;
    let keys = expect_context::<RecordingStore>().slice(move |model| read_keys(model, subject, document));
    view! {
        <section data-history=subject.key()>
            <h2 class="load">
                <time>{clock::date_time(origin)}</time>
                <bdi>{url}</bdi>
            </h2>
            <ol class="steps">
                <For each=move || keys.get().into_iter().rev() key=|key| *key let(key)>
                    <StepItem subject=subject document=document key=key keys=keys />
                </For>
            </ol>
        </section>
    }
}

/// Identifies a value of a page load, also after values were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct StepKey {
    /// The evidence of the value.
    entry: EntryId,
    /// The number of earlier values with the same evidence.
    nth: usize,
}

/// The keys of all values, oldest first.
fn read_keys(model: &Model, subject: ValueKey, document: DocId) -> Vec<StepKey> {
    let Some(doc) = model.data.history.document(document) else { return vec![] };
    let mut counts: HashMap<EntryId, usize> = HashMap::new();
    let key = |step: &HistoryStep| {
        let count = counts.entry(step.entry).or_default();
        *count += 1;
        StepKey { entry: step.entry, nth: *count - 1 }
    };
    doc.value_history(subject).steps.iter().map(key).collect()
}

/// One value and its cause.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// The name and the text of the cause.
    cause: &'static str,
    cause_text: String,
    /// When it took effect, in milliseconds since the page load.
    t: i64,
    /// The same moment, since the epoch.
    at: i64,
    value: Option<String>,
    /// The previous value, if it is known.
    before: Option<String>,
    /// It is the current value.
    is_current: bool,
    /// How long it was current, if that is known.
    lasted: Option<i64>,
}

impl Step {
    fn read(model: &Model, subject: ValueKey, document: DocId, index: usize) -> Option<Self> {
        let doc = model.data.history.document(document)?;
        let period = period(&model.data.history, doc, subject, index)?;
        let step = period.step;
        Some(Self {
            cause: step.cause.name(),
            cause_text: provenance_text::cause(&Provenance::new(doc, subject, step)),
            t: step.t,
            at: doc.time(step.t),
            value: step.value.as_ref().map(one_line),
            before: period.before.map(one_line),
            is_current: period.is_current,
            lasted: period.lasted,
        })
    }
}

/// The entries that show a value, each with the text of its button.
fn read_evidence(step: &HistoryStep) -> Vec<(EntryId, Message)> {
    let read = step.read.filter(|entry| *entry != step.entry);
    let evidence = [
        Some((step.entry, SHOW_ENTRY)),
        step.sent.map(|entry| (entry, HISTORY_SENT)),
        read.map(|entry| (entry, HISTORY_READ)),
    ];
    evidence.into_iter().flatten().collect()
}

#[component]
fn StepItem(
    subject: ValueKey,
    document: DocId,
    key: StepKey,
    /// All values of the page load, oldest first.
    keys: Memo<Vec<StepKey>>,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let index = Memo::new(move |_| keys.with(|keys| keys.iter().position(|other| *other == key)));
    let step = store.slice(move |model| Step::read(model, subject, document, index.get()?));
    let evidence = store.slice(move |model| {
        let doc = model.data.history.document(document)?;
        doc.value_history(subject).steps.get(index.get()?).map(read_evidence)
    });
    let is_over = move || step.with(|step| step.as_ref().is_some_and(|step| !step.is_current));
    view! {
        <li class="step" class:over=is_over data-cause=move || step.with(|step| step.as_ref().map(|step| step.cause))>
            <ShowLet some=step let(step)>
                <StepContent step=step />
            </ShowLet>
            <div class="links">
                <For each=move || evidence.get().unwrap_or_default() key=Clone::clone let((entry, label))>
                    <ShowEntry entry=entry>{label}</ShowEntry>
                </For>
            </div>
        </li>
    }
}

#[component]
fn StepContent(step: Step) -> impl IntoView {
    let Step { cause_text, t, at, value, before, is_current, lasted, .. } = step;
    view! {
        <div class="step-head">
            <time class="since" title=clock::date_time(at)>
                {clock::since(t)}
            </time>
            <bdi>{cause_text}</bdi>
            {is_current.then(|| view! { <span class="badge good">{HISTORY_NOW}</span> })}
            {lasted.map(|ms| view! { <span class="badge">{words::history_lasted(&clock::length(ms))}</span> })}
        </div>
        <div class="change" use:reveal_on_space>
            {before.map(|before| view! { <del><ShortValue text=Some(before) /></del> })}
            <ins>
                <ShortValue text=value />
            </ins>
        </div>
    }
}
