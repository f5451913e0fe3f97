//! Evidence in a document: which values left the page, whose calls they were, and which failures concern Upscope.

use super::history::{CallResult, DocumentHistory, Observation, Phase, ScriptFailure, ValueKey};
use crate::visitor::address::site;
use crate::visitor::page_value::PageValue;

impl DocumentHistory {
    /// Finds the effective `init`, after all calls are replayed.
    pub(super) fn find_init(&self) -> Option<usize> {
        let taken = self.calls.iter().rposition(|call| call.is("init") && call.took_effect());
        taken.or_else(|| self.calls.iter().position(|call| call.is("init") && call.result != CallResult::Unknown))
    }

    /// Whether the server can have received the step at this index of a history: a frame carried it, or a connection
    /// existed while it was current. A value that another call replaced before the handshake never left the page.
    pub fn reached_server(&self, key: ValueKey, place: usize) -> bool {
        let steps = &self.value_history(key).steps;
        let Some(step) = steps.get(place) else { return false };
        let until = steps.get(place + 1).map_or(i64::MAX, |next| next.t);
        let at_once =
            self.call(step.entry).is_none_or(|call| call.phase == Phase::Ready && call.result == CallResult::AtOnce);
        let connected = |mark: &Observation<()>| (step.t..=until).contains(&mark.t) || (at_once && mark.t <= step.t);
        step.sent.is_some() || self.marks.handshakes.iter().any(connected)
    }

    /// Upscope scripts that failed to load and Upscope sockets that were blocked, by evidence. A handshake disproves a
    /// failure, and a running SDK disproves a script failure. A missing entry may be either.
    pub fn faults(&self) -> impl Iterator<Item = &Observation<ScriptFailure>> {
        let came = !self.marks.versions.is_empty() || self.marks.config.is_some();
        let connected = !self.marks.handshakes.is_empty();
        let faults = self.marks.faults.iter().filter(move |_| self.complete && !connected);
        faults.filter(move |mark| match mark.value.is_socket() {
            true => mark.value.ours && self.is_endpoint(&mark.value.url),
            false => !came && self.is_ours(&mark.value),
        })
    }

    /// Whether the SDK may connect to this URL. The vendor's hosts are those of the regions. Another product's socket
    /// may have the same parameters.
    fn is_endpoint(&self, url: &str) -> bool {
        let is_host = |endpoint: &PageValue| endpoint.as_text().is_some_and(|endpoint| site(endpoint) == site(url));
        let is_read = self.marks.config.as_ref().is_none_or(|config| matches!(config.value, PageValue::Map(..)));
        is_read && self.setting("dataEndpoint").is_none_or(|endpoint| is_host(endpoint) || is_vendor(url))
    }

    fn is_ours(&self, fault: &ScriptFailure) -> bool {
        let file = file_of(&fault.url);
        let is_key = |key: &str| file.strip_suffix(".js") == Some(key);
        let given = self.calls_of("init").filter_map(|call| call.call.given("apiKey")?.as_text());
        let named = file.to_ascii_lowercase().contains("upscope") || is_vendor(&fault.url);
        fault.ours || named || self.keys().any(|key| is_key(&key.value)) || given.into_iter().any(is_key)
    }

    /// The public keys in account settings and configuration.
    pub fn keys(&self) -> impl Iterator<Item = &Observation<String>> {
        self.marks.account_keys.iter().chain(&self.marks.config_keys)
    }

    /// The public keys by which an SDK or a loader is recognized, each once. `init` may pass another key than the
    /// loader's, and one SDK then runs with that key.
    pub fn sdk_keys(&self) -> Vec<&Observation<String>> {
        let may_be_given = |key: &str| {
            !self.complete
                || self.calls_of("init").any(|init| {
                    let given = init.call.given("apiKey");
                    init.is_unread() || given.is_some_and(|given| !given.is_whole() || given.as_text() == Some(key))
                })
        };
        let mut keys: Vec<_> = self.marks.account_keys.iter().collect();
        for key in &self.marks.config_keys {
            if keys.iter().all(|known| known.value != key.value) && !may_be_given(&key.value) {
                keys.push(key);
            }
        }
        keys
    }
}

impl ScriptFailure {
    /// Whether the failure is a blocked connection.
    pub fn is_socket(&self) -> bool {
        self.why.as_deref() == Some("connect-src")
    }
}

/// The last segment of a URL's path.
fn file_of(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// The vendor's domains.
pub const VENDOR_DOMAINS: [&str; 2] = ["upscope.io", "upscope.com"];

/// Whether the host belongs to the vendor. On-premise installations serve the loader from other hosts.
fn is_vendor(url: &str) -> bool {
    let host = site(url).rsplit('/').next().unwrap_or_default();
    VENDOR_DOMAINS.iter().any(|known| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
}
