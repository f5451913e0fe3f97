//! What a document shows by evidence: which values left the page, and which failures were Upscope's.

use super::story::{DocStory, Fate, Fault, Mark, Phase, Subject};
use crate::visitor::address::site;

impl DocStory {
    /// Finds the `init` that counts, once all calls are told.
    pub(super) fn find_init(&self) -> Option<usize> {
        let taken = self.calls.iter().rposition(|call| call.is("init") && call.took_effect());
        taken.or_else(|| self.calls.iter().position(|call| call.is("init") && call.fate != Fate::Unknown))
    }

    /// Whether the server can have seen the step at this place of a history: a frame carried it, or there was a connection while
    /// it held. What another call replaced before the handshake never left the page.
    pub fn reached_server(&self, subject: Subject, place: usize) -> bool {
        let steps = &self.trace(subject).steps;
        let Some(step) = steps.get(place) else { return false };
        let until = steps.get(place + 1).map_or(i64::MAX, |next| next.t);
        let at_once = self.call(step.entry).is_none_or(|call| call.phase == Phase::Ready && call.fate == Fate::AtOnce);
        let connected = |mark: &Mark<()>| (step.t..=until).contains(&mark.t) || (at_once && mark.t <= step.t);
        step.sent.is_some() || self.marks.handshakes.iter().any(connected)
    }

    /// Scripts of Upscope that did not come and sockets of its that were forbidden, by evidence. What worked all the same
    /// overrules it: a handshake, and for a script the SDK.
    pub fn faults(&self) -> impl Iterator<Item = &Mark<Fault>> {
        let came = !self.marks.versions.is_empty() || self.marks.config.is_some();
        let connected = !self.marks.handshakes.is_empty();
        let faults = self.marks.faults.iter().filter(move |_| !connected);
        faults.filter(
            move |mark| if mark.value.is_socket() { mark.value.ours } else { !came && self.is_ours(&mark.value) },
        )
    }

    fn is_ours(&self, fault: &Fault) -> bool {
        let file = file_of(&fault.url);
        let is_key = |key: &str| file.strip_suffix(".js") == Some(key);
        let given = self.calls_of("init").filter_map(|call| call.call.given("apiKey")?.as_text());
        let named = file.to_ascii_lowercase().contains("upscope") || is_vendor(&fault.url);
        fault.ours || named || self.marks.keys.iter().any(|key| is_key(&key.value)) || given.into_iter().any(is_key)
    }
}

impl Fault {
    /// Whether it is a connection that was forbidden.
    pub fn is_socket(&self) -> bool {
        self.why.as_deref() == Some("connect-src")
    }
}

/// The last part of an address's path.
fn file_of(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether a host is the vendor's. Other hosts may serve the loader too, on premise.
fn is_vendor(url: &str) -> bool {
    let host = site(url).rsplit('/').next().unwrap_or_default();
    ["upscope.io", "upscope.com"]
        .iter()
        .any(|known| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
}
