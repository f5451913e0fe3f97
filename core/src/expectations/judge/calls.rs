//! Verdicts on the calls of the page.

use crate::checks::silent_logout;
use crate::expectations::limited::Name;
use crate::expectations::parts::CallsExpectation;
use crate::expectations::recorded::Tab;
use crate::expectations::verdict::{Awaited, Reason, Requirement, Subject, Verdict};
use crate::expectations::visit::Window;
use crate::recording::entry::EntryId;
use crate::recording::history::{CallEffect, RecordedCall, ValueKey};
use crate::visitor::Field;

pub(super) fn judge(tab: &Tab, window: &Window, expected: &CallsExpectation, out: &mut Vec<(Subject, Verdict)>) {
    let mut each = |part, names: Option<&[Name]>, judge: &dyn Fn(&str) -> Verdict| {
        for name in names.unwrap_or_default() {
            out.push((Subject::Calls(part), judge(name)));
        }
    };
    each("made", expected.made.as_deref(), &|name| made(window, name));
    each("notMade", expected.not_made.as_deref(), &|name| {
        at_most(window, name, 0, Requirement::NotCalled(name.to_owned()))
    });
    each("once", expected.once.as_deref(), &|name| at_most(window, name, 1, Requirement::CalledOnce(name.to_owned())));
    if let Some(names) = expected.order.as_deref() {
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        out.push((Subject::Calls("order"), order(window, &names)));
    }
    if expected.reset_on_logout == Some(true) {
        out.push((Subject::Calls("resetOnLogout"), reset_on_logout(tab, window)));
    }
}

/// The calls to one function that count, in order.
fn calls<'t, 'a>(window: &Window<'t, 'a>, name: &str) -> &'t [&'a RecordedCall] {
    window.page.calls_of(name, window.first, window.until)
}

fn unseen(window: &Window) -> Option<Reason> {
    window.page.passes_calls_unseen.then_some(Reason::CallsUnseen)
}

fn not_met(requirement: Requirement, entry: EntryId) -> Verdict {
    Verdict::NotMet { requirement, value: None, entry: Some(entry) }
}

fn made(window: &Window, name: &str) -> Verdict {
    match calls(window, name).iter().find(|call| call.t <= window.to) {
        Some(call) => Verdict::Met { entry: Some(call.entry) },
        None => window.missing(unseen(window), || (Requirement::Called(name.to_owned()), None, None)),
    }
}

fn at_most(window: &Window, name: &str, most: usize, requirement: Requirement) -> Verdict {
    match calls(window, name).get(most) {
        Some(call) => not_met(requirement, call.entry),
        None => window.never_seen(unseen(window)),
    }
}

/// Whether the first call of each function comes after that of the previous one.
fn order(window: &Window, names: &[&str]) -> Verdict {
    let first = |name: &str| calls(window, name).first();
    for pair in names.windows(2) {
        let (before, after) = (first(pair[0]), first(pair[1]));
        let requirement = || Requirement::CalledAfter(pair[0].to_owned(), pair[1].to_owned());
        match after {
            Some(after) if before.is_none_or(|before| before.entry > after.entry) => {
                let hole = window.page.has_hole_until(after.t).then_some(Reason::EntriesMissing);
                return match hole.or(unseen(window)) {
                    Some(reason) => Verdict::CannotBeKnown { reason },
                    None => not_met(requirement(), after.entry),
                };
            }
            _ => {}
        }
    }
    let missing = names.iter().find(|name| first(name).is_none_or(|call| call.t > window.to));
    match missing {
        None => Verdict::Met { entry: names.last().and_then(|name| first(name)).map(|call| call.entry) },
        Some(name) => window.missing(unseen(window), || (Requirement::Called((*name).to_owned()), None, None)),
    }
}

/// The check `silent-logout` decides this, because it excludes pages that only look like a logout.
fn reset_on_logout(tab: &Tab, window: &Window) -> Verdict {
    let found = tab.checked().findings.iter();
    for finding in found.filter(|finding| finding.check == silent_logout::CHECK.id) {
        if let Some(entry) = window.page.first_of(&finding.evidence, window.first, window.until) {
            return not_met(Requirement::ResetOnLogout, entry);
        }
    }
    let ends = |call: &&RecordedCall| {
        call.is("reset") || call.had_effect(ValueKey::Field(Field::UniqueId), CallEffect::Removed)
    };
    let has_more_urls = window.page.history.marks.addresses_end.is_some_and(|end| end <= window.end);
    let omitted = || tab.omitted(window.page, |omission| omission.check == silent_logout::CHECK.id);
    if let Some(reason) = has_more_urls.then_some(Reason::TooMany).or_else(omitted) {
        return Verdict::CannotBeKnown { reason };
    }
    match window.page.calls(window.first, window.until).find(ends) {
        Some(call) => Verdict::Met { entry: Some(call.entry) },
        None if window.page.has_hole_until(window.end) => Verdict::CannotBeKnown { reason: Reason::EntriesMissing },
        None if window.page.is_live && tab.goes_on => Verdict::NotYet { awaited: Awaited::LogOut },
        None => Verdict::CannotBeKnown { reason: Reason::NotLoggedOut },
    }
}
