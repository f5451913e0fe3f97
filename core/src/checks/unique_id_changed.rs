//! Change of identity without a `reset`.
//!
//! Why it matters: Two people share one visitor in Upscope. The second one gets the history, tags, and metadata of the
//! first.
//!
//! Rule: Documentation page "Identifying the Visitor": `reset` logs a visitor out and creates a new one with a new ID.
//! Two `uniqueId`s count if the server can have received both. If a site sets no `uniqueId`, its `identities` count if
//! all of them change, and there were several or a login or logout happened in between. If a call passes `identities`
//! without the `uniqueId` that the server has, they count if name and email address both change.
//!
//! Fix: Call `reset` before the new ID, in an earlier task.
//!
//! False positive if: both IDs belong to one person: the site gave the account another ID, the visitor had an ID before
//! the login that looks like a customer's, or an agent views the site as a customer. A view as a customer that began
//! before the recording can't be detected. The finding is also wrong if one person changes name and email address at
//! once, on a page that isn't for settings or profiles. Without a `uniqueId`, it is wrong if two pages name one person
//! by `identities` that have no word in common.
//!
//! These remove the finding:
//!
//! - a URL that shows a view as a customer
//! - a removal with `null` before
//! - the replacement of an ID before the server received it
//! - another short ID, since it belongs to another visitor
//! - an edit with the inspector in between
//! - missing entries and values that couldn't be read, since they may contain any of these
//!
//! These don't count as another person:
//!
//! - the same ID in another form, such as a number as text
//! - an anonymous ID, such as `guest` or `0`, before or between the others
//! - the first ID of a visitor who logs in or registers: `guest-17`, a UUID before an ID of another form, an ID that
//!   the `identities` of the other ID contain, or one with an email address that both have
//! - a name in another form, such as `Marsh, Ada` or `Ada` for `Ada Marsh`
//! - other `identities` (a person may change names), if a page for settings or profiles was open, if one list has email
//!   addresses and the other has none, or if the same `uniqueId` is passed with them, as for an account that several
//!   people share
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { uniqueId: 'cust-1042' });
//! // another person logs in on the same computer
//! Upscope('updateConnection', { uniqueId: 'cust-2000' }); // without Upscope('reset') in between
//! ```

use super::by_time::by_time;
use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::entry::EntryId;
use crate::recording::history::{Cause, DocumentHistory, HistoryStep, ValueKey};
use crate::visitor::Field;
use crate::visitor::address::{self, Purpose};
use crate::visitor::identity::{is_email, is_nobody, is_same_id, is_same_name, may_precede_login};
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "unique-id-changed", severity: Severity::Error, run };

/// The relevant events of a site, in order.
enum Event<'a> {
    /// Missing entries, which may contain a `reset` or an impersonation.
    Gap,
    /// A URL. A login or logout may happen there, or the visitor may change the name.
    Address {
        is_login: bool,
        is_setting: bool,
    },
    Impersonation,
    ShortId(&'a HistoryStep),
    /// An edit with the inspector, which is not a mistake of the page.
    OwnEdit,
    /// A value of a field, and the value of the other field in the same call.
    Identified(Field, &'a HistoryStep, Option<&'a PageValue>),
}

type IdentityValue<'a> = Option<(&'a PageValue, EntryId)>;

/// The last known identity.
#[derive(Default)]
struct SiteIdentity<'a> {
    short_id: Option<&'a PageValue>,
    unique_id: IdentityValue<'a>,
    identities: IdentityValue<'a>,
    /// The ID that the visitor had when a call set the identities.
    id_of_identities: Option<&'a PageValue>,
    /// Whether the site uses `uniqueId`.
    has_id: bool,
    /// Whether a login or logout occurred after the identities were set.
    login: bool,
    /// Whether a page on which visitors change their name is open.
    is_setting: bool,
    /// Whether one was open after the identities were set.
    was_setting: bool,
    /// The identity before an agent viewed the site as a customer. `Some(None)` until the customer is identified.
    agent: Option<IdentityValue<'a>>,
}

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let agent = facts.history.gone.then_some(None);
        let mut identity = SiteIdentity { agent, ..SiteIdentity::default() };
        for event in site.into_iter().flat_map(events) {
            identity.apply(event, findings);
        }
    }
}

impl<'a> SiteIdentity<'a> {
    fn clear(&mut self) {
        *self = Self { has_id: self.has_id, is_setting: self.is_setting, ..Self::default() };
    }

