//! Conflict with Prototype.js.
//!
//! Why it matters: the SDK stops with an error in the console; Upscope does not start on this page.
//!
//! Rule: *seen* in 2.2.119: it does not start where `Array.prototype.toJSON` exists, which changes how lists become JSON.
//!
//! Repair: the line that takes it away before the snippet.
//!
//! Example:
//!
//! ```html
//! <script src="/prototype.js"></script> <!-- adds Array.prototype.toJSON -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity, fix};
use crate::domain::connection::{Refusal, Sdk};

pub static CHECK: Check = Check { id: "prototype-js", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let line = || fix::code("delete Array.prototype.toJSON;");
    for doc in facts.docs().iter().filter(|doc| doc.is_version_2() && doc.marks.config.is_none()) {
        if let Some(entry) = doc.marks.prototype_js.filter(|_| doc.marks.handshakes.is_empty()) {
            findings.add_with(About::default(), Evidence::Entry(entry), line);
        }
    }
    if facts.look.is_some_and(|look| *look.sdk == Sdk::Refused(Refusal::PrototypeJs)) {
        findings.add_with(About::default(), Evidence::Look(Seen::Sdk), line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::{Looked, found};
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;
    use crate::domain::timeline::entry::{SdkEntry, SdkMoment};
    use crate::domain::timeline::fixture::sdk;

    #[test]
    fn only_where_it_stops_the_sdk() {
        let mut tab = Tab::new();
        tab.version("2.2.119").sdk(SdkEntry { prototype_js: true, ..sdk(SdkMoment::Version) });
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.config(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        let look = Looked { sdk: Sdk::Refused(Refusal::PrototypeJs), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK).len(), 1);
    }
}
