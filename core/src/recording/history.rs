//! The history derived from a timeline: who set each value and when, what each call changed, what wasn't sent and why.

use super::entry::{Call, DocId, EntryId, ScriptLocation};
pub use super::gaps::Gap;
pub use super::observations::{MAX_ADDRESSES, Observation, Observations, ScriptFailure};
use crate::sdk_version::is_version_2;
use crate::visitor::Field;
use crate::visitor::address;
use crate::visitor::page_value::PageValue;
use enum_map::{Enum, EnumMap};
use std::sync::Arc;

/// The history of a tab: one [`DocumentHistory`] for each document, sorted by time origin.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TabHistory {
    pub documents: Vec<DocumentHistory>,
    /// Whether all entries of other documents were dropped, which may have been between these.
    pub gone: bool,
}

/// The history of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentHistory {
    pub document: DocId,
    pub frame: i64,
    pub url: String,
    pub top: bool,
    pub less_trusted: bool,
    /// The time origin, in milliseconds since the epoch.
    pub origin: i64,
    /// Whether no entries are missing. If some are, events that were not recorded may have happened.
    pub complete: bool,
    /// The gaps in the entries, in order.
    pub gaps: Vec<Gap>,
    /// The time of its last entry, in milliseconds since its time origin.
    pub last: i64,
    /// The current phase of the connection.
    pub phase: Phase,
    /// Whether a co-browsing session has begun and not ended.
    pub in_session: bool,
    pub calls: Vec<RecordedCall>,
    pub marks: Observations,
    /// The index in `calls` of the effective `init`.
    pub(super) init: Option<usize>,
    pub(super) values: EnumMap<ValueKey, ValueHistory>,
}

/// One SDK call and its result.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedCall {
    pub entry: EntryId,
    /// Milliseconds since the document's time origin.
    pub t: i64,
    pub task: Option<u64>,
    pub call: Arc<Call>,
    pub result: CallResult,
    /// Its effect on each value, in order.
    pub effects: Vec<(ValueKey, CallEffect)>,
    /// The entry of the inspector's edit that made this call.
    pub own: Option<EntryId>,
    /// The phase of the connection when the call was made.
    pub phase: Phase,
}

/// A phase of the SDK's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No connection was attempted yet.
    Before,
    /// A socket exists, and the handshake has not completed.
    Connecting,
    Ready,
    /// The connection was closed.
    Closed,
}

/// The result of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallResult {
    /// The call did not wait.
    AtOnce,
    /// The call is in the queue.
    Waiting,
    /// The call left the queue, as this entry shows.
    Processed(EntryId),
    Lost(LossReason),
    /// The entries that would show the result are missing.
    Unknown,
}

/// Why a call had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossReason {
    /// The first call was not `init`: it is lost, and the SDK ignores all later calls.
    NotInitFirst,
    /// A later `init` is ignored with all its arguments.
    SecondInit,
    /// `init` without a public key.
    NoPublicKey,
    /// An earlier call hangs the SDK.
    Hung,
    /// The call was still waiting when the page was left.
    PageLeft,
}

/// The key of a value that has a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ValueKey {
    Field(Field),
    LookupCode,
    ShortId,
}

/// The effect of a call on one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallEffect {
    Set,
    Removed,
    /// Cleared by a `reset`.
    Cleared,
    /// Dropped silently by the SDK, as a placeholder.
    Placeholder,
    /// Passed as `undefined`, which overwrote an account setting of that name with nothing.
    AccountOverwritten,
    /// Written to the configuration by `init` and never sent (2.x).
    NotSent,
    /// Neither in the configuration nor in a frame, because the call waited before the connection.
    LostWaiting,
    /// Cleared with the previous visitor: set in the same tick as a `reset`.
    Wiped,
}

/// The history of one value in one document, oldest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ValueHistory {
    pub steps: Vec<HistoryStep>,
}

/// One value in a [`ValueHistory`]. The next step, if any, overwrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryStep {
    /// The evidence: the call, or else the entry in which the value was observed.
    pub entry: EntryId,
    /// When it took effect, in milliseconds since the document's time origin.
    pub t: i64,
    pub cause: Cause,
    /// `None`: known to have no value from this time on.
    pub value: Option<PageValue>,
    /// The entry in which it was read back.
    pub read: Option<EntryId>,
    /// The frame that carried it to the server.
    pub sent: Option<EntryId>,
}

/// The cause of a value. [`Cause::name`] is the stable attribute `data-cause`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A call of the page.
    Call,
    /// A `reset` by the page or the inspector.
    Reset,
    AccountSettings,
    /// A live chat, in the configuration or in a frame.
    LiveChat,
    UrlParameter,
    /// Storage written by an earlier page load or another tab.
    Storage,
    /// An edit made with the inspector.
    OwnEdit,
    Server,
    /// The SDK itself, as for a lookup code that it shows.
    Sdk,
    /// No entry explains it.
    Unrecorded,
}

