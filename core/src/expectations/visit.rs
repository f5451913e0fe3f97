//! When an expectation applies: the visits of its pages, and the time in which it must hold.

use super::file::{Expectation, Trigger};
use super::page::{Address, Page, number};
use super::page_pattern::{PagePattern, Place};
use super::recorded::Tab;
use super::verdict::{Awaited, Reason, Requirement, Verdict};
use crate::recording::entry::EntryId;
use crate::recording::history::RecordedCall;
use crate::visitor::address::Purpose;
use crate::visitor::page_value::PageValue;

/// Maximum number of visits of an expectation that are judged, and of triggers in a visit, because a page may repeat
/// both indefinitely.
const MAX_VISITS: usize = 500;
pub(super) const MAX_WINDOWS: usize = 200;

/// A time in which a page shows matching URLs.
pub(super) struct Visit<'t, 'a> {
    pub page: &'t Page<'a>,
    /// The index of the page in its tab.
    index: usize,
    /// The matching URLs, by their indices in the page's URLs.
    first: usize,
    until: usize,
}

/// The time in which an expectation must hold.
pub(super) struct Window<'t, 'a> {
    pub page: &'t Page<'a>,
    /// The entry that began it.
    pub since: Option<EntryId>,
    /// When it begins and ends, in milliseconds since the document's time origin.
    pub from: i64,
    pub to: i64,
    /// The end of the visit, or of what is known of it.
    pub end: i64,
    /// The numbers of the entries that count: from the start of the page, or after the trigger, to the end of the
    /// visit.
    pub first: u64,
    pub until: u64,
    state: State,
    pub masked: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// This many milliseconds are left.
    Open(i64),
    /// The page was left before.
    Left,
    Over,
}

/// The trigger that starts the time.
struct Moment {
    entry: Option<EntryId>,
    t: i64,
    /// The number of the first entry that counts.
    first: u64,
}

