//! One part of an expectation in one visit: its verdict, and what proves it.

use super::displayed::DisplayedExpectation;
use crate::ui::i18n::*;
use crate::ui::recording::state::Model;
use crate::ui::recording::text::expectation_text;
use crate::ui::recording::view::finding::EntryLink;
use crate::ui::recording::view::value::{ShortValue, one_line};
use inspector_core::expectations::{Outcome, Subject, Verdict, VisitVerdict};
use inspector_core::recording::entry::EntryId;
use leptos::prelude::*;

/// What a part shows.
#[derive(Clone, Debug, PartialEq)]
struct PartText {
    subject: String,
    outcome: Outcome,
    /// What was expected, and what the page has instead; `None` for a subject without a value, such as a call.
    not_met: Option<(String, Option<SeenText>)>,
    reason: Option<String>,
    entry: Option<EntryId>,
}

/// What the page has instead of the expected value.
#[derive(Clone, Debug, PartialEq)]
enum SeenText {
    NoValue,
    /// A value on one line.
    Value(String),
}

impl SeenText {
    fn into_text(self) -> Option<String> {
        match self {
            Self::NoValue => None,
            Self::Value(text) => Some(text),
        }
    }
}

impl PartText {
    fn read(model: &Model, visit: &VisitVerdict, index: usize) -> Option<Self> {
        let (subject, verdict) = visit.verdicts.get(index)?;
        let entry = match verdict {
            Verdict::Met { entry } | Verdict::NotMet { entry, .. } => *entry,
            Verdict::NotYet { .. } | Verdict::CannotBeKnown { .. } => None,
        };
        Some(Self {
            subject: expectation_text::subject(subject),
            outcome: verdict.outcome(),
            not_met: not_met(subject, verdict),
            reason: expectation_text::reason(verdict),
            // An entry may have been dropped since.
            entry: entry.filter(|entry| model.data.timeline.entry(*entry).is_some()),
        })
    }
}

fn not_met(subject: &Subject, verdict: &Verdict) -> Option<(String, Option<SeenText>)> {
    let Verdict::NotMet { requirement, value, .. } = verdict else { return None };
    let seen = match value {
        Some(value) => Some(SeenText::Value(one_line(value))),
        None => subject.has_value().then_some(SeenText::NoValue),
    };
    Some((expectation_text::requirement(requirement), seen))
}

#[component]
pub fn PartRow(
    expectation: DisplayedExpectation,
    /// The index of the visit.
    visit: usize,
    /// The index of the part: several may have the same path, for example those of `calls.made`.
    part: usize,
    /// The part's path in the file.
    subject: String,
) -> impl IntoView {
    let text = expectation.visit_slice(visit, move |model, visit| PartText::read(model, visit, part));
    let outcome = Memo::new(move |_| text.with(|text| text.as_ref().map(|text| text.outcome)));
    view! {
        <li data-subject=subject data-verdict=move || outcome.get().map(Outcome::name)>
            <ShowLet some=text let(text)>
                <Part text=text />
            </ShowLet>
        </li>
    }
}

#[component]
fn Part(text: PartText) -> impl IntoView {
    let PartText { subject, outcome, not_met, reason, entry } = text;
    let not_met = not_met.map(|(expected, seen)| {
        let seen = seen.map(|seen| {
            view! {
                <dt>{EXPECTATION_SEEN}</dt>
                <dd>
                    <ShortValue text=seen.into_text() />
                </dd>
            }
        });
        view! {
            <dl>
                <dt>{EXPECTATION_EXPECTED}</dt>
                <dd>
                    <bdi>{expected}</bdi>
                </dd>
                {seen}
            </dl>
        }
    });
    view! {
        <p class="part-head">
            <b>
                <bdi>{subject}</bdi>
            </b>
            <span class="outcome">{expectation_text::outcome(outcome)}</span>
            {entry.map(|entry| view! { <EntryLink id=entry /> })}
        </p>
        {not_met}
        {reason.map(|reason| view! { <p class="src">{reason}</p> })}
    }
}
