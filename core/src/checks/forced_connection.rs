//! Call that forces a connection with `autoconnect: false`.
//!
//! Why it matters: The page turned autoconnect off, but the call connects every visitor. This may break a promise about
//! consent, and it counts toward the plan's limit.
//!
//! Rule: Read in the code of SDK 2.2.119: `connect`, `getWatchLink`, `getLookupCode`, `getUserId`, `getShortId`, and
//! `requestAgent` force a connection.
//!
//! False positive if: the visitor asked for it, for example with a help button, or the page connects anyway. Calls to
//! `connect` and `requestAgent` themselves have no finding, because they connect on purpose. An earlier call to
//! `connect` or `requestAgent`, or a connection in progress, removes the finding. Calls more than five seconds after
//! the page load have no finding. Neither do calls by the inspector. If entries are missing, there is a finding only if
//! the time of the page load is known. Without a recording, each of these calls that is queued has a finding for five
//! seconds after the start of the document and until the page has loaded, unless `connect` or `requestAgent` is queued
//! too: a connection in progress isn't known.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { autoconnect: false });
//! Upscope('getShortId', (id) => console.log(id)); // connects every visitor after all
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportFacts, Severity};
use crate::recording::history::{DocumentHistory, Phase, RecordedCall};
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "forced-connection", severity: Severity::Warning, run };

/// Functions that connect by design.
const MEANT: [&str; 2] = ["connect", "requestAgent"];

/// Functions that connect only as a side effect.
const FORCING: [&str; 4] = ["getWatchLink", "getLookupCode", "getUserId", "getShortId"];

/// A call this long after `load`, in milliseconds, may be caused by a click.
const LOADING_MS: i64 = 5_000;

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| is_off(doc.setting("autoconnect"))) {
        let loading =
            |call: &&RecordedCall| doc.marks.load.as_ref().map_or(doc.complete, |load| call.t - load.t <= LOADING_MS);
        let asked = doc.page_calls().filter(|call| FORCING.contains(&call.call.name.as_str()));
        // A call while the SDK connects anyway forces nothing.
        let forced = |call: &&RecordedCall| call.phase == Phase::Before && !connects_before(doc, call);
        let asked = asked.filter(loading).filter(forced);
        for call in asked {
            findings.add(About::name(&call.call.name), Evidence::Entry(call.entry));
        }
    }
    // A call is queued only until the handshake, so it was made on a page of about this age.
    let is_young = |report: &ReportFacts| !report.loaded || report.since <= LOADING_MS;
    let is_off = |report: &ReportFacts| is_off(report.config.and_then(|config| config.get("autoconnect")));
    if facts.report.is_some_and(|report| is_young(report) && is_off(report)) {
        let connects = facts.waiting().any(|(call, _)| MEANT.contains(&call.name));
        for (call, evidence) in facts.waiting().filter(|(call, _)| !connects && FORCING.contains(&call.name)) {
            findings.add(About::name(call.name), evidence);
        }
    }
}

fn connects_before(doc: &DocumentHistory, call: &RecordedCall) -> bool {
    doc.calls.iter().any(|other| other.entry < call.entry && MEANT.contains(&other.call.name.as_str()))
}

fn is_off(autoconnect: Option<&PageValue>) -> bool {
    autoconnect.is_some_and(PageValue::is_falsy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::PageMoment;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn asks(autoconnect: bool) -> Tab {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).config(json!({ "autoconnect": autoconnect }));
        tab.waits("getShortId", json!([{"$": "function"}])).waits("connect", json!([]));
        tab
    }

    #[test]
    fn only_queries_under_autoconnect_false_are_found() {
        assert_eq!(found(&CHECK, &asks(true)), []);
        let findings = found(&CHECK, &asks(false));
        assert_eq!((findings.len(), findings[0].about.name.as_deref()), (1, Some("getShortId")));
    }

    #[test]
    fn late_calls_are_not_found() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).config(json!({"autoconnect": false}));
        tab.moment(PageMoment::Load, "").later(20_000).waits("getLookupCode", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_page_that_connects_itself_is_fine() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).config(json!({"autoconnect": false}));
        tab.waits("connect", json!([])).waits("getShortId", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).config(json!({"autoconnect": false})).connect("S1");
        tab.call("getShortId", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        let report = ReportFixture {
            calls: json!([["connect"], ["getShortId"]]),
            since: 4_000,
            ..ReportFixture::new(json!({"autoconnect": false}))
        };
        assert_eq!(report.found(&CHECK), []);
    }

    #[test]
    fn calls_of_the_inspector_are_not_found() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).config(json!({"autoconnect": false}));
        tab.own(json!({"act": "askCode"})).waits("getLookupCode", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn the_queue_is_sufficient_evidence() {
        let (calls, off) = (json!([["getLookupCode"]]), ReportFixture::new(json!({"autoconnect": false})));
        assert_eq!(ReportFixture { calls, since: 4_000, ..off }.found(&CHECK).len(), 1);
    }

    #[test]
    fn a_queued_call_on_an_old_page_is_the_visitors() {
        let report = |loaded, since| {
            let off = ReportFixture::new(json!({"autoconnect": false}));
            ReportFixture { calls: json!([["getLookupCode"]]), loaded, since, ..off }.found(&CHECK).len()
        };
        assert_eq!((report(true, 600_000), report(true, 4_000), report(false, 20_000)), (0, 1, 1));
    }
}
