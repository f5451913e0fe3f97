//! Change of identity without a `reset`.
//!
//! Why it matters: Two people share one visitor in Upscope. The second one gets the history, tags, and metadata of the
//! first.
//!
//! Rule: Documentation page "Identifying the Visitor": `reset` logs a visitor out and creates a new one with a new ID.
//! Two `uniqueId`s count if the server can have received both. If a site sets no `uniqueId`, its `identities` count if
//! all of them change, and there were several or a login or logout happened in between.
//!
//! Fix: Call `reset` before the new ID, in an earlier task.
//!
//! False positive if: both IDs belong to one person: the site gave the account another ID, or an agent views the site
//! as a customer. The finding is removed by a URL that shows such a view, by a removal with `null` before, and by the
//! replacement of an ID before the server received it. The same ID in another form, such as a number as text, is no
//! other person, nor is an ID of nobody, such as `guest` or `0`, before or between the others. Neither is the first ID of
//! a visitor who registers: `guest-17`, or one that the `identities` of the other ID name, or with an email address that
//! both have. Missing entries may contain any of these. A view as a customer that began before the recording is unknown.
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
use crate::visitor::identity::{is_anonymous, is_email, is_nobody, is_same_id};
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "unique-id-changed", severity: Severity::Error, run };

/// The relevant events of a site, in order.
enum Event<'a> {
    /// Missing entries, which may contain a `reset` or an impersonation.
    Gap,
    /// A login or logout, according to the URL.
    Login,
    Impersonation,
    ShortId(&'a HistoryStep),
    /// An edit with the inspector, which is not a mistake of the page.
    OwnEdit,
    /// A value of a field, and the identities that the same call gives.
    Identified(Field, &'a HistoryStep, Option<&'a PageValue>),
}

type IdentityValue<'a> = Option<(&'a PageValue, EntryId)>;

