//! Server that refused to reconnect.
//!
//! Why it matters: Every call stays queued until the next page load.
//!
//! Rule: Tested with SDK 2.2.119: `doNotReconnect` is final for the page load. The socket stays open.
//!
//! False positive if: the handshake happened before. As long as that socket is open, calls are processed and sent, and
//! there is no finding. If entries are missing, there is no finding either.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'cust-1042' }); // the server replies with doNotReconnect
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::history::Phase;

pub static CHECK: Check = Check { id: "stopped-by-server", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| doc.complete && doc.phase != Phase::Ready) {
        if let Some(entry) = doc.marks.stopped {
            findings.add(About::default(), Evidence::Entry(entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::entry::SocketMoment;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_frame_is_the_evidence() {
        let mut tab = Tab::connected(json!({}));
        tab.frame_in("doNotReconnect", json!([]));
        let frame = tab.last();
        assert_eq!(found(&CHECK, &tab), [], "calls are still taken");
        tab.socket(SocketMoment::Close);
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(frame)]);
        let mut tab = Tab::new();
        tab.version("2.2.119")
            .call("init", json!([{}]))
            .socket(SocketMoment::New)
            .frame_in("doNotReconnect", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }
}
