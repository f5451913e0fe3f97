//! One expectation: its verdict, its pages, and its newest visits.

use super::focus_target;
use super::part::PartRow;
use crate::ui::components::{IconButton, IconName};
use crate::ui::i18n::*;
use crate::ui::recording::state::expectations::{ExpectationEvent, ExpectationKey, Focus, Place};
use crate::ui::recording::state::{CopyTarget, Event, Model};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::expectation_text;
use crate::ui::recording::view::finding::EntryLink;
use crate::ui::recording::view::value::CopyRecorded;
use crate::ui::stored_list::RowButton;
use crate::ui::text::number::grouped;
use inspector_core::expectations::{Outcome, VisitVerdict, outcome_in};
use inspector_core::recording::entry::EntryId;
use leptos::prelude::*;

/// The maximum number of visits shown. The newest is first.
const MAX_VISITS: usize = 3;

/// The maximum number of page patterns shown.
const MAX_PATTERNS: usize = 5;

#[component]
pub fn ExpectationCard(key: ExpectationKey, place: Place) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let (of_outcome, of_when, of_visits, of_more) = (key.clone(), key.clone(), key.clone(), key.clone());
    let outcome = store.slice(move |model| read_outcome(model, &of_outcome, place));
    let about = store.slice(move |model| read_about(model, &of_when));
    let visits = store.slice(move |model| visit_indices(model, &of_visits, place));
    let more = store.slice(move |model| count_visits(model, &of_more, place).saturating_sub(MAX_VISITS));
    let of_failed = key.clone();
    let failed = store.slice(move |model| read_failed(model, &of_failed, place));
    let is_failing = Memo::new(move |_| outcome.get() == Outcome::NotMet);
    let ticket = CopyTarget::Ticket(key.clone());
    let visit_key = key.clone();
    let own_name = (!key.is_managed).then(|| key.name.clone());
    view! {
        <li
            class="finding expectation"
            data-expectation=key.name.clone()
            data-managed=key.is_managed.then_some("")
            data-verdict=move || outcome.get().name()
        >
            <div class="finding-head">
                <span class="severity">{move || expectation_text::outcome(outcome.get()).text()}</span>
                <h3>
                    <bdi>{key.name.clone()}</bdi>
                </h3>
                {key.is_managed.then(|| view! { <span class="badge own">{EXPECTATION_MANAGED}</span> })}
            </div>
            {move || {
                let (when, pages) = about.get()?;
                Some(view! {
                    <p>{when}</p>
                    <p class="pages">{words::labelled_value(&EXPECTATION_PAGES.text(), &pages)}</p>
                })
            }}
            {move || failed.get().map(|failed| view! { <FailedBefore failed=failed /> })}
            <For each=move || visits.get() key=|at| *at let(at)>
                <Visit key=visit_key.clone() at=at />
            </For>
            {move || {
                let more = more.get();
                (more > 0).then(|| view! { <p class="src">{words::expectation_more_visits(&grouped(more))}</p> })
            }}
            <div class="actions">
                <Show when=move || is_failing.get()>
                    <CopyRecorded action="copy-ticket" label=COPY_TICKET what=ticket.clone() always_masked=true />
                </Show>
                {own_name.map(|name| view! { <RowActions name=name /> })}
            </div>
        </li>
    }
}

/// The visits that count at a place, with their indices.
fn shown_visits<'a>(model: &'a Model, key: &ExpectationKey, place: Place) -> Vec<(usize, &'a VisitVerdict)> {
    let Some((_, visits)) = model.expectations.find(key) else { return vec![] };
    let page = model.page().filter(|_| place == Place::Here);
    visits.iter().enumerate().filter(|(_, visit)| page.is_none() || visit.document == page).collect()
}

fn read_outcome(model: &Model, key: &ExpectationKey, place: Place) -> Outcome {
    let page = model.page().filter(|_| place == Place::Here);
    model.expectations.find(key).map_or(Outcome::NotVisited, |(_, visits)| outcome_in(visits, page))
}

/// A page load before the one that is shown, in which the expectation was not met.
#[derive(Clone, Debug, PartialEq)]
struct FailedVisit {
    url: String,
    /// The entry that proves it, unless it was dropped since.
    entry: Option<EntryId>,
}