/// The last known identity.
#[derive(Default)]
struct SiteIdentity<'a> {
    short_id: Option<&'a PageValue>,
    unique_id: IdentityValue<'a>,
    identities: IdentityValue<'a>,
    /// Whether the site uses `uniqueId`.
    has_id: bool,
    /// Whether a login or logout occurred after the identities were set.
    login: bool,
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
        *self = Self { has_id: self.has_id, ..Self::default() };
    }

    fn apply(&mut self, event: Event<'a>, findings: &mut Findings) {
        match event {
            // An agent may have begun to view the site as a customer.
            Event::Gap => *self = Self { agent: Some(None), has_id: self.has_id, ..Self::default() },
            Event::Login => self.login = true,
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
            Event::Identified(_, step, _) => self.identities(step, findings),
        }
    }

    fn unique_id(&mut self, step: &'a HistoryStep, names: Option<&PageValue>, findings: &mut Findings) {
        let Some(value) = &step.value else {
            // The page removed the ID.
            return self.unique_id = None;
        };
        // An empty ID, which other checks report, or that of a visitor who is not logged in.
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

    /// Whether two IDs certainly belong to one person: the first was made for a visitor who was not known, the identities have
    /// the other ID, or they share an email address.
    fn is_known_as(&self, known: &PageValue, value: &PageValue, names: Option<&PageValue>) -> bool {
        let (before, now) = (items(self.identities.map(|(names, _)| names)), items(names));
        let has = |names: &[PageValue], id: &PageValue| names.iter().any(|name| is_same_id(name, id));
        let mails = |name: &&PageValue| name.as_text().is_some_and(is_email);
        is_anonymous(known)
            || has(before, value)
            || has(now, known)
            || now.iter().filter(mails).any(|email| has(before, email))
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

    fn identities(&mut self, step: &'a HistoryStep, findings: &mut Findings) {
        let Some(value) = &step.value else { return self.identities = None };
        if matches!(value, PageValue::List(items, 0) if !items.is_empty() && items.iter().all(is_nobody)) {
            return;
        }
        let was = self.identities.replace((value, step.entry));
        let login = std::mem::take(&mut self.login);
        if let Some((known, first)) = was.filter(|_| !self.has_id && self.agent.is_none())
            && is_other_person(known, value, login)
        {
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

/// Whether the two have no identity in common. A single identity may be a new address of the same person.
fn is_other_person(known: &PageValue, value: &PageValue, login: bool) -> bool {
    let (PageValue::List(known, 0), PageValue::List(value, 0)) = (known, value) else { return false };
    let (many, none) = (known.len() > 1 && value.len() > 1, known.is_empty() || value.is_empty());
    !none && (many || login) && known.iter().all(|item| !value.iter().any(|other| is_same_id(other, item)))
}

/// The events of one document, by time.
fn events(doc: &DocumentHistory) -> Vec<Event<'_>> {
    let addresses = doc.marks.addresses.iter().filter_map(|address| Some((address.t, event_of(&address.value)?)));
    let short_ids = doc.value_history(ValueKey::ShortId).steps.iter().map(|step| (step.t, Event::ShortId(step)));
    let gaps = doc.gaps.iter().map(|gap| (gap.t, Event::Gap));
    let end = doc.marks.addresses_end;
    let events = by_time([
        addresses.collect(),
        short_ids.collect(),
        named(doc, Field::UniqueId).collect(),
        named(doc, Field::Identities).collect(),
        gaps.collect(),
    ]);
    // An agent may view the site as a customer at a URL that is not known.
    let known = events.filter(|(t, _)| end.is_none_or(|end| *t < end)).map(|(_, event)| event);
    known.chain(end.map(|_| Event::Gap)).collect()
}

fn event_of<'a>(url: &str) -> Option<Event<'a>> {
    if address::is_impersonation(url) {
        return Some(Event::Impersonation);
    }
    (address::purpose(url) != Purpose::Other).then_some(Event::Login)
}

fn named(doc: &DocumentHistory, field: Field) -> impl Iterator<Item = (i64, Event<'_>)> {
    let subject = ValueKey::Field(field);
    let steps = doc.value_history(subject).steps.iter().enumerate();
    let counts = move |(place, step): &(usize, &HistoryStep)| {
        step.value.is_none() || is_own(doc, step) || doc.reached_server(subject, *place)
    };
    let names = move |step: &HistoryStep| doc.call(step.entry)?.call.given(Field::Identities.key());
    let event =
        move |step| if is_own(doc, step) { Event::OwnEdit } else { Event::Identified(field, step, names(step)) };
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
mod tests {
    use super::*;
    use crate::checks::fixture::{self, found};
    use crate::recording::entry::PageMoment;
    use crate::recording::fixture::Tab;
    use crate::recording::history::MAX_ADDRESSES;
    use serde_json::json;

    #[test]
    fn a_switch_without_a_reset_is_found() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab)[0].evidence.len(), 2);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/2").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_reset_short_id_or_site_change_is_fine() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("reset", json!([])).call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/2").stored("shortId", Some("S2")).call("init", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://other.test/").call("init", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.own(json!({"act": "update", "update": {"uniqueId": "mine"}}));
        tab.call("updateConnection", json!([{"uniqueId": "mine"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": null}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn missing_entries_may_contain_a_reset() {
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
            tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
            if gone { tab.without(7..9) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
        // Also when the page was left.
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            tab.call("logEvent", json!([])).page("https://acme.test/2");
            tab.version("2.2.119").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
            if gone { tab.without(6..7) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    }

    #[test]
    fn a_visitor_who_logs_in_is_one_person() {
        for nobody in [json!("guest"), json!("0"), json!(0), json!("00000000-0000-0000-0000-000000000000")] {
            let mut tab = Tab::connected(json!({ "uniqueId": nobody }));
            tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
            assert_eq!(found(&CHECK, &tab), [], "{nobody}");
            tab.call("updateConnection", json!([{ "uniqueId": nobody }]));
            tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
            assert_eq!(found(&CHECK, &tab).len(), 1, "{nobody}");
        }
    }

    #[test]
    fn identities_of_nobody_are_no_other_person() {
        let mut tab = Tab::connected(json!({"uniqueId": "guest", "identities": ["Guest", "anonymous"]}));
        tab.call("updateConnection", json!([{"uniqueId": "ada", "identities": ["Ada Marsh", "ada@acme.example"]}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn one_id_in_two_forms_is_one_person() {
        for (one, other) in [(json!(42), json!("42")), (json!("Ada@acme.example"), json!("ada@acme.example "))] {
            let mut tab = Tab::connected(json!({ "uniqueId": one }));
            tab.call("updateConnection", json!([{ "uniqueId": other }]));
            assert_eq!(found(&CHECK, &tab), [], "{one}");
        }
        let mut tab = Tab::connected(json!({"identities": ["Ada Marsh", "Ada@acme.example"]}));
        tab.call("updateConnection", json!([{"identities": ["ada marsh", "ada@acme.example"]}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_visitor_who_registers_is_one_person() {
        let changed = |first: serde_json::Value, second: serde_json::Value| {
            let mut tab = Tab::connected(first);
            tab.call("updateConnection", json!([second]));
            found(&CHECK, &tab).len()
        };
        assert_eq!(changed(json!({"uniqueId": "guest-17"}), json!({"uniqueId": "ada"})), 0);
        assert_eq!(changed(json!({"uniqueId": "ada"}), json!({"uniqueId": "guest-17"})), 1, "logged out");
        let ada = json!({"uniqueId": "cust-1042", "identities": ["Ada Marsh", "ada@acme.example"]});
        assert_eq!(changed(json!({"uniqueId": "Ada@acme.example"}), ada.clone()), 0);
        assert_eq!(changed(json!({"uniqueId": "lead-7", "identities": ["ada@acme.example"]}), ada.clone()), 0);
        assert_eq!(changed(json!({"uniqueId": "bob@acme.example"}), ada.clone()), 1);
        assert_eq!(changed(json!({"uniqueId": "bob", "identities": ["Bob", "Acme"]}), ada), 1);
    }

    #[test]
    fn one_hello_is_one_person() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{"uniqueId": "guest"}]));
        tab.waits("updateConnection", json!([{"uniqueId": "ada"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{"uniqueId": "guest"}])).page("https://acme.test/2");
        tab.version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), [], "the first page never connected");
    }

    #[test]
    fn a_removal_and_impersonation_are_fine() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": null}]))
            .call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "agent"}));
        tab.moment(PageMoment::Route, "https://acme.test/admin/users/7/impersonate");
        tab.call("updateConnection", json!([{"uniqueId": "ada"}]))
            .call("updateConnection", json!([{"uniqueId": "agent"}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn an_impersonation_may_be_at_a_url_that_is_not_known() {
        let tab = |shown| {
            let mut tab = Tab::connected(json!({"uniqueId": "agent"}));
            tab.uncapped();
            for n in 0..shown {
                tab.moment(PageMoment::Route, &format!("https://acme.test/{n}"));
            }
            tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
            fixture::run(&CHECK, &Facts::new(&tab.history(), None)).len()
        };
        assert_eq!((tab(MAX_ADDRESSES - 1), tab(MAX_ADDRESSES)), (1, 0));
    }

    #[test]
    fn identities_alone_count_where_all_of_them_change() {
        let switched = |first: serde_json::Value, second: serde_json::Value| {
            let mut tab = Tab::connected(json!({ "identities": first }));
            tab.call("updateConnection", json!([{ "identities": second }]));
            found(&CHECK, &tab)
        };
        let findings = switched(json!(["Ada Marsh", "ada@acme.example"]), json!(["Bob Hill", "bob@acme.example"]));
        assert_eq!((findings.len(), findings[0].about.field), (1, Some(Field::Identities)));
        assert_eq!(switched(json!(["ada@acme.example"]), json!(["ada.marsh@acme.example"])), [], "a new address");
        assert_eq!(switched(json!(["Ada", "a@acme.example"]), json!(["Ada", "b@acme.example"])), []);
        let mut tab = Tab::connected(json!({"identities": ["ada@acme.example"]}));
        tab.moment(PageMoment::Route, "https://acme.test/#/login");
        tab.call("updateConnection", json!([{"identities": ["bob@acme.example"]}]));
        assert_eq!(found(&CHECK, &tab).len(), 1, "somebody logged in");
    }
}
