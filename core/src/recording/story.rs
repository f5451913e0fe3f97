//! What a timeline tells: who set each value and when, what each call changed, what was lost and why.

use super::entry::{Call, DocId, Entry, EntryId, Place, ScriptFault, SdkMoment};
pub use super::gaps::Gap;
use crate::visitor::Field;
use crate::visitor::address;
use crate::visitor::page_value::PageValue;
use std::sync::Arc;

/// What a tab's timeline tells, one part for each document, in the order of their beginning.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Story {
    pub documents: Vec<DocStory>,
}

/// What one document tells.
#[derive(Clone, Debug, PartialEq)]
pub struct DocStory {
    pub document: DocId,
    pub frame: i64,
    pub url: String,
    pub top: bool,
    pub less_trusted: bool,
    /// When its time began, in milliseconds since the epoch.
    pub origin: i64,
    /// Nothing of it is missing. Otherwise what was not seen may have happened all the same.
    pub complete: bool,
    /// Where entries are not here, in order.
    pub gaps: Vec<Gap>,
    /// The time of its last entry, in milliseconds since its time origin.
    pub last: i64,
    /// How far the connection is now.
    pub phase: Phase,
    /// An agent watches: a session began and did not end.
    pub in_session: bool,
    pub calls: Vec<CallStory>,
    pub marks: Marks,
    /// The place in `calls` of the `init` that counts.
    pub(super) init: Option<usize>,
    pub(super) traces: [Trace; 7],
}

/// Everything that was seen of the page and the SDK, beside calls and values.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Marks {
    pub start: Option<EntryId>,
    /// It was loaded ahead and never shown.
    pub ahead: bool,
    /// When it last came before the person, in milliseconds since its time origin.
    pub shown: i64,
    pub load: Option<Mark<()>>,
    /// Addresses it had, the first one included.
    pub addresses: Vec<Mark<String>>,
    /// Keys and values of cookies that are one visitor's.
    pub cookies: Vec<Mark<(String, String)>>,
    /// The page was left and did not come back.
    pub left: Option<EntryId>,
    pub snippets: Vec<Mark<SdkMoment>>,
    pub versions: Vec<Mark<String>>,
    /// Public keys, of account settings and configuration.
    pub keys: Vec<Mark<String>>,
    /// The effective configuration as last read.
    pub config: Option<Mark<PageValue>>,
    /// The account settings as last read.
    pub account: Option<Mark<PageValue>>,
    /// Live chats found.
    pub chats: Vec<Mark<String>>,
    pub faults: Vec<Mark<Fault>>,
    pub prototype_js: Option<EntryId>,
    pub parent_sdk: Option<EntryId>,
    pub handshakes: Vec<Mark<()>>,
    /// `apiKeyError` and `dataError` of the server, with their text.
    pub complaints: Vec<Mark<String>>,
    /// `doNotReconnect`: final for this load.
    pub stopped: Option<EntryId>,
    /// The reconnect at which a waiting call made the queue go dead (docs/sdk-reference.md#dead-queue).
    pub dead_queue: Option<EntryId>,
    /// The processed call that hangs the SDK (docs/sdk-reference.md#waiting-calls).
    pub hung: Option<EntryId>,
}

/// Something seen and the entry that shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark<T> {
    pub entry: EntryId,
    /// Milliseconds since the document's time origin.
    pub t: i64,
    pub value: T,
}

/// A script that did not come.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub fault: ScriptFault,
    pub url: String,
    pub why: Option<String>,
    /// More than its address shows that it is Upscope's.
    pub ours: bool,
}

/// One call and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CallStory {
    pub entry: EntryId,
    /// Milliseconds since the document's time origin.
    pub t: i64,
    pub task: Option<u64>,
    pub call: Arc<Call>,
    pub fate: Fate,
    /// What it did to each value, in the order in which it happened.
    pub effects: Vec<(Subject, Effect)>,
    /// The entry of our own edit that made this call.
    pub own: Option<EntryId>,
    /// How far the connection was when the call was made.
    pub phase: Phase,
}

/// How far the SDK's connection was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No connection was tried yet.
    Before,
    /// A socket is on its way to the handshake.
    Connecting,
    Ready,
    /// There was a connection; it is closed.
    Closed,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It did not wait.
    AtOnce,
    /// It stands in the queue.
    Waiting,
    /// It waited and was taken from the queue; the entry that shows it.
    Processed(EntryId),
    Lost(Loss),
    /// Nobody knows: what would tell is not here.
    Unknown,
}

/// Why a call had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The first call was not `init`: it was lost, and nothing after it is taken.
    NotInitFirst,
    /// A later `init` is ignored with all it says.
    SecondInit,
    /// `init` without a public key.
    NoPublicKey,
    /// A call before it hangs the SDK.
    Hung,
    /// It still waited when the page was left.
    PageLeft,
}

/// A value whose history is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Field(Field),
    LookupCode,
    ShortId,
}

/// What a call did to one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Set,
    Removed,
    /// Cleared by a `reset`.
    Cleared,
    /// Dropped by the SDK without a word, as a placeholder.
    Placeholder,
    /// Given as `undefined`, and an account setting of that name was overwritten with nothing.
    AccountOverwritten,
    /// Put into the configuration by `init` and never sent (2.x).
    NotSent,
    /// Neither in the configuration nor on the wire, because the call waited before connecting.
    LostWaiting,
    /// Wiped with the old visitor: set in the tick of a `reset`.
    Wiped,
}