impl TabHistory {
    /// The recorded page that the tab shows: the top document shown last.
    pub fn page(&self) -> Option<&DocumentHistory> {
        let pages = self.documents.iter().filter(|document| document.top && !document.marks.ahead);
        pages.max_by_key(|page| page.shown_at())
    }
}

impl DocumentHistory {
    /// When the document was last shown, in milliseconds since the epoch.
    pub(crate) fn shown_at(&self) -> i64 {
        self.origin.saturating_add(self.marks.shown)
    }
}

impl Cause {
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Reset => "reset",
            Self::AccountSettings => "account-settings",
            Self::LiveChat => "live-chat",
            Self::UrlParameter => "url-parameter",
            Self::Storage => "storage",
            Self::OwnEdit => "own-edit",
            Self::Server => "server",
            Self::Sdk => "sdk",
            Self::Unrecorded => "unrecorded",
        }
    }
}

impl ValueKey {
    /// All keys: the fields in their order, then the others.
    pub fn all() -> [Self; Self::LENGTH] {
        std::array::from_fn(Self::from_usize)
    }

    /// The SDK's name of the key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            Self::LookupCode => "lookupCode",
            Self::ShortId => "shortId",
        }
    }
}

impl ValueHistory {
    /// The current step; `None` if the value was never observed.
    pub fn now(&self) -> Option<&HistoryStep> {
        self.steps.last()
    }

    /// The current value, if any.
    pub fn value(&self) -> Option<&PageValue> {
        self.now()?.value.as_ref()
    }
}

impl RecordedCall {
    /// Whether the SDK processed the call, at once or from the queue.
    pub fn took_effect(&self) -> bool {
        matches!(self.result, CallResult::AtOnce | CallResult::Processed(_))
    }

    /// Whether the call was queued, whatever its result.
    pub fn waited(&self) -> bool {
        self.call.waits
    }

    pub fn is(&self, name: &str) -> bool {
        self.call.name == name
    }

    pub fn at(&self) -> Option<&ScriptLocation> {
        self.call.at.as_ref()
    }

    /// Whether nothing shows that the inspector made the call. An act of the inspector may be missing although its call
    /// is not.
    pub fn is_by_page(&self) -> bool {
        self.own.is_none() && self.call.own.is_none()
    }

    /// Whether the call had `effect` on the value of `key`.
    pub fn had_effect(&self, key: ValueKey, effect: CallEffect) -> bool {
        self.effects.contains(&(key, effect))
    }
}

impl DocumentHistory {
    pub fn value_history(&self, key: ValueKey) -> &ValueHistory {
        &self.values[key]
    }

    /// The call of an entry. Calls are sorted by their entries.
    pub fn call(&self, entry: EntryId) -> Option<&RecordedCall> {
        self.calls.get(self.index_of(entry)?)
    }

    /// The index in `calls` of the call of an entry.
    pub(super) fn index_of(&self, entry: EntryId) -> Option<usize> {
        let at = self.calls.partition_point(|call| call.entry < entry);
        (self.calls.get(at)?.entry == entry).then_some(at)
    }

    /// The calls that the page made, in order.
    pub fn page_calls(&self) -> impl Iterator<Item = &RecordedCall> {
        self.calls.iter().filter(|call| call.is_by_page())
    }

    /// The calls to one function, in order.
    pub fn calls_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a RecordedCall> {
        self.calls.iter().filter(move |call| call.is(name))
    }

    /// The effective `init`: the newest one that was processed, since each function accepts one. Otherwise the first
    /// known one.
    pub fn init(&self) -> Option<&RecordedCall> {
        self.calls.get(self.init?)
    }

    /// The SDK's version, as first observed.
    pub fn version(&self) -> Option<&str> {
        self.marks.versions.first().map(|mark| mark.value.as_str())
    }

    /// Whether the SDK is known to be 2.x, whose quirks are documented.
    pub fn is_version_2(&self) -> bool {
        self.version().is_some_and(is_version_2)
    }

    /// A setting of the effective configuration, or else of the account settings.
    pub fn setting(&self, key: &str) -> Option<&PageValue> {
        let in_config = self.marks.config.as_ref().map(|config| config.value.get(key));
        in_config.unwrap_or_else(|| self.marks.account.as_ref()?.value.get(key))
    }

    /// Scheme, host and port, to which stored IDs belong.
    pub fn site(&self) -> &str {
        address::site(&self.url)
    }

    /// Converts a time of this document to milliseconds since the epoch.
    pub fn time(&self, t: i64) -> i64 {
        self.origin.saturating_add(t)
    }
}

impl TabHistory {
    pub fn document(&self, id: DocId) -> Option<&DocumentHistory> {
        self.documents.iter().find(|document| document.document == id)
    }

    /// The newest document of a frame.
    pub fn current(&self, frame: i64) -> Option<&DocumentHistory> {
        self.documents.iter().rev().find(|document| document.frame == frame)
    }

    /// The call of an entry.
    pub fn call(&self, entry: EntryId) -> Option<&RecordedCall> {
        self.document(entry.doc)?.call(entry)
    }
}
