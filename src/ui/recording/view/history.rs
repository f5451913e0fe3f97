//! The history of a value: its causes, previous values, and durations.

use super::details::ShowEntry;
use super::value::{ShortValue, one_line};
use crate::ui::components::{Segmented, holdable};
use crate::ui::i18n::*;
use crate::ui::recording::state::{self, Destination, DocumentPeriods, Event, Model, Provenance, ValuePeriod, View};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::{entry_text, provenance_text};
use crate::ui::text::clock;
use inspector_core::recording::entry::{DocId, EntryId};
use inspector_core::recording::history::ValueKey;
use leptos::prelude::*;

#[component]
pub fn History() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let subject = store.slice(read_subject);
    let loads = store.slice(|model| read_loads(model, read_subject(model)));
    let is_empty = Memo::new(move |_| loads.with(Vec::is_empty));
    let choose =
        move |index: usize| store.dispatch(Event::Go(Destination::View(View::History(ValueKey::all()[index]))));
    view! {
        <div class="pane">
            <div class="subjects">
                <Segmented
                    id="history"
                    label=HISTORY_CHOOSE
                    options=ValueKey::all().map(|one| (one.key(), entry_text::subject(one).text())).into()
                    chosen=move || ValueKey::all().iter().position(|one| *one == subject.get()).unwrap_or(0)
                    on_choose=choose
                />
            </div>
            <Show when=move || !is_empty.get() fallback=|| view! { <NoHistory /> }>
                <For each=move || loads.get() key=|load| (load.subject, load.document) let(load)>
                    <LoadHistory load=load loads=loads />
                </For>
            </Show>
        </div>
    }
}

fn read_subject(model: &Model) -> ValueKey {
    match model.view {
        View::History(subject) => subject,
        _ => ValueKey::all()[0],
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

/// The values of one page load, newest first.
#[derive(Clone, Debug, PartialEq)]
struct Load {
    subject: ValueKey,
    document: DocId,
    date_time: String,
    url: String,
    steps: Vec<HistoryStep>,
}

/// One value and its cause.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct HistoryStep {
    /// The name and the text of the cause.
    cause: &'static str,
    cause_text: String,
    since: String,
    date_time: String,
    value: Option<String>,
    /// The previous value, if it is known.
    before: Option<String>,
    /// It is the current value.
    is_current: bool,
    /// How long it was current, if that is known.
    lasted: Option<String>,
    /// The entries that show it, each with the text of its button.
    evidence: Vec<(EntryId, Message)>,
}

fn read_loads(model: &Model, subject: ValueKey) -> Vec<Load> {
    state::history(&model.data.history, subject).iter().map(|past| Load::read(subject, past)).collect()
}

impl Load {
    fn read(subject: ValueKey, past: &DocumentPeriods) -> Self {
        Self {
            subject,
            document: past.doc.document,
            date_time: clock::date_time(past.doc.origin),
            url: past.doc.url.clone(),
            steps: past
                .periods
                .iter()
                .map(|period| HistoryStep::read(&Provenance::new(past.doc, subject, period.step), period))
                .collect(),
        }
    }
}

impl HistoryStep {
    fn read(provenance: &Provenance, period: &ValuePeriod) -> Self {
        let step = period.step;
        let read = step.read.filter(|entry| *entry != step.entry);
        let evidence = [
            Some((step.entry, SHOW_ENTRY)),
            step.sent.map(|entry| (entry, HISTORY_SENT)),
            read.map(|entry| (entry, HISTORY_READ)),
        ];
        Self {
            cause: step.cause.name(),
            cause_text: provenance_text::cause(provenance),
            since: clock::since(step.t),
            date_time: clock::date_time(provenance.doc.time(step.t)),
            value: step.value.as_ref().map(one_line),
            before: period.before.map(one_line),
            is_current: period.now,
            lasted: period.lasted.map(clock::length),
            evidence: evidence.into_iter().flatten().collect(),
        }
    }
}

#[component]
fn LoadHistory(load: Load, loads: Memo<Vec<Load>>) -> impl IntoView {
    let Load { subject, document, date_time, url, .. } = load;
    let steps = Memo::new(move |_| {
        let is_same = |load: &&Load| (load.subject, load.document) == (subject, document);
        loads.with(|loads| loads.iter().find(is_same).map(|load| load.steps.clone()).unwrap_or_default())
    });
    view! {
        <section data-history=subject.key()>
            <h2 class="load">
                <time>{date_time}</time>
                <bdi>{url}</bdi>
            </h2>
            <ol class="steps">
                <For each=move || steps.get() key=Clone::clone let(step)>
                    <HistoryStep step=step />
                </For>
            </ol>
        </section>
    }
}

#[component]
fn HistoryStep(step: HistoryStep) -> impl IntoView {
    let HistoryStep { cause, cause_text, since, date_time, value, before, is_current, lasted, evidence } = step;
    let show_entry = |(entry, label): (EntryId, Message)| view! { <ShowEntry entry=entry>{label}</ShowEntry> };
    view! {
        <li class="step" class:over=!is_current data-cause=cause>
            <div class="step-head">
                <time class="since" title=date_time>
                    {since}
                </time>
                <bdi>{cause_text}</bdi>
                {is_current.then(|| view! { <span class="badge good">{HISTORY_NOW}</span> })}
                {lasted.map(|time| view! { <span class="badge">{words::history_lasted(&time)}</span> })}
            </div>
            <div class="change" use:holdable>
                {before.map(|before| view! { <del><ShortValue text=Some(before) /></del> })}
                <ins>
                    <ShortValue text=value />
                </ins>
            </div>
            <div class="links">{evidence.into_iter().map(show_entry).collect_view()}</div>
        </li>
    }
}
