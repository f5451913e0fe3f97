//! Logout that Upscope doesn't know about.
//!
//! Why it matters: The next person who uses this browser is mistaken for the previous one, and an agent sees the wrong
//! name.
//!
//! Rule: Documentation page "Identifying the Visitor": a key that is absent or `undefined` keeps its value, also across
//! page loads. `null` or `reset` removes it. The inspector reports a page that set `uniqueId` or `identities` and later
//! sets them to empty values or to those of nobody, such as `guest`, opens a URL about logging out (in path, query, or
//! fragment), or ends at a login page without a call.
//!
//! Fix: Call `reset`, which ends the visitor's identity.
//!
//! False positive if: the URL is only about logging out, or asks for confirmation. Help pages have no finding. Neither
//! does a page that still sets the same identity at that URL, nor an empty value if the next page has the identity again.
//! A login page counts only if the page sets its identity in each `init` and not in this one, or if a page without loads
//! stays there.
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
use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
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
    /// A `reset`, or missing entries that may contain one.
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
    /// Identifying fields with empty values.
    Blank,
    Address,
    /// A login page. `by_init`: an `init` without an identity shows it.
    Login {
        by_init: bool,
    },
}

/// The identity that the page gave, and a sign of a logout since.
#[derive(Default)]
struct Identity<'a> {
    named: PerField<Option<&'a PageValue>>,
    by_init: bool,
    hint: Option<Hint>,
}

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let mut identity = Identity::default();
        for doc in site {
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

    /// A page may log out first and tell Upscope later. A hint counts only if no later entry ends the identity or shows
    /// that the visitor is still logged in.
    fn identify(&mut self, doc: DocId, by_init: bool, gives: &[(Field, &'a PageValue)], findings: &mut Findings) {
        let same = gives.iter().all(|(field, value)| self.named[*field].is_some_and(|named| is_same_id(named, value)));
        let stays = |hint: Hint| same && (hint.entry.doc == doc || hint.kind != HintKind::Address);
        if !self.hint.is_some_and(stays) {
            self.report(findings);
        }
        self.hint = None;
        for (field, value) in gives {
            self.named[*field] = Some(value);
        }
        self.by_init = by_init;
    }

    fn is_named(&self) -> bool {
        self.named.values().any(Option::is_some)
    }

    fn add_hint(&mut self, hint: Hint) {
        let counts = match hint.kind {
            HintKind::Login { by_init } => !by_init || self.by_init,
            _ => true,
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
        events_of(call, at_login).into_iter().map(move |event| (call.t, event))
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

fn events_of(call: &RecordedCall, at_login: bool) -> Vec<Event<'_>> {
    if call.is("reset") {
        return vec![Event::Reset];
    }
    let given = |field: Field| call.call.given(field.key());
    let removes = |field: &Field| {
        call.had_effect(ValueKey::Field(*field), CallEffect::Removed)
            || (*field == Field::Identities && given(*field).is_some_and(is_empty_list))
    };
    let gives = |field: Field| {
        let value = given(field).filter(|value| !is_blank(value) && !removes(&field));
        Some((field, value.filter(|_| call.had_effect(ValueKey::Field(field), CallEffect::Set))?))
    };
    let mut events: Vec<_> = NAMING.into_iter().filter(removes).map(Event::Removed).collect();
    let gives: Vec<_> = NAMING.into_iter().filter_map(gives).collect();
    let blank = given(Field::UniqueId).is_some_and(is_blank)
        || (call.is("init") && given(Field::Identities).is_some_and(is_blank));
    let hint = |kind| Event::Hint(Hint { entry: call.entry, kind });
    if !gives.is_empty() {
        events.push(Event::Identified { by_init: call.is("init"), gives });
    } else if blank {
        events.push(hint(HintKind::Blank));
    } else if at_login && events.is_empty() && !matches!(call.result, CallResult::Lost(_)) {
        events.push(hint(HintKind::Login { by_init: true }));
    }
    events
}

/// An identity that the server received without a readable call.
fn sent(field: Field, step: &HistoryStep) -> Option<(i64, Event<'_>)> {
    let value = step.value.as_ref().filter(|value| !is_blank(value))?;
    let shown = step.cause == Cause::Unrecorded && step.sent.is_some();
    shown.then(|| (step.t, Event::Identified { by_init: false, gives: vec![(field, value)] }))
}

fn is_empty_list(value: &PageValue) -> bool {
    matches!(value, PageValue::List(items, 0) if items.is_empty())
}

/// An empty value, as a placeholder for a missing visitor.
fn is_blank(value: &PageValue) -> bool {
    match value {
        PageValue::List(items, 0) => !items.is_empty() && items.iter().all(|item| is_blank(item) || item.is_nothing()),
        value => is_nobody(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{self, found};
    use crate::recording::entry::{PageMoment, SocketMoment};
    use crate::recording::fixture::Tab;
    use crate::recording::history::MAX_ADDRESSES;
    use serde_json::json;

    fn logged_in() -> Tab {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/logout");
        tab
    }

    #[test]
    fn a_logout_url_or_an_empty_id_is_found() {
        assert_eq!(found(&CHECK, &logged_in()).len(), 1);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": {"$": "undefined"}}]));
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
    }

    #[test]
    fn an_id_of_nobody_logs_out_whoever_was_there() {
        for nobody in [json!("guest"), json!("0"), json!(0)] {
            let mut tab = Tab::connected(json!({ "uniqueId": nobody }));
            tab.call("updateConnection", json!([{ "uniqueId": nobody }]));
            assert_eq!(found(&CHECK, &tab), [], "nobody was logged in");
            tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
            tab.call("updateConnection", json!([{ "uniqueId": nobody }]));
            assert_eq!(found(&CHECK, &tab).len(), 1, "{nobody}");
        }
    }

    #[test]
    fn a_page_that_does_not_know_its_visitor_is_fine_between_two_that_do() {
        let mut tab = Tab::connected(json!({"uniqueId": 42}));
        tab.page("https://acme.test/landing").version("2.2.119").call("init", json!([{"uniqueId": ""}])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.page("https://acme.test/").version("2.2.119").call("init", json!([{"uniqueId": "42"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_null_or_a_reset_ends_it_properly() {
        let mut tab = logged_in();
        tab.call("init", json!([{"uniqueId": null}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = logged_in();
        tab.call("reset", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn an_unidentified_visitor_needs_no_reset() {
        let mut tab = Tab::connected(json!({}));
        tab.page("https://acme.test/logout").page("https://logout.test/");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn missing_entries_may_contain_the_end() {
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
            tab.call("updateConnection", json!([{"uniqueId": ""}]));
            if gone { tab.without(7..9) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    }

    #[test]
    fn an_address_counts_with_fragment_query_and_extension() {
        for address in [
            "https://acme.test/app#/logout",
            "https://acme.test/app?loggedout=true",
            "https://acme.test/wp-login.php?action=logout",
            "https://acme.test/account/logout.php",
            "https://acme.test/login?reason=session_expired",
        ] {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            tab.moment(PageMoment::Route, address);
            assert_eq!(found(&CHECK, &tab).len(), 1, "{address}");
        }
        for address in
            ["https://acme.test/help/how-to-logout", "https://acme.test/help/logout", "https://acme.test/?q=logout"]
        {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            tab.moment(PageMoment::Route, address);
            assert_eq!(found(&CHECK, &tab), [], "{address}");
        }
    }

    #[test]
    fn identities_alone_name_a_visitor_too() {
        let mut tab = Tab::connected(json!({"identities": ["Ada Marsh"]}));
        tab.page("https://acme.test/logout");
        assert_eq!(found(&CHECK, &tab)[0].about.field, Some(Field::Identities));
        tab.call("updateConnection", json!([{"identities": null}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"identities": ["Ada Marsh"]}));
        tab.page("https://acme.test/").call("init", json!([{"identities": ["", null]}])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_url_for_logging_out_counts_each_time_it_is_shown() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.moment(PageMoment::Route, "https://acme.test/logout").moment(PageMoment::Route, "https://acme.test/");
        tab.call("reset", json!([])).call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.moment(PageMoment::Route, "https://acme.test/logout");
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
    }

    #[test]
    fn urls_that_are_not_known_may_have_left_a_login_page() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.uncapped();
        (2..MAX_ADDRESSES).for_each(|n| _ = tab.moment(PageMoment::Route, &format!("https://acme.test/{n}")));
        let found = |tab: &Tab| fixture::run(&CHECK, &Facts::new(&tab.history(), None)).len();
        assert_eq!(found(tab.moment(PageMoment::Route, "https://acme.test/login")), 1);
        assert_eq!(found(tab.moment(PageMoment::Route, "https://acme.test/account")), 0);
    }

    #[test]
    fn an_unread_call_is_identified_by_its_frame() {
        let visit = |tab: &mut Tab, url: &str| {
            tab.page(url).version("2.2.119").call("init", json!([{"$": "deep"}])).socket(SocketMoment::New);
            tab.frame_out("hello", json!({"uniqueId": "ada", "identities": ["Ada"]}))
                .frame_in("youAre", json!(["S1", "c"]));
        };
        let mut tab = Tab::new();
        visit(&mut tab, "https://acme.test/");
        tab.moment(PageMoment::Route, "https://acme.test/account/logout.php");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = Tab::new();
        visit(&mut tab, "https://acme.test/");
        visit(&mut tab, "https://acme.test/logout");
        assert_eq!(found(&CHECK, &tab), [], "the page still names the same visitor");
    }

    #[test]
    fn a_page_that_asks_whether_to_log_out_still_knows_its_visitor() {
        let mut tab = logged_in();
        tab.version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        tab.page("https://acme.test/").version("2.2.119").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_session_that_ends_at_a_login_page_is_found() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/login").version("2.2.119");
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("init", json!([{}])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.page("https://acme.test/").version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), [], "the same person came back");
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.moment(PageMoment::Route, "https://acme.test/#/account");
        tab.moment(PageMoment::Route, "https://acme.test/#/login");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.moment(PageMoment::Route, "https://acme.test/#/account");
        assert_eq!(found(&CHECK, &tab), [], "it asked for the password and went on");
        tab.moment(PageMoment::Route, "https://acme.test/#/login");
        tab.moment(PageMoment::Route, "https://acme.test/#/account");
        assert_eq!(found(&CHECK, &tab), [], "and did so again");
    }

    #[test]
    fn a_login_page_of_a_site_that_names_its_visitors_only_once_is_fine() {
        let mut tab = Tab::connected(json!({}));
        tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
        tab.page("https://acme.test/login").version("2.2.119").call("init", json!([{}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn two_hosts_with_the_same_visitor_are_one_site() {
        let tab = |short_id| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            tab.page("https://login.acme.test/logout").stored("shortId", Some(short_id));
            found(&CHECK, &tab).len()
        };
        assert_eq!((tab("\"S1\""), tab("\"S2\"")), (1, 0));
    }

    #[test]
    fn two_hosts_with_the_same_cookie_of_a_visitor_are_one_site_where_no_short_id_shows() {
        let tab = |key: &str, seen: &str, short_id: Option<&str>| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            tab.cookie(key, "\"2026-11-26T13:15:34.477Z\"").page("https://login.acme.test/logout").cookie(key, seen);
            tab.stored("shortId", short_id);
            found(&CHECK, &tab).len()
        };
        let time = "\"2026-11-26T13:15:34.477Z\"";
        assert_eq!(tab("lastConnectedAt", time, None), 1);
        assert_eq!(tab("lastConnectedAt", "\"2026-11-26T13:15:34.478Z\"", None), 0, "another visitor's");
        assert_eq!(tab("region", time, None), 0, "many visitors share it");
        assert_eq!(tab("lastConnectedAt", time, Some("\"S2\"")), 0, "another short ID");
    }
}
