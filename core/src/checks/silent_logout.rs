//! Logout that Upscope doesn't know about.
//!
//! Why it matters: The next person who uses this browser appears under the previous person's name.
//!
//! Rule: Documentation page "Identifying the Visitor": a key that is absent or `undefined` keeps its value, also across
//! page loads. `null` or `reset` removes it. The inspector reports a page that set `uniqueId` or `identities` and later
//! sets them to empty or anonymous values, such as `guest`, opens a URL about logging out (in path, query, or
//! fragment), or ends at a login page. In a single-page app, it is enough that no call follows once the login page has
//! appeared. A login page that the browser loads counts only with an `init` that has no identity.
//!
//! Fix: Call `reset`, which ends the visitor's identity.
//!
//! False positive if: the URL is only about logging out, or asks for confirmation.
//!
//! A login page and an empty value in `init` count only if the previous page set its identity in `init`, or if a
//! single-page app stays there. These have no finding:
//!
//! - a help page
//! - a page that still sets the same identity at that URL
//! - an empty value, if the next page has the identity again
//! - an `undefined` ID in an update with other values
//! - a loaded login page without an `init`: it sends nothing to Upscope, may not have Upscope at all, or may ask a
//!   visitor who is still logged in to log in again
//! - a value or a call that couldn't be read, since it may name the same visitor
//! - missing entries, since one of them may be a `reset`
//! - another short ID, since it belongs to another visitor
//!
//! Example:
//!
//! ```js
//! // First page, logged in:
//! Upscope('init', { uniqueId: 'cust-1042' });
//! // Next page, logged out:
//! Upscope('init', { uniqueId: undefined }); // keeps cust-1042. Call Upscope('reset') instead.
//! ```

use super::by_time::by_time;
use super::{About, Check, Evidence, Facts, Findings, Severity, SiteVisitor, fix};
use crate::recording::entry::{DocId, EntryId};
use crate::recording::history::{
    CallEffect, CallResult, Cause, DocumentHistory, HistoryStep, Observation, RecordedCall, ValueKey,
};
use crate::visitor::address::{self, Purpose};
use crate::visitor::identity::{is_nobody, is_same_id};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, PerField};

pub static CHECK: Check = Check { id: "silent-logout", severity: Severity::Warning, run };

/// The fields that identify a visitor.
const NAMING: [Field; 2] = [Field::UniqueId, Field::Identities];

/// The relevant events of a document, in order.
enum Event<'a> {
    Identified {
        by_init: bool,
        gives: Vec<(Field, &'a PageValue)>,
    },
    Removed(Field),
    /// A `reset`, or missing entries or an unread value, which may be one.
    Reset,
    /// A sign that the page has logged the visitor out.
    Hint(Hint),
    /// The URL changed without a page load.
    Navigated,
}

#[derive(Clone, Copy)]
struct Hint {
    entry: EntryId,
    kind: HintKind,
}

#[derive(Clone, Copy, PartialEq)]
enum HintKind {
    /// Identifying fields with empty values. `by_init`: an `init` has them.
    Blank {
        by_init: bool,
    },
    Address,
    /// A login page. `by_init`: an `init` without an identity shows it.
    Login {
        by_init: bool,
    },
}

/// The identity that the page set, and a sign of a logout since.
#[derive(Default)]
struct Identity<'a> {
    named: PerField<Option<&'a PageValue>>,
    /// The document in which an `init` last set it.
    init_in: Option<DocId>,
    /// Whether an `init` set it in the document that last set it.
    by_init: bool,
    hint: Option<Hint>,
}

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let mut identity = Identity::default();
        let mut visitor = SiteVisitor::default();
        for doc in site {
            if visitor.is_replaced_in(doc) {
                identity = Identity::default();
            }
            for event in events(doc) {
                identity.apply(doc.document, event, findings);
            }
        }
        identity.report(findings);
    }
}

