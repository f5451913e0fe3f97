//! Verdicts on the fields of the visitor.

use crate::checks::Evidence;
use crate::expectations::field::{FieldExpectation, FlawName, Setter};
use crate::expectations::limited::Seconds;
use crate::expectations::matcher::{Test, includes, is_present, member, tests_of_field, tests_of_key};
use crate::expectations::recorded::Tab;
use crate::expectations::times::Times;
use crate::expectations::truth::Truth;
use crate::expectations::verdict::{Reason, Requirement, Subject, Verdict};
use crate::expectations::visit::Window;
use crate::recording::entry::EntryId;
use crate::recording::history::{Cause, HistoryStep};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

/// The expectation for one field in one window.
struct Question<'t, 'a> {
    window: &'t Window<'t, 'a>,
    field: Field,
    steps: &'a [HistoryStep],
    times: &'t Times,
}

/// A requirement on one value of the history.
enum StepTest<'e> {
    Value(Test<'e>),
    SetBy(&'e [Setter]),
    Before(Seconds),
}

pub(super) fn judge(
    tab: &Tab,
    window: &Window,
    field: Field,
    expected: &FieldExpectation,
    out: &mut Vec<(Subject, Verdict)>,
) {
    let (steps, times) = window.page.steps(field);
    let question = Question { window, field, steps, times };
    let mut verdicts = vec![];
    let mut tests: Vec<_> = tests_of_field(expected).into_iter().map(StepTest::Value).collect();
    tests.extend(expected.set_by.as_deref().map(StepTest::SetBy));
    tests.extend(expected.before.map(StepTest::Before));
    if !tests.is_empty() {
        verdicts.push(question.some_value(|step| Ok(step.value.as_ref()), &tests));
    }
    if expected.present == Some(false) {
        verdicts.push(question.no_value(|step| Ok(step.value.as_ref())));
    }
    verdicts.extend(expected.excludes.as_deref().map(|items| question.excludes(items.iter().map(|item| &**item))));
    verdicts.extend(expected.never.as_deref().map(|flaws| question.never(tab, flaws)));
    if expected.overwritten == Some(false) {
        verdicts.push(question.not_overwritten());
    }
    // The most severe verdict is the field's verdict.
    out.extend(verdicts.into_iter().min_by_key(|verdict| verdict.outcome()).map(|it| (Subject::Field(field), it)));
    for (key, expected) in expected.keys.iter().flatten() {
        let of_key = |step| value_of_key(step, key);
        let tests: Vec<_> = tests_of_key(expected).into_iter().map(StepTest::Value).collect();
        let verdict = match expected.present {
            Some(false) => question.no_value(of_key),
            _ => question.some_value(of_key, &tests),
        };
        out.push((Subject::Key(key.to_string()), verdict));
    }
}

fn value_of_key<'s>(step: &'s HistoryStep, key: &str) -> Result<Option<&'s PageValue>, Reason> {
    step.value.as_ref().map_or(Ok(None), |metadata| member(metadata, key))
}