/// The history of one value in one document, oldest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Trace {
    pub steps: Vec<Step>,
}

/// One value a subject had. It was overwritten by the next step, where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What shows it best: the call for a call, else the entry it was seen in.
    pub entry: EntryId,
    /// When it took effect, in milliseconds since the document's time origin.
    pub t: i64,
    pub cause: Cause,
    /// `None`: known to have no value from then on.
    pub value: Option<PageValue>,
    /// The entry in which it was read back.
    pub read: Option<EntryId>,
    /// The frame that carried it to the server.
    pub sent: Option<EntryId>,
}

/// What set a value. The stable attribute `data-cause` by [`Cause::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A call of the page.
    Call,
    /// A `reset`, the page's or ours.
    Reset,
    AccountSettings,
    /// A live chat put it into the configuration or filled it in on the wire.
    LiveChat,
    UrlParameter,
    /// It was stored from an earlier page load, or another tab stored it.
    Storage,
    /// The inspector, as the person asked.
    OwnEdit,
    Server,
    /// The SDK by itself, as a lookup code that is shown.
    Sdk,
    /// No entry explains it.
    Unrecorded,
}

impl Story {
    /// The page that the tab shows, as far as it was recorded: the one that came before the person last.
    pub fn page(&self) -> Option<&DocStory> {
        let pages = self.documents.iter().filter(|document| document.top && !document.marks.ahead);
        pages.max_by_key(|page| page.shown_at())
    }
}

impl DocStory {
    /// When it last came before the person, in milliseconds since the epoch.
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

impl Subject {
    pub const ALL: [Self; 7] = [
        Self::Field(Field::UniqueId),
        Self::Field(Field::Identities),
        Self::Field(Field::Tags),
        Self::Field(Field::IntegrationIds),
        Self::Field(Field::Metadata),
        Self::LookupCode,
        Self::ShortId,
    ];

    pub(super) fn index(self) -> usize {
        match self {
            Self::Field(field) => field.index(),
            Self::LookupCode => 5,
            Self::ShortId => 6,
        }
    }

    /// Its key in the SDK's words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            Self::LookupCode => "lookupCode",
            Self::ShortId => "shortId",
        }
    }
}

impl Trace {
    /// What holds now; `None` when nothing was ever seen of it.
    pub fn now(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// The value that holds now, where there is one.
    pub fn value(&self) -> Option<&PageValue> {
        self.now()?.value.as_ref()
    }
}

impl<T> Mark<T> {
    pub(super) fn new(entry: &Entry, value: T) -> Self {
        Self { entry: entry.id, t: entry.t, value }
    }
}

impl CallStory {
    /// Whether the call was taken, at once or from the queue.
    pub fn took_effect(&self) -> bool {
        matches!(self.fate, Fate::AtOnce | Fate::Processed(_))
    }

    /// Whether it stood in the queue, whatever became of it.
    pub fn waited(&self) -> bool {
        self.call.waits
    }

    pub fn is(&self, name: &str) -> bool {
        self.call.name == name
    }

    pub fn at(&self) -> Option<&Place> {
        self.call.at.as_ref()
    }

    /// Whether it had this effect on `subject`.
    pub fn did(&self, subject: Subject, effect: Effect) -> bool {
        self.effects.contains(&(subject, effect))
    }
}

impl DocStory {
    pub fn trace(&self, subject: Subject) -> &Trace {
        &self.traces[subject.index()]
    }

    /// The call that an entry of this document is; calls stand in the order of their entries.
    pub fn call(&self, entry: EntryId) -> Option<&CallStory> {
        let at = self.calls.partition_point(|call| call.entry < entry);
        self.calls.get(at).filter(|call| call.entry == entry)
    }

    /// The calls of one name, in order.
    pub fn calls_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a CallStory> {
        self.calls.iter().filter(move |call| call.is(name))
    }

    /// The `init` that counts: the newest that was taken, for each function takes one; else the first, where it is known.
    pub fn init(&self) -> Option<&CallStory> {
        self.calls.get(self.init?)
    }

    /// The SDK's version, as first seen.
    pub fn version(&self) -> Option<&str> {
        self.marks.versions.first().map(|mark| mark.value.as_str())
    }

    /// Whether it is known to be a 2.x, whose quirks were seen.
    pub fn is_version_2(&self) -> bool {
        self.version().is_some_and(|version| version.starts_with("2."))
    }

    /// A setting of the effective configuration, else of the account settings.
    pub fn setting(&self, key: &str) -> Option<&PageValue> {
        let in_config = self.marks.config.as_ref().map(|config| config.value.get(key));
        in_config.unwrap_or_else(|| self.marks.account.as_ref()?.value.get(key))
    }

    /// Scheme, host and port: what stored ids belong to.
    pub fn site(&self) -> &str {
        address::site(&self.url)
    }

    /// An absolute time of this document, in milliseconds since the epoch.
    pub fn time(&self, t: i64) -> i64 {
        self.origin.saturating_add(t)
    }
}

impl Story {
    pub fn document(&self, id: DocId) -> Option<&DocStory> {
        self.documents.iter().find(|document| document.document == id)
    }

    /// The newest document of a frame.
    pub fn current(&self, frame: i64) -> Option<&DocStory> {
        self.documents.iter().rev().find(|document| document.frame == frame)
    }

    /// The call that an entry is.
    pub fn call(&self, entry: EntryId) -> Option<&CallStory> {
        self.document(entry.doc)?.call(entry)
    }
}
