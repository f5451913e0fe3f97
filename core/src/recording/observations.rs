//! Observations of a document's page and SDK, other than its calls and values.

use super::MAX_ENTRIES;
use super::entry::{Entry, EntryId, ScriptFault, SdkMoment};
use crate::visitor::page_value::PageValue;

/// Maximum number of URLs of a document that its history has: as many as a tab stores entries.
pub const MAX_ADDRESSES: usize = MAX_ENTRIES;

/// Observations of the page and the SDK other than calls and values.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Observations {
    pub start: Option<EntryId>,
    /// The document was prerendered and never shown.
    pub ahead: bool,
    /// When the document was last shown, in milliseconds since its time origin.
    pub shown: i64,
    pub load: Option<Observation<()>>,
    /// Whether a script that the browser doesn't run may have the snippet, when the page had loaded. `None` if not
    /// observed.
    pub parked: Option<bool>,
    /// The URLs that the document showed, in order, including the first. Each differs from the one before; a URL that
    /// is shown again is there again. At most [`MAX_ADDRESSES`].
    pub addresses: Vec<Observation<String>>,
    /// When the first URL appeared that is not in `addresses`, because there were too many, in milliseconds since the
    /// document's time origin.
    pub addresses_end: Option<i64>,
    /// Keys and values of cookies that are unique to one visitor.
    pub cookies: Vec<Observation<(String, String)>>,
    /// The entry in which the page was left, unless it was shown again.
    pub left: Option<EntryId>,
    pub snippets: Vec<Observation<SdkMoment>>,
    pub versions: Vec<Observation<String>>,
    /// Public keys in account settings, each of a loader.
    pub account_keys: Vec<Observation<String>>,
    /// Public keys in the configuration, each of the account settings or of `init`.
    pub config_keys: Vec<Observation<String>>,
    /// The last reading of the effective configuration.
    pub config: Option<Observation<PageValue>>,
    /// The last reading of the account settings.
    pub account: Option<Observation<PageValue>>,
    /// Detected live chats.
    pub chats: Vec<Observation<String>>,
    pub faults: Vec<Observation<ScriptFailure>>,
    pub prototype_js: Option<EntryId>,
    pub parent_sdk: Option<EntryId>,
    pub handshakes: Vec<Observation<()>>,
    /// The text of each `apiKeyError` and `dataError` from the server, except information.
    pub complaints: Vec<Observation<String>>,
    /// `doNotReconnect`: final for this page load.
    pub stopped: Option<EntryId>,
    /// The reconnect at which a waiting call stopped the queue (docs/sdk-reference.md#dead-queue).
    pub dead_queue: Option<EntryId>,
    /// The processed call that hangs the SDK (docs/sdk-reference.md#waiting-calls).
    pub hung: Option<EntryId>,
}

/// An observed value and the entry that shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation<T> {
    pub entry: EntryId,
    /// Milliseconds since the document's time origin.
    pub t: i64,
    pub value: T,
}

/// A script that failed to load.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptFailure {
    pub fault: ScriptFault,
    pub url: String,
    pub why: Option<String>,
    /// Evidence other than the URL shows that the script is Upscope's.
    pub ours: bool,
}

impl<T> Observation<T> {
    pub(super) fn new(entry: &Entry, value: T) -> Self {
        Self { entry: entry.id, t: entry.t, value }
    }
}
