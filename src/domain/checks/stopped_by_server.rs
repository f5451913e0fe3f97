//! The server said not to reconnect.
//!
//! Why it matters: for the rest of this page load every call waits for ever.
//!
//! Rule: `doNotReconnect` is final for the load (*seen* in 2.2.119); the socket stays.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'cust-1042' }); // answered with doNotReconnect
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};

pub static CHECK: Check = Check { id: "stopped-by-server", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for entry in facts.docs().iter().filter_map(|doc| doc.marks.stopped) {
        findings.add(About::default(), Evidence::Entry(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_frame_is_the_evidence() {
        let mut tab = Tab::connected(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        tab.frame_in("doNotReconnect", json!([]));
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
    }
}