/// The last failure of an expectation that doesn't fail in the page load that is shown. As on the toolbar button, the
/// outcome is that of the shown page load.
fn read_failed(model: &Model, key: &ExpectationKey, place: Place) -> Option<FailedVisit> {
    let page = model.page().filter(|_| place == Place::Here && read_outcome(model, key, place) != Outcome::NotMet)?;
    let visit = model.expectations.failed_elsewhere(key, page)?;
    let entry = visit.proof().filter(|entry| model.data.timeline.entry(*entry).is_some());
    Some(FailedVisit { url: visit.url.clone(), entry })
}

#[component]
fn FailedBefore(failed: FailedVisit) -> impl IntoView {
    view! {
        <p class="src" data-failed-before="">
            <bdi>{words::expectation_failed_before(&failed.url)}</bdi>
            {failed.entry.map(|entry| view! { " " <EntryLink id=entry /> })}
        </p>
    }
}

/// When it must hold, and its pages.
fn read_about(model: &Model, key: &ExpectationKey) -> Option<(String, String)> {
    let (stored, _) = model.expectations.find(key)?;
    let expectation = stored.expectation();
    let mut pages: Vec<_> = expectation.pages.iter().take(MAX_PATTERNS).map(|pattern| pattern.as_str()).collect();
    pages.extend((expectation.pages.len() > MAX_PATTERNS).then_some("…"));
    Some((expectation_text::when(expectation, str::to_owned), pages.join(", ")))
}

fn count_visits(model: &Model, key: &ExpectationKey, place: Place) -> usize {
    shown_visits(model, key, place).len()
}

/// The indices of the newest visits.
fn visit_indices(model: &Model, key: &ExpectationKey, place: Place) -> Vec<usize> {
    shown_visits(model, key, place).into_iter().rev().take(MAX_VISITS).map(|(at, _)| at).collect()
}

/// One visit: its URL, and each part.
#[component]
fn Visit(key: ExpectationKey, at: usize) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let (of_url, of_parts) = (key.clone(), key.clone());
    let visit = move |model: &Model, key: &ExpectationKey| {
        model.expectations.find(key).and_then(|(_, visits)| visits.get(at).cloned())
    };
    let url = store.slice(move |model| visit(model, &of_url).map(|visit| visit.url).filter(|url| !url.is_empty()));
    let parts = store.slice(move |model| {
        let visit = visit(model, &of_parts);
        let subjects = visit.iter().flat_map(|visit| &visit.verdicts).map(|(subject, _)| subject.name());
        subjects.enumerate().collect::<Vec<_>>()
    });
    view! {
        <div class="visit">
            {move || {
                let url = url.get()?;
                Some(view! {
                    <p class="src">
                        <bdi>{url}</bdi>
                    </p>
                })
            }}
            <ul class="parts">
                <For each=move || parts.get() key=Clone::clone let((index, subject))>
                    <PartRow key=key.clone() visit=at at=index subject=subject />
                </For>
            </ul>
        </div>
    }
}

/// The buttons of an expectation that the person may change.
#[component]
fn RowActions(name: String) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let button = |button: RowButton, icon, action, label: fn(&str) -> String, event: ExpectationEvent| {
        let of = name.clone();
        let at = store.slice(move |model| model.expectations.position(&of));
        let last = store.slice(|model| model.expectations.own().len().checked_sub(1));
        let is_at_end = Signal::derive(move || match button {
            RowButton::Up => at.get() == Some(0),
            RowButton::Down => at.get() == last.get(),
            RowButton::Edit | RowButton::Delete => false,
        });
        view! {
            <IconButton
                icon=icon
                action=action
                disabled=is_at_end
                node_ref=focus_target(move || at.get().map(|at| Focus::Row(at, button)))
                label=label(&name)
                on_click=move || store.dispatch(Event::Expectation(event.clone()))
            />
        }
    };
    let moved = |up| ExpectationEvent::Move { name: name.clone(), up };
    view! {
        <span class="row-actions">
            {button(RowButton::Up, IconName::Up, "expectation-up", words::preset_up, moved(true))}
            {button(RowButton::Down, IconName::Down, "expectation-down", words::preset_down, moved(false))}
            {button(
                RowButton::Edit,
                IconName::Pencil,
                "edit-expectation",
                words::preset_edit,
                ExpectationEvent::Edit(name.clone()),
            )}
            {button(
                RowButton::Delete,
                IconName::Bin,
                "delete-expectation",
                words::preset_delete,
                ExpectationEvent::Remove(name.clone()),
            )}
        </span>
    }
}