    fn apply(&mut self, event: Event<'a>, findings: &mut Findings) {
        match event {
            // An agent may have begun to view the site as a customer.
            Event::Gap => {
                self.clear();
                self.agent = Some(None);
            }
            Event::Address { is_login, is_setting } => {
                self.login |= is_login;
                self.is_setting = is_setting;
                self.was_setting |= is_setting;
            }
            Event::Impersonation => self.agent = Some(None),
            Event::ShortId(step) | Event::Identified(_, step, _) if step.cause == Cause::Reset => self.clear(),
            Event::ShortId(step) => {
                let Some(id) = &step.value else { return };
                if self.short_id.is_some_and(|known| known != id) {
                    self.clear();
                }
                self.short_id = Some(id);
            }
            Event::OwnEdit => (self.unique_id, self.identities) = (None, None),
            Event::Identified(Field::UniqueId, step, names) => self.unique_id(step, names, findings),
            Event::Identified(_, step, id) => self.identities(step, id, findings),
        }
    }

    fn unique_id(&mut self, step: &'a HistoryStep, names: Option<&PageValue>, findings: &mut Findings) {
        let Some(value) = &step.value else {
            // The page removed the ID.
            return self.unique_id = None;
        };
        // The ID is empty, which other checks report, or belongs to a visitor who isn't logged in.
        if is_nobody(value) {
            return;
        }
        self.has_id = true;
        let changes = |known: &PageValue| differ(known, value) && !self.is_known_as(known, value, names);
        if let Some((_, first)) = self.unique_id.filter(|(known, _)| changes(known))
            && !self.is_impersonated(value)
        {
            report(Field::UniqueId, value, first, step.entry, findings);
        }
        self.unique_id = Some((value, step.entry));
    }

    /// Whether two IDs certainly belong to one person: the first one was generated for an unidentified visitor, the
    /// identities contain the other ID, or both have the same email address.
    fn is_known_as(&self, known: &PageValue, value: &PageValue, names: Option<&PageValue>) -> bool {
        let names_before = self.identities.map(|(names, _)| names);
        // A value that couldn't be read may identify the person.
        if [names_before, names].into_iter().flatten().any(|names| !names.is_whole()) {
            return true;
        }
        let (before, now) = (items(names_before), items(names));
        let lists = |names: &[PageValue], id: &PageValue| names.iter().any(|name| is_same_id(name, id));
        may_precede_login(known, value)
            || lists(before, value)
            || lists(now, known)
            || now.iter().filter(|name| is_mail(name)).any(|email| lists(before, email))
    }

    /// Whether a change to `value` starts or ends an agent's view as a customer.
    fn is_impersonated(&mut self, value: &PageValue) -> bool {
        match self.agent {
            Some(None) => {
                self.agent = Some(self.unique_id);
                true
            }
            Some(Some((agent, _))) => {
                self.agent = None;
                agent == value
            }
            None => false,
        }
    }

    /// `id`: the `uniqueId` in the same call.
    fn identities(&mut self, step: &'a HistoryStep, id: Option<&PageValue>, findings: &mut Findings) {
        let Some(value) = &step.value else { return self.identities = None };
        if matches!(value, PageValue::List(items, 0) if !items.is_empty() && items.iter().all(is_nobody)) {
            return;
        }
        let was = self.identities.replace((value, step.entry));
        // A live chat may know the person under other names.
        let now_id = self.unique_id.map(|(id, _)| id).filter(|_| step.cause == Cause::Call);
        let was_id = std::mem::replace(&mut self.id_of_identities, now_id);
        let login = std::mem::take(&mut self.login);
        let may_rename = std::mem::replace(&mut self.was_setting, self.is_setting);
        let keeps_id = id.is_none_or(|id| *id == PageValue::Undefined) && is_same_known(was_id, now_id);
        let changes = |known: &PageValue| match self.has_id {
            true => keeps_id && !may_rename && is_other_name_and_email(known, value),
            false => is_other_person(known, value, login),
        };
        if let Some((_, first)) = was.filter(|(known, _)| self.agent.is_none() && changes(known)) {
            report(Field::Identities, value, first, step.entry, findings);
        }
    }
}

fn report(field: Field, value: &PageValue, first: EntryId, second: EntryId, findings: &mut Findings) {
    let about = || About::field(field).value(value);
    findings.add_with(about(), Evidence::Entry(first), || fix::code("Upscope('reset');"));
    findings.add(about(), Evidence::Entry(second));
}

