//! Upscope script or connection blocked by the page's Content Security Policy.
//!
//! Why it matters: Upscope doesn't start on this page, or it can't connect. Every call stays queued.
//!
//! Rule: The browser reports each violation of a Content Security Policy with its directive. On-premise installations
//! serve the scripts from the customer's host, so any host is possible.
//!
//! Fix: The source to add to the directive. The browser names the most specific directive, such as `script-src-elem`.
//! If the policy has only `script-src` or `default-src`, add the source there, since a new directive would replace that
//! list.
//!
//! False positive if: the blocked script or socket isn't Upscope's. A script counts only if the page's snippet names
//! it, if its file name contains `upscope` or is the public key, or if its host is the vendor's. A socket counts only
//! if its URL has the SDK's form, and if its host is that of the configuration or the vendor's. If the configuration
//! isn't known, the form is enough. A policy that only reports has no finding. A loaded SDK removes the finding for its
//! script, and a handshake removes all findings. Missing entries may contain either, so there is no finding if entries
//! are missing.
//!
//! Example:
//!
//! ```html
//! <meta http-equiv="Content-Security-Policy" content="script-src 'self'">
//! <script src="https://code.upscope.io/demoAcme01.js"></script> <!-- blocked by the policy above -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::entry::ScriptFault;
use crate::recording::history::DocumentHistory;
use crate::visitor::address::site;

pub static CHECK: Check = Check { id: "script-blocked", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for mark in facts.docs().iter().flat_map(DocumentHistory::faults) {
        let fault = &mark.value;
        if fault.fault != ScriptFault::Blocked {
            continue;
        }
        let directive = fault.why.as_deref().unwrap_or("script-src");
        findings.add_with(About::name(&fault.url), Evidence::Entry(mark.entry), || {
            fix::code(format!("Content-Security-Policy: {directive} {}", site(&fault.url)))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;

    #[test]
    fn foreign_resources_and_a_handshake_are_fine() {
        let mut tab = Tab::new();
        tab.foreign_script(ScriptFault::Blocked, "https://js.tracker.test/4371570.js", Some("script-src-elem"));
        tab.foreign_script(ScriptFault::Blocked, "wss://push.app.test/live", Some("connect-src"));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.script(ScriptFault::Blocked, "wss://data.acme.test/session", Some("connect-src")).version("2.2.119");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.config(serde_json::json!({"dataEndpoint": "wss://data.acme.test/session"}));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_socket_of_the_same_form_to_another_host_is_fine() {
        let mut tab = Tab::new();
        tab.script(ScriptFault::Blocked, "wss://push.app.test/live", Some("connect-src")).version("2.2.119");
        tab.call("init", serde_json::json!([{}]))
            .config(serde_json::json!({"dataEndpoint": "wss://data.acme.test/session"}));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn the_directive_and_the_source_are_named() {
        let mut tab = Tab::new();
        tab.script(ScriptFault::Blocked, "https://code.acme.test/K.js", Some("script-src-elem"));
        tab.script(ScriptFault::Failed, "https://code.acme.test/L.js", None);
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 1);
        let code = findings[0].fix.as_ref().unwrap().code.as_deref();
        assert_eq!(code, Some("Content-Security-Policy: script-src-elem https://code.acme.test"));
    }
}
