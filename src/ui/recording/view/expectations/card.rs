//! One expectation: its verdict, its pages, and its newest visits.

use super::displayed::DisplayedExpectation;
use super::part::PartRow;
use super::wants_focus_on;
use crate::ui::components::{IconButton, IconName};
use crate::ui::focus::focus_ref;
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
use inspector_core::recording::entry::{DocId, EntryId};
use leptos::prelude::*;

/// The maximum number of visits shown. The newest is first.
const MAX_VISITS: usize = 3;

/// The maximum number of page patterns shown.
const MAX_PATTERNS: usize = 5;

#[component]
pub fn ExpectationCard(key: ExpectationKey, place: Place) -> impl IntoView {
    let expectation = DisplayedExpectation::new(key.clone(), place);
    let outcome = expectation.slice(move |model, key| read_outcome(model, key, expectation.counted_page(model)));
    let about = expectation.slice(read_about);
    let visits = expectation.slice(move |model, key| visit_indices(model, key, expectation.counted_page(model)));
    let more = expectation.slice(move |model, key| {
        shown_visits(model, key, expectation.counted_page(model)).len().saturating_sub(MAX_VISITS)
    });
    let failed = expectation.slice(move |model, key| read_failed(model, key, expectation.counted_page(model)));
    let ExpectationKey { name, is_managed } = key.clone();
    let own_name = (!is_managed).then(|| name.clone());
    let ticket = CopyTarget::Ticket(key);
    view! {
        <li
            class="finding expectation"
            data-expectation=name.clone()
            data-managed=is_managed.then_some("")
            data-verdict=move || outcome.get().name()
        >
            <div class="finding-head">
                <span class="severity">{move || expectation_text::outcome(outcome.get()).text()}</span>
                <h3>
                    <bdi>{name.clone()}</bdi>
                </h3>
                {is_managed.then(|| view! { <span class="badge own">{EXPECTATION_MANAGED}</span> })}
            </div>
            <ShowLet some=about let((when, pages))>
                <p>{when}</p>
                <p class="pages">{words::labelled_value(&EXPECTATION_PAGES.text(), &pages)}</p>
            </ShowLet>
            <ShowLet some=failed let(failed)>
                <FailedBefore failed=failed />
            </ShowLet>
            <For each=move || visits.get() key=|index| *index let(index)>
                <Visit expectation=expectation index=index />
            </For>
            {move || {
                let more = more.get();
                (more > 0).then(|| view! { <p class="src">{words::expectation_more_visits(&grouped(more))}</p> })
            }}
            <div class="actions">
                <Show when=move || outcome.get() == Outcome::NotMet>
                    <CopyRecorded action="copy-ticket" label=COPY_TICKET what=ticket.clone() masks_first=true />
                </Show>
                {own_name.map(|name| view! { <RowActions name=name /> })}
            </div>
        </li>
    }
}

/// The visits with their indices: those of `page`, or all without one.
fn shown_visits<'a>(model: &'a Model, key: &ExpectationKey, page: Option<DocId>) -> Vec<(usize, &'a VisitVerdict)> {
    let Some((_, visits)) = model.expectations.find(key) else { return vec![] };
    visits.iter().enumerate().filter(|(_, visit)| page.is_none() || visit.document == page).collect()
}

fn read_outcome(model: &Model, key: &ExpectationKey, page: Option<DocId>) -> Outcome {
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
fn read_failed(model: &Model, key: &ExpectationKey, page: Option<DocId>) -> Option<FailedVisit> {
    let page = page.filter(|_| read_outcome(model, key, page) != Outcome::NotMet)?;
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
    Some((expectation_text::when(expectation), pages.join(", ")))
}

/// The indices of the newest visits.
fn visit_indices(model: &Model, key: &ExpectationKey, page: Option<DocId>) -> Vec<usize> {
    shown_visits(model, key, page).into_iter().rev().take(MAX_VISITS).map(|(index, _)| index).collect()
}

/// One visit: its URL, and each part.
#[component]
fn Visit(expectation: DisplayedExpectation, index: usize) -> impl IntoView {
    let url = expectation.visit_slice(index, |_, visit| Some(visit.url.clone()).filter(|url| !url.is_empty()));
    let parts = expectation.visit_slice(index, |_, visit| {
        let subjects = visit.verdicts.iter().map(|(subject, _)| subject.name());
        Some(subjects.enumerate().collect::<Vec<_>>())
    });
    view! {
        <div class="visit">
            <ShowLet some=url let(url)>
                <p class="src">
                    <bdi>{url}</bdi>
                </p>
            </ShowLet>
            <ul class="parts">
                <For each=move || parts.get().unwrap_or_default() key=Clone::clone let((part, subject))>
                    <PartRow expectation=expectation visit=index part=part subject=subject />
                </For>
            </ul>
        </div>
    }
}

/// The buttons of an expectation that the person may change.
#[component]
fn RowActions(name: String) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let own_name = name.clone();
    let position = store.slice(move |model| model.expectations.position(&own_name));
    let last = store.slice(|model| model.expectations.own().len().checked_sub(1));
    let button = |button: RowButton, icon, action, label: fn(&str) -> String, event: ExpectationEvent| {
        let is_at_end = Signal::derive(move || match button {
            RowButton::Up => position.get() == Some(0),
            RowButton::Down => position.get() == last.get(),
            RowButton::Edit | RowButton::Delete => false,
        });
        view! {
            <IconButton
                icon=icon
                action=action
                disabled=is_at_end
                node_ref=focus_ref(wants_focus_on(move || position.get().map(|position| Focus::Row(position, button))))
                label=label(&name)
                on_click=move || store.dispatch(Event::Expectation(event.clone()))
            />
        }
    };
    let moved = |up| ExpectationEvent::Move { name: name.clone(), up };
    view! {
        <span class="row-actions">
            {button(RowButton::Up, IconName::Up, "expectation-up", words::named_item_up, moved(true))}
            {button(RowButton::Down, IconName::Down, "expectation-down", words::named_item_down, moved(false))}
            {button(
                RowButton::Edit,
                IconName::Pencil,
                "edit-expectation",
                words::named_item_edit,
                ExpectationEvent::Edit(name.clone()),
            )}
            {button(
                RowButton::Delete,
                IconName::Bin,
                "delete-expectation",
                words::named_item_delete,
                ExpectationEvent::Remove(name.clone()),
            )}
        </span>
    }
}