fn items(identities: Option<&PageValue>) -> &[PageValue] {
    match identities {
        Some(PageValue::List(items, _)) => items,
        _ => &[],
    }
}

/// Whether both are known and equal.
fn is_same_known(one: Option<&PageValue>, other: Option<&PageValue>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.is_whole() && other.is_whole() && is_same_id(one, other))
}

/// Whether the two have no identity in common. A single identity may be a new email address of the same person. One
/// page may set email addresses, and another one only names.
fn is_other_person(known: &PageValue, value: &PageValue, login: bool) -> bool {
    let (PageValue::List(was, _), PageValue::List(now, _)) = (known, value) else { return false };
    let is_alike = has(was, is_mail) == has(now, is_mail);
    is_alike && (login || (was.len() > 1 && now.len() > 1)) && is_disjoint(known, value)
}

/// Whether another name and another email address replace the known ones.
fn is_other_name_and_email(known: &PageValue, value: &PageValue) -> bool {
    let has_both = |names: &[PageValue]| has(names, is_mail) && has(names, |name| !is_mail(name));
    has_both(items(Some(known))) && has_both(items(Some(value))) && is_disjoint(known, value)
}

/// Whether two lists could be read as a whole and have no item in common, nor one name in two forms.
fn is_disjoint(known: &PageValue, value: &PageValue) -> bool {
    let (PageValue::List(was, 0), PageValue::List(now, 0)) = (known, value) else { return false };
    let is_read = known.is_whole() && value.is_whole() && !was.is_empty() && !now.is_empty();
    let may_be_same = |one: &PageValue, other: &PageValue| is_same_id(one, other) || is_same_name(one, other);
    is_read && was.iter().all(|item| !now.iter().any(|other| may_be_same(item, other)))
}

fn has(names: &[PageValue], is_meant: fn(&PageValue) -> bool) -> bool {
    names.iter().any(is_meant)
}

fn is_mail(name: &PageValue) -> bool {
    name.as_text().is_some_and(is_email)
}

/// The events of one document, by time.
fn events(doc: &DocumentHistory) -> Vec<Event<'_>> {
    let addresses = doc.marks.addresses.iter().map(|address| (address.t, event_of(&address.value)));
    let short_ids = doc.value_history(ValueKey::ShortId).steps.iter().map(|step| (step.t, Event::ShortId(step)));
    let gaps = doc.gaps.iter().map(|gap| (gap.t, Event::Gap));
    let unread = doc.calls.iter().filter(|call| call.is_unread()).map(|call| (call.t, Event::Gap));
    let end = doc.marks.addresses_end;
    let events = by_time([
        addresses.collect(),
        short_ids.collect(),
        named(doc, Field::UniqueId).collect(),
        named(doc, Field::Identities).collect(),
        gaps.collect(),
        unread.collect(),
    ]);
    // An agent may view the site as a customer at a URL that is not known.
    let known = events.filter(|(t, _)| end.is_none_or(|end| *t < end)).map(|(_, event)| event);
    known.chain(end.map(|_| Event::Gap)).collect()
}

fn event_of<'a>(url: &str) -> Event<'a> {
    if address::is_impersonation(url) {
        return Event::Impersonation;
    }
    Event::Address { is_login: address::purpose(url) != Purpose::Other, is_setting: address::is_setting(url) }
}

fn named(doc: &DocumentHistory, field: Field) -> impl Iterator<Item = (i64, Event<'_>)> {
    let subject = ValueKey::Field(field);
    let steps = doc.value_history(subject).steps.iter().enumerate();
    let counts = move |(place, step): &(usize, &HistoryStep)| {
        step.value.is_none() || is_own(doc, step) || doc.reached_server(subject, *place)
    };
    let other = if field == Field::UniqueId { Field::Identities } else { Field::UniqueId };
    let given = move |step: &HistoryStep| doc.given(doc.call(step.entry)?, other);
    let event =
        move |step| if is_own(doc, step) { Event::OwnEdit } else { Event::Identified(field, step, given(step)) };
    steps.filter(counts).map(move |(_, step)| (step.t, event(step)))
}

fn is_own(doc: &DocumentHistory, step: &HistoryStep) -> bool {
    step.cause != Cause::Reset && doc.call(step.entry).is_some_and(|call| !call.is_by_page())
}

/// Whether two IDs certainly differ. An unread ID may be equal.
fn differ(known: &PageValue, value: &PageValue) -> bool {
    !is_same_id(known, value) && known.is_whole() && value.is_whole()
}

#[cfg(test)]
mod tests;
