//! Key or data rejected by the server.
//!
//! Why it matters: If the server rejects the public key, the key may be wrong or disabled, or the plan may not include
//! this site. Visitors can't be helped. If the server rejects data, the text names the reason.
//!
//! Rule: The frames `apiKeyError` and `dataError` (read in the SDK's code). Their text is the server's.
//!
//! False positive if: the server accepts the key now, for example because it was enabled. Or the frame is only a
//! warning, such as `["warn", …]`: the server's levels aren't documented. The level `info`, `log`, `debug`, `notice`,
//! or `success` has no finding. The finding contains the server's text unchanged.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { apiKey: 'a-key-of-no-account' }); // the server replies with apiKeyError
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};

pub static CHECK: Check = Check { id: "server-complaint", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for mark in facts.docs().iter().flat_map(|doc| &doc.marks.complaints) {
        findings.add(About::name(&mark.value), Evidence::Entry(mark.entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_servers_text_is_shown() {
        let mut tab = Tab::connected(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        tab.frame_in("apiKeyError", json!(["error", "Unknown key"]));
        assert_eq!(found(&CHECK, &tab)[0].about.name.as_deref(), Some("Unknown key"));
    }

    #[test]
    fn information_is_no_complaint() {
        let level = |level: serde_json::Value| {
            let mut tab = Tab::connected(json!({}));
            tab.frame_in("dataError", json!([level, "12 visitors are online"]));
            found(&CHECK, &tab).len()
        };
        assert_eq!((level(json!("info")), level(json!("log")), level(json!("Debug"))), (0, 0, 0));
        assert_eq!((level(json!("error")), level(json!("warn")), level(json!(null))), (1, 1, 1));
    }
}