impl<'a> Question<'_, 'a> {
    /// The values that were in effect in the window, and whether each was already in effect when the window began.
    fn in_effect(&self, until: i64) -> impl Iterator<Item = (&'a HistoryStep, Truth)> {
        let Window { page, from, .. } = *self.window;
        let (steps, current) = (self.steps, self.times.last_until(from));
        let range = self.times.between(from, until);
        let start = current.map_or(range.start, |current| range.start.min(current));
        let end = current.map_or(range.end, |current| range.end.max(current + 1));
        let is_candidate =
            move |(at, step): &(usize, &HistoryStep)| current == Some(*at) || (step.t > from && step.t <= until);
        let candidates = (start..end).map(move |at| (at, &steps[at])).filter(is_candidate);
        candidates.map(move |(_, step)| {
            let is_lost = step.t <= from && page.has_hole_between(step.t, from);
            (step, if is_lost { Truth::Unknown(Reason::EntriesMissing) } else { Truth::Yes })
        })
    }

    /// Whether one value in the window passes every test.
    fn some_value(
        &self,
        value_of: impl Fn(&'a HistoryStep) -> Result<Option<&'a PageValue>, Reason>,
        tests: &[StepTest],
    ) -> Verdict {
        let (mut unknown, mut failed) = (None, None);
        for (step, is_current) in self.in_effect(self.window.to) {
            let value = match value_of(step) {
                Ok(Some(value)) if !value.is_nothing() => value,
                Ok(_) => continue,
                Err(reason) => {
                    unknown = Some(reason);
                    continue;
                }
            };
            let truths = tests.iter().map(|test| self.run(test, step, value));
            match Truth::all(truths).and(|| is_current) {
                Truth::Yes => return Verdict::Met { entry: Some(step.entry) },
                Truth::Unknown(reason) => unknown = Some(reason),
                Truth::No => failed = Some((step, value)),
            }
        }
        self.window.missing(unknown.or(self.unread_calls()), || match failed {
            Some((step, value)) => {
                let test = tests.iter().find(|test| self.run(test, step, value) == Truth::No);
                (test.map_or(Requirement::Present, StepTest::requirement), Some(value.clone()), Some(step.entry))
            }
            None => self.not_given(tests),
        })
    }

    /// No value took effect. If a call set a value, it is the evidence.
    fn not_given(&self, tests: &[StepTest]) -> (Requirement, Option<PageValue>, Option<EntryId>) {
        let requirement = tests.first().map_or(Requirement::Present, StepTest::requirement);
        let given = self.window.page.last_given(self.field);
        let entry = given.map(|(entry, _)| entry).or_else(|| self.window.page.witness());
        (requirement, given.map(|(_, value)| value.clone()), entry)
    }

    /// Whether the field has no value when the window ends.
    fn no_value(&self, value_of: impl Fn(&'a HistoryStep) -> Result<Option<&'a PageValue>, Reason>) -> Verdict {
        let until = self.times.last_until(self.window.to).map_or(0, |last| last + 1);
        let past = &self.steps[..until];
        // Keys of the metadata are merged: the newest value that has the key decides.
        let found = match self.field {
            Field::Metadata => {
                let mut given = past.iter().rev().take_while(|step| step.value.is_some());
                given.find(|step| !matches!(value_of(step), Ok(None)))
            }
            _ => past.last(),
        };
        let step = found.map(|step| (step, value_of(step)));
        match step {
            Some((_, Err(reason))) => Verdict::CannotBeKnown { reason },
            Some((step, Ok(Some(value)))) => match is_present(value) {
                Truth::Unknown(reason) => Verdict::CannotBeKnown { reason },
                Truth::No => self.window.never_seen(self.unread_calls()),
                Truth::Yes => {
                    let edited = (step.cause == Cause::OwnEdit).then_some(Reason::Edited);
                    self.window.missing(edited, || (Requirement::Absent, Some(value.clone()), Some(step.entry)))
                }
            },
            _ => self.window.never_seen(self.unread_calls()),
        }
    }

    /// Whether no value in the visit has one of the items.
    fn excludes<'e>(&self, items: impl Iterator<Item = &'e str> + Clone) -> Verdict {
        let mut unknown = None;
        for (step, is_current) in self.in_effect(self.window.end).filter(|(step, _)| step.cause != Cause::OwnEdit) {
            let Some(value) = &step.value else { continue };
            for item in items.clone() {
                match includes(item, value, self.window.masked).and(|| is_current) {
                    Truth::No => {}
                    Truth::Unknown(reason) => unknown = Some(reason),
                    Truth::Yes => {
                        let requirement = Requirement::Excludes(item.to_owned());
                        return Verdict::NotMet { requirement, value: Some(value.clone()), entry: Some(step.entry) };
                    }
                }
            }
        }
        self.window.never_seen(unknown.or(self.unread_calls()))
    }

    /// Whether no value that the page set has one of the flaws.
    fn never(&self, tab: &Tab, flaws: &[FlawName]) -> Verdict {
        let mut unknown = None;
        for given in tab.doubtful(self.field) {
            let Evidence::Entry(entry) = given.evidence else { continue };
            let is_edit = self.window.page.history.call(entry).is_some_and(|call| call.own.is_some());
            if is_edit || !self.window.holds(entry) {
                continue;
            }
            let found = given.flaws.iter().find_map(|flaw| flaws.iter().find(|name| name.is(flaw.kind)));
            if let Some(flaw) = found {
                let requirement = Requirement::Never(flaw.name());
                return Verdict::NotMet { requirement, value: Some(given.value.clone()), entry: Some(entry) };
            }
            unknown = unknown.or((!given.value.is_whole()).then_some(Reason::Unread));
        }
        self.window.never_seen(unknown.or(self.unread_calls()))
    }

    /// Whether no value of this page load was replaced by another one, except by a `reset` or an edit.
    fn not_overwritten(&self) -> Verdict {
        let mut unknown = None;
        for pair in self.steps.windows(2).filter(|pair| pair[1].t <= self.window.end) {
            let (Some(old), Some(new)) = (&pair[0].value, &pair[1].value) else { continue };
            let is_edit = pair.iter().any(|step| step.cause == Cause::OwnEdit);
            if is_edit || old == new {
                continue;
            }
            if !old.is_whole() || !new.is_whole() {
                unknown = Some(Reason::Unread);
            } else if !self.window.page.history.follows(&pair[0], &pair[1]) {
                unknown = Some(Reason::EntriesMissing);
            } else {
                let requirement = Requirement::NotOverwritten;
                return Verdict::NotMet { requirement, value: Some(new.clone()), entry: Some(pair[1].entry) };
            }
        }
        self.window.never_seen(unknown.or(self.unread_calls()))
    }

    fn run(&self, test: &StepTest, step: &HistoryStep, value: &PageValue) -> Truth {
        if step.cause == Cause::OwnEdit {
            return Truth::Unknown(Reason::Edited);
        }
        match test {
            StepTest::Value(test) => test.run(value, self.window.masked),
            StepTest::SetBy(setters) => match self.setter(step) {
                Some(setter) => Truth::from(setters.contains(&setter)),
                None => Truth::Unknown(Reason::SetterUnknown),
            },
            StepTest::Before(seconds) => {
                let called = self.window.page.history.call(step.entry).map_or(step.t, |call| call.t);
                Truth::from(called.min(step.t) <= seconds.millis())
            }
        }
    }

    fn setter(&self, step: &HistoryStep) -> Option<Setter> {
        match step.cause {
            Cause::Call => match self.window.page.history.call(step.entry)?.call.name.as_str() {
                "init" => Some(Setter::Init),
                "updateConnection" => Some(Setter::UpdateConnection),
                _ => None,
            },
            Cause::LiveChat => Some(Setter::LiveChat),
            Cause::AccountSettings => Some(Setter::AccountSettings),
            Cause::UrlParameter => Some(Setter::UrlParameter),
            _ => None,
        }
    }

    /// A call whose argument could not be read may have set the field.
    fn unread_calls(&self) -> Option<Reason> {
        self.window.page.has_unread_calls.then_some(Reason::Unread)
    }
}

impl StepTest<'_> {
    fn requirement(&self) -> Requirement {
        match self {
            Self::Value(test) => test.requirement(),
            Self::SetBy(setters) => Requirement::SetBy(setters.iter().map(|setter| setter.name()).collect()),
            Self::Before(seconds) => Requirement::Before(seconds.millis()),
        }
    }
}
