//! Visitor identified, then logged out without a word to Upscope.
//!
//! Why it matters: the next person at this browser is taken for the one before: an agent sees a stranger's name.
//!
//! Rule: documentation page "Identifying the Visitor": a key that is absent or `undefined` keeps what is known, also across
//! page loads; `null` or `reset` ends it. Told where a page that gave `uniqueId` later gives it as nothing, or goes to an
//! address that speaks of logging out.
//!
//! Repair: the call that ends it.
//!
//! Example:
//!
//! ```js
//! // First page, logged in:
//! Upscope('init', { uniqueId: 'cust-1042' });
//! // Next page, logged out:
//! Upscope('init', { uniqueId: undefined }); // keeps cust-1042: call Upscope('reset')
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::domain::ordered;
use crate::domain::page_value::PageValue;
use crate::domain::timeline::entry::EntryId;
use crate::domain::timeline::story::{DocStory, Effect, Subject};
use crate::domain::visitor::Field;

pub static CHECK: Check = Check { id: "silent-logout", severity: Severity::Warning, run };

const UNIQUE_ID: Subject = Subject::Field(Field::UniqueId);

/// Words of an address that speak of logging out.
pub const LOGOUT_WORDS: [&str; 8] =
    ["logout", "log-out", "log_out", "signout", "sign-out", "sign_out", "logged-out", "signed-out"];

/// What matters here, in the order in which it happened.
enum Event {
    Identified,
    Ended,
    /// The page seems to have logged the visitor out.
    Hint(EntryId),
}

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let mut identified = false;
        // A log-out may first load its page and then say so: a hint counts once nothing follows that ends it.
        let mut hint = None;
        for event in site.into_iter().flat_map(events) {
            match event {
                Event::Identified => (identified, hint) = (true, tell(hint, findings)),
                Event::Ended => (identified, hint) = (false, None),
                Event::Hint(entry) if identified => hint = hint.or(Some(entry)),
                Event::Hint(_) => {}
            }
        }
        tell(hint, findings);
    }
}

fn tell(hint: Option<EntryId>, findings: &mut Findings) -> Option<EntryId> {
    findings.add_with(About::field(Field::UniqueId), Evidence::Entry(hint?), || fix::code("Upscope('reset');"));
    None
}

fn events(doc: &DocStory) -> Vec<Event> {
    let mut events: Vec<(i64, Event)> = vec![];
    let mut add = |t, event| ordered::insert(&mut events, (t, event), |a, b| a.0 < b.0);
    for address in doc.marks.addresses.iter().filter(|address| speaks_of_logout(&address.value)) {
        add(address.t, Event::Hint(address.entry));
    }
    // What is not here may have ended it.
    doc.gaps.iter().for_each(|gap| add(gap.t, Event::Ended));
    for call in &doc.calls {
        let given = call.call.given(Field::UniqueId.key());
        let event = match given {
            _ if call.is("reset") || call.did(UNIQUE_ID, Effect::Removed) => Event::Ended,
            _ if call.did(UNIQUE_ID, Effect::Set) && !given.is_some_and(is_blank) => Event::Identified,
            Some(value) if is_blank(value) => Event::Hint(call.entry),
            _ => continue,
        };
        add(call.t, event);
    }
    events.into_iter().map(|(_, event)| event).collect()
}

/// Given, and nothing: the page had no visitor and did not know how to say so.
fn is_blank(value: &PageValue) -> bool {
    match value {
        PageValue::Undefined => true,
        PageValue::Text(text) => matches!(text.trim(), "" | "undefined" | "null"),
        _ => false,
    }
}

fn speaks_of_logout(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.split('/').skip(3).any(|part| LOGOUT_WORDS.contains(&part.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    fn logged_in() -> Tab {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/logout");
        tab
    }

    #[test]
    fn an_address_or_an_empty_id_after_an_identity_is_told() {
        assert_eq!(found(&CHECK, &logged_in()).len(), 1);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": {"$": "undefined"}}]));
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
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
    fn who_was_never_identified_needs_no_end() {
        let mut tab = Tab::connected(json!({}));
        tab.page("https://acme.test/logout").page("https://logout.test/");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn what_is_not_here_may_have_ended_it() {
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
            tab.call("updateConnection", json!([{"uniqueId": ""}]));
            if gone { tab.without(7..9) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    }
}