impl<'a> Identity<'a> {
    fn apply(&mut self, doc: DocId, event: Event<'a>, findings: &mut Findings) {
        match event {
            Event::Reset => *self = Self::default(),
            // `logout-leftovers` reports the remaining fields.
            Event::Removed(Field::UniqueId) => *self = Self::default(),
            Event::Removed(field) => {
                self.named[field] = None;
                self.hint = self.hint.filter(|_| self.is_named());
            }
            Event::Identified { by_init, gives } => self.identify(doc, by_init, &gives, findings),
            Event::Hint(hint) => self.add_hint(hint),
            Event::Navigated => self.hint = self.hint.filter(|hint| !matches!(hint.kind, HintKind::Login { .. })),
        }
    }

    /// A page may log out first and inform Upscope later. A hint counts only if no later entry ends the identity or
    /// shows that the visitor is still logged in.
    fn identify(&mut self, doc: DocId, by_init: bool, gives: &[(Field, &'a PageValue)], findings: &mut Findings) {
        let same = self.is_same_person(gives);
        let stays = |hint: Hint| same && (hint.entry.doc == doc || hint.kind != HintKind::Address);
        if !self.hint.is_some_and(stays) {
            self.report(findings);
        }
        self.hint = None;
        for (field, value) in gives {
            self.named[*field] = Some(value);
        }
        self.init_in = if by_init { Some(doc) } else { self.init_in };
        self.by_init = self.init_in == Some(doc);
    }

    /// Whether the values certainly belong to the visitor whom the page identified before. Without an ID, the longer
    /// list of identities must contain all of the shorter one.
    fn is_same_person(&self, gives: &[(Field, &PageValue)]) -> bool {
        let given = |wanted| gives.iter().find(|(field, _)| *field == wanted).map(|(_, value)| *value);
        match (self.named[Field::UniqueId], given(Field::UniqueId)) {
            (Some(known), Some(value)) => is_same_id(known, value),
            _ => match (self.named[Field::Identities], given(Field::Identities)) {
                (Some(PageValue::List(known, 0)), Some(PageValue::List(value, 0))) => {
                    let (short, long) = if known.len() < value.len() { (known, value) } else { (value, known) };
                    short.iter().all(|item| long.iter().any(|other| is_same_id(item, other)))
                }
                (Some(known), Some(value)) => is_same_id(known, value),
                _ => false,
            },
        }
    }

    fn is_named(&self) -> bool {
        self.named.values().any(Option::is_some)
    }

    fn add_hint(&mut self, hint: Hint) {
        let counts = match hint.kind {
            HintKind::Login { by_init } | HintKind::Blank { by_init } => !by_init || self.by_init,
            HintKind::Address => true,
        };
        if self.is_named() && counts {
            self.hint = self.hint.or(Some(hint));
        }
    }

    fn report(&mut self, findings: &mut Findings) {
        let Some(hint) = self.hint.take() else { return };
        let field = if self.named[Field::UniqueId].is_some() { Field::UniqueId } else { Field::Identities };
        findings.add_with(About::field(field), Evidence::Entry(hint.entry), || fix::code("Upscope('reset');"));
    }
}

/// The events of one document, by time.
fn events(doc: &DocumentHistory) -> Vec<Event<'_>> {
    let marks = &doc.marks;
    let addresses = marks.addresses.iter().enumerate();
    let addresses = addresses.filter_map(|(at, address)| Some((address.t, event_of(address, at == 0)?)));
    // A later URL that is not known may have left a login page.
    let end = marks.addresses_end.map(|end| (end, Event::Navigated));
    let steps = |field| doc.value_history(ValueKey::Field(field)).steps.iter().map(move |step| (field, step));
    let sent = NAMING.into_iter().flat_map(steps).filter_map(|(field, step)| sent(field, step));
    // A missing entry may have ended it.
    let gaps = doc.gaps.iter().map(|gap| (gap.t, Event::Reset));
    let begins_at_login = marks.addresses.first().is_some_and(|first| address::is_login(&first.value));
    let calls = doc.calls.iter().flat_map(|call| {
        let at_login = begins_at_login && call.is("init") && marks.addresses_end.is_none_or(|end| call.t < end);
        events_of(doc, call, at_login).into_iter().map(move |event| (call.t, event))
    });
    let events = by_time([addresses.chain(end).collect(), sent.collect(), gaps.collect(), calls.collect()]);
    events.map(|(_, event)| event).collect()
}

fn event_of<'a>(address: &Observation<String>, is_first: bool) -> Option<Event<'a>> {
    let hint = |kind| Some(Event::Hint(Hint { entry: address.entry, kind }));
    match address::purpose(&address.value) {
        Purpose::Logout => hint(HintKind::Address),
        _ if is_first => None,
        Purpose::Login => hint(HintKind::Login { by_init: false }),
        Purpose::Other => Some(Event::Navigated),
    }
}

fn events_of<'a>(doc: &'a DocumentHistory, call: &'a RecordedCall, at_login: bool) -> Vec<Event<'a>> {
    let given = |field: Field| doc.given(call, field);
    // A value that couldn't be read may be that of the same visitor, of another one, or of a visitor who isn't logged
    // in.
    let is_unknown = |field: &Field| given(*field).is_some_and(|value| !value.is_whole());
    if call.is("reset") || call.is_unread() || NAMING.iter().any(is_unknown) {
        return vec![Event::Reset];
    }
    let removes = |field: &Field| {
        call.had_effect(ValueKey::Field(*field), CallEffect::Removed)
            || (*field == Field::Identities && given(*field).is_some_and(is_empty_list))
    };
    let gives = |field: Field| {
        let value = given(field).filter(|value| !names_nobody(value) && !removes(&field));
        Some((field, value.filter(|_| call.had_effect(ValueKey::Field(field), CallEffect::Set))?))
    };
    let mut events: Vec<_> = NAMING.into_iter().filter(removes).map(Event::Removed).collect();
    let gives: Vec<_> = NAMING.into_iter().filter_map(gives).collect();
    let is_init = call.is("init");
    let blank = given(Field::UniqueId)
        .is_some_and(|value| names_nobody(value) && (is_init || !keeps(doc, call, value)))
        || (is_init && given(Field::Identities).is_some_and(names_nobody));
    let hint = |kind| Event::Hint(Hint { entry: call.entry, kind });
    if !gives.is_empty() {
        events.push(Event::Identified { by_init: is_init, gives });
    } else if blank {
        events.push(hint(HintKind::Blank { by_init: is_init }));
    } else if at_login && events.is_empty() && !matches!(call.result, CallResult::Lost(_)) {
        events.push(hint(HintKind::Login { by_init: true }));
    }
    events
}

/// Whether an update with this ID keeps the visitor. The SDK ignores `undefined`, and another field shows that it isn't
/// a logout.
fn keeps(doc: &DocumentHistory, call: &RecordedCall, id: &PageValue) -> bool {
    let may_say = |value: &PageValue| (value.has_parts() || !value.is_whole()) && !names_nobody(value);
    let mut others = Field::ALL.into_iter().filter(|field| *field != Field::UniqueId);
    *id == PageValue::Undefined && others.any(|field| doc.given(call, field).is_some_and(may_say))
}

/// An identity that the server received without a readable call.
fn sent(field: Field, step: &HistoryStep) -> Option<(i64, Event<'_>)> {
    let value = step.value.as_ref().filter(|value| !names_nobody(value))?;
    let shown = step.cause == Cause::Unrecorded && step.sent.is_some();
    let event = match value.is_whole() {
        true => Event::Identified { by_init: false, gives: vec![(field, value)] },
        false => Event::Reset,
    };
    shown.then_some((step.t, event))
}

fn is_empty_list(value: &PageValue) -> bool {
    matches!(value, PageValue::List(items, 0) if items.is_empty())
}

/// Whether a value means that the visitor isn't logged in: such an ID, or a list that contains only such IDs.
fn names_nobody(value: &PageValue) -> bool {
    match value {
        PageValue::List(items, 0) => {
            !items.is_empty() && items.iter().all(|item| names_nobody(item) || item.is_nothing())
        }
        value => is_nobody(value),
    }
}

#[cfg(test)]
mod tests;
