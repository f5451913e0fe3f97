//! Queue that Upscope no longer processes.
//!
//! Why it matters: Later calls stay queued until the next reconnect or page load, so updates and logouts aren't sent.
//!
//! Rule: Tested with SDK 2.2.119: if an `updateConnection` or `reset` is queued when the SDK reconnects, the queue
//! becomes a plain array, and the SDK doesn't hook it again.
//!
//! False positive if: the queued calls are processed later. In a recording, a call counts only if it was made after the
//! reconnect and is still queued, now or when the visitor leaves the page. A call that leaves the queue doesn't count.
//! If entries since the reconnect are missing, there is no finding. Without a recording, it is enough that the
//! inspector saw the handshake earlier in this page load and that the queue is a plain array now.
//!
//! Example:
//!
//! ```js
//! // While Upscope is disconnected:
//! Upscope('updateConnection', { uniqueId: 'cust-1042' });
//! // After Upscope reconnects, later calls stay queued until it reconnects once more.
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity};
use crate::page_report::connection::{Idle, Link, Sdk};
use crate::recording::history::{CallResult, Phase};

pub static CHECK: Check = Check { id: "dead-queue", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let Some(reconnect) = doc.marks.dead_queue else { continue };
        let stuck = |result| matches!(result, CallResult::Waiting | CallResult::Lost(_));
        let calls = doc.calls.iter().filter(|call| call.phase == Phase::Ready && call.waited() && stuck(call.result));
        for call in calls {
            findings.add(About::default(), Evidence::Entry(reconnect));
            findings.add(About::default(), Evidence::Entry(call.entry));
        }
    }
    if facts.report.is_some_and(|report| *report.sdk == Sdk::Loaded(Link::NotConnected(Idle::DeadQueue))) {
        findings.add(About::default(), Evidence::Report(ReportPart::Sdk));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::SocketMoment;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn a_call_that_waits_although_connected_shows_it() {
        let mut tab = Tab::connected(json!({}));
        tab.socket(SocketMoment::Close).waits("updateConnection", json!([{"tags": ["#A"]}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        tab.waits("logEvent", json!([]));
        assert_eq!(found(&CHECK, &tab)[0].evidence.len(), 2);
        tab.done(2);
        assert_eq!(found(&CHECK, &tab), []);
        let dead = Sdk::Loaded(Link::NotConnected(Idle::DeadQueue));
        assert_eq!(ReportFixture { sdk: dead, ..ReportFixture::new(json!({})) }.found(&CHECK).len(), 1);
    }
}
