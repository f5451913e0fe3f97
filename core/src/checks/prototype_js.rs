//! Conflict with Prototype.js.
//!
//! Why it matters: the SDK stops with an error in the console; Upscope does not start on this page.
//!
//! Rule: *ran* in 2.2.119: it does not start where both `window.Prototype` and `Array.prototype.toJSON` exist, and leaves no
//! version behind. A `toJSON` alone stops nothing.
//!
//! Repair: the line that takes it away before the snippet.
//!
//! Wrong when: the SDK is a newer one that does not mind. A configuration or a handshake shows that it started.
//!
//! Example:
//!
//! ```html
//! <script src="/prototype.js"></script> <!-- adds Array.prototype.toJSON -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity, fix};
use crate::page_report::connection::{Refusal, Sdk};
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "prototype-js", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let line = || fix::code("delete Array.prototype.toJSON;");
    for doc in facts.docs().iter().filter(|doc| is_stopped(doc)) {
        if let Some(entry) = doc.marks.prototype_js {
            findings.add_with(About::default(), Evidence::Entry(entry), line);
        }
    }
    if facts.look.is_some_and(|look| *look.sdk == Sdk::Refused(Refusal::PrototypeJs)) {
        findings.add_with(About::default(), Evidence::Look(Seen::Sdk), line);
    }
}

/// The loader came and the SDK did not start: it leaves no version behind. Another version than 2.x is not known to stop.
fn is_stopped(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    let started = marks.config.is_some() || !marks.handshakes.is_empty();
    let is_old = marks.versions.is_empty() || doc.is_version_2();
    marks.account.is_some() && !started && is_old && doc.calls.iter().any(|call| call.waited() || !marks.versions.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;
    use crate::recording::entry::{SdkEntry, SdkMoment};
    use crate::recording::fixture::sdk;

    #[test]
    fn only_where_it_stops_the_sdk() {
        let page = |prototype| {
            let mut tab = Tab::new();
            tab.sdk(SdkEntry { to_json: true, prototype, ..sdk(SdkMoment::Snippet) }).waits("init", json!([{}]));
            tab.account(json!({"apiKey": "K"}));
            tab
        };
        let mut tab = page(true);
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.config(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        assert_eq!(found(&CHECK, &page(false)), [], "a toJSON alone stops nothing");
        let mut newer = page(true);
        newer.version("2026.3.2");
        assert_eq!(found(&CHECK, &newer), []);
        let look = Looked { sdk: Sdk::Refused(Refusal::PrototypeJs), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK).len(), 1);
    }
}