/// A URL at which visits can't be judged, and the reason.
pub(super) type Unjudged<'t, 'a> = (&'t Page<'a>, Address<'a>, Reason);

/// The visits that an expectation applies to, in the order of the recording.
pub(super) fn visits<'t, 'a>(
    tab: &'t Tab<'a>,
    expectation: &Expectation,
) -> Vec<Result<Visit<'t, 'a>, Unjudged<'t, 'a>>> {
    let mut visits = vec![];
    let patterns: Vec<_> = expectation.pages.iter().map(PagePattern::place).collect();
    let is_hidden = |address: &&Address| {
        let hides = |pattern: &Place| pattern.covers_site(&address.place) && !pattern.is_whole_site();
        tab.masked && patterns.iter().any(hides)
    };
    let is_meant = |address: &Address| patterns.iter().any(|pattern| pattern.matches(&address.place));
    for (index, page) in tab.pages.iter().enumerate() {
        if let Some(address) = page.addresses.iter().find(is_hidden) {
            visits.push(Err((page, *address, Reason::Masked)));
            continue;
        }
        let meant: Vec<_> = page.addresses.iter().map(is_meant).collect();
        let mut first = 0;
        for run in meant.chunk_by(|one, other| one == other) {
            let until = first + run.len();
            if run[0] {
                if visits.len() >= MAX_VISITS {
                    visits.push(Err((page, page.addresses[first], Reason::TooMany)));
                    return visits;
                }
                visits.push(Ok(Visit { page, index, first, until }));
            }
            first = until;
        }
    }
    visits
}

impl<'t, 'a> Visit<'t, 'a> {
    pub fn begin(&self) -> Address<'a> {
        self.page.addresses[self.first]
    }

    /// The windows of an expectation in this visit: one for each time that its trigger happened, and at most one more
    /// than [`MAX_WINDOWS`].
    pub fn windows(&self, tab: &Tab<'a>, expectation: &Expectation) -> Vec<Window<'t, 'a>> {
        let moments = self.moments(tab, &expectation.when.after).into_iter().take(MAX_WINDOWS + 1);
        let within = expectation.when.within.millis();
        moments.map(|moment| self.window(moment, within, tab.masked)).collect()
    }

    /// The verdict if the trigger did not happen.
    pub fn untriggered(&self, tab: &Tab) -> Verdict {
        if self.page.has_hole_until(self.end()) {
            return Verdict::CannotBeKnown { reason: Reason::EntriesMissing };
        }
        match self.next() {
            None if self.page.is_live && tab.goes_on => Verdict::NotYet { awaited: Awaited::Trigger },
            _ => Verdict::CannotBeKnown { reason: Reason::NotTriggered },
        }
    }

    fn window(&self, moment: Moment, within: i64, masked: bool) -> Window<'t, 'a> {
        let to = moment.t.saturating_add(within);
        let end = self.end();
        let is_open = self.page.is_live && self.next().is_none();
        let state = match end {
            end if end >= to => State::Over,
            end if is_open => State::Open(to - end),
            _ => State::Left,
        };
        let until = self.next().and_then(|next| next.entry).map_or(u64::MAX, number);
        let Moment { entry: since, t: from, first } = moment;
        Window { page: self.page, since, from, to: to.min(end), end, first, until, state, masked }
    }

    /// The URL that ended the visit.
    fn next(&self) -> Option<&'t Address<'a>> {
        self.page.addresses.get(self.until)
    }

    /// The end of the visit, or of what is known of it.
    fn end(&self) -> i64 {
        self.next().map_or(self.page.last, |next| next.t)
    }

    fn moments(&self, tab: &Tab<'a>, trigger: &Trigger) -> Vec<Moment> {
        let begin = self.begin();
        match trigger {
            Trigger::Load => vec![Moment { entry: begin.entry, t: begin.t, first: 0 }],
            Trigger::Connected => {
                let mark = self.page.history.marks.handshakes.first().filter(|mark| mark.t <= self.end());
                mark.map(|mark| Moment { entry: Some(mark.entry), t: mark.t.max(begin.t), first: 0 })
                    .into_iter()
                    .collect()
            }
            Trigger::Call(name) => self.calls(name),
            Trigger::Login => self.turns(tab, |before, now| before == Purpose::Login && now == Purpose::Other),
            Trigger::Logout => {
                let mut moments = self.turns(tab, |before, now| before != Purpose::Logout && now == Purpose::Logout);
                moments.extend(self.calls("reset"));
                moments.sort_by_key(|moment| moment.first);
                moments
            }
        }
    }

    fn calls(&self, name: &str) -> Vec<Moment> {
        let from = self.begin().entry.map_or(0, number);
        let until = self.next().and_then(|next| next.entry).map_or(u64::MAX, number);
        let moment = |call: &&RecordedCall| {
            let first = number(call.entry).saturating_add(1);
            Moment { entry: Some(call.entry), t: call.t, first }
        };
        self.page.calls_of(name, from, until).iter().take(MAX_WINDOWS + 1).map(moment).collect()
    }

    /// The URLs of the visit for which `is_turn` is true. Its arguments are the purposes of the previous URL and of
    /// this one.
    fn turns(&self, tab: &Tab<'a>, is_turn: impl Fn(Purpose, Purpose) -> bool) -> Vec<Moment> {
        let purposes = self.page.purposes();
        let before = |at: usize| match at.checked_sub(1) {
            Some(before) => Some(purposes[before]),
            None => tab.purpose_before(self.index),
        };
        let turns = (self.first..self.until).filter(|at| is_turn(before(*at).unwrap_or(Purpose::Other), purposes[*at]));
        let moment = |address: &Address| {
            let first = address.entry.map_or(0, number);
            Moment { entry: address.entry, t: address.t, first }
        };
        turns.take(MAX_WINDOWS + 1).map(|at| moment(&self.page.addresses[at])).collect()
    }
}

impl Window<'_, '_> {
    /// The verdict on something that must happen and hasn't. `unknown`: why it may have happened without an entry.
    pub fn missing(
        &self,
        unknown: Option<Reason>,
        not_met: impl FnOnce() -> (Requirement, Option<PageValue>, Option<EntryId>),
    ) -> Verdict {
        let hole = self.page.has_hole_until(self.to).then_some(Reason::EntriesMissing);
        match (self.state, unknown.or(hole)) {
            (_, Some(Reason::Masked)) => Verdict::CannotBeKnown { reason: Reason::Masked },
            // What else is unknown now may still be shown.
            (State::Open(left), _) => Verdict::NotYet { awaited: Awaited::End(left) },
            (_, Some(reason)) => Verdict::CannotBeKnown { reason },
            (State::Left, None) => Verdict::CannotBeKnown { reason: Reason::PageLeft },
            (State::Over, None) => {
                let (requirement, value, entry) = not_met();
                Verdict::NotMet { requirement, value, entry: entry.or(self.since).or_else(|| self.page.witness()) }
            }
        }
    }

    /// The verdict on something that must never happen in the visit and has no entry.
    pub fn never_seen(&self, unknown: Option<Reason>) -> Verdict {
        let hole = self.page.has_hole_until(self.end).then_some(Reason::EntriesMissing);
        match (self.state, unknown.or(hole)) {
            (_, Some(reason)) => Verdict::CannotBeKnown { reason },
            (State::Open(left), None) => Verdict::NotYet { awaited: Awaited::End(left) },
            (_, None) => Verdict::Met { entry: self.since },
        }
    }

    /// Whether an entry counts.
    pub fn holds(&self, entry: EntryId) -> bool {
        entry.doc == self.page.history.document && (self.first..self.until).contains(&number(entry))
    }
}
