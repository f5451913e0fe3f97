//! One recorded entry, typed. Its content is page-controlled unless noted otherwise.

use crate::visitor::Field;
use crate::visitor::page_value::PageValue;
use enum_map::Enum;
use std::sync::Arc;

/// A document of a tab, numbered in the order in which the timeline added it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocId(pub u32);

/// The number of an entry in its document: the page's count from 0, or a random number for an act of the inspector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seq {
    Page(u64),
    Inspector(u64),
}

impl Seq {
    /// The number of a page entry.
    pub fn page_number(self) -> Option<u64> {
        match self {
            Self::Page(n) => Some(n),
            Self::Inspector(_) => None,
        }
    }
}

/// The stable ID of an entry, also after older entries are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    pub doc: DocId,
    pub seq: Seq,
}

/// One entry of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: EntryId,
    /// Milliseconds since the document's time origin, by the page's clock.
    pub t: i64,
    /// The page task in which it happened: same number, same task. `None` if unknown.
    pub task: Option<u64>,
    pub what: EntryData,
}

/// The content of an entry: one variant for each kind of the recorder's format.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryData {
    Page(PageEntry),
    Call(Arc<Call>),
    /// A waiting call left the SDK's queue.
    Done {
        call: u64,
    },
    /// The changed identity keys of the configuration: right after a call, or without a known call.
    Change {
        call: Option<u64>,
        keys: Vec<(Field, PageValue)>,
    },
    Sdk(Arc<SdkEntry>),
    Socket {
        what: SocketMoment,
        /// Counts the SDK's sockets in this document.
        connection: u64,
        /// The URL without its query.
        url: Option<String>,
        code: Option<u64>,
    },
    Frame(Arc<Frame>),
    /// A stored value of the SDK changed, or existed at the start; `key` without the SDK's prefix.
    Stored {
        area: StorageArea,
        key: String,
        value: Option<String>,
    },
    /// A script that may be the loader or the SDK failed to load, or the SDK's socket was blocked.
    Script {
        fault: ScriptFault,
        url: String,
        /// The directive of the content security policy, for a blocked script.
        why: Option<String>,
        /// The page's snippet names it, or it is a socket to the SDK's URL.
        ours: bool,
    },
    /// The recorder omitted entries.
    Drop {
        count: u64,
        why: DropReason,
    },
    /// An edit that the person made with the inspector. Written by the extension, not by the page.
    Inspector {
        /// The command to the page.
        command: PageValue,
        reply: Option<PageValue>,
        /// The number of the next page entry when the act began; `None` in recordings of older versions.
        after: Option<u64>,
    },
    /// An entry that could not be read (empty kind), or of a kind from a later version.
    Unknown {
        kind: String,
    },
}

/// The kind of an entry, for filters. Its name is also used in the recorder's format and as the stable attribute
/// `data-kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum EntryKind {
    Page,
    Call,
    Done,
    Change,
    Sdk,
    Socket,
    Frame,
    Stored,
    Script,
    Drop,
    Inspector,
    Unknown,
}

/// A moment in the life of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct PageEntry {
    pub what: PageMoment,
    pub url: String,
    pub referrer: Option<String>,
    /// Only at the start.
    pub start: Option<PageStart>,
    /// Only at the load: whether a script that the browser doesn't run mentions Upscope. `None` in recordings of older
    /// versions.
    pub parked: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMoment {
    Start,
    Load,
    Hide,
    Show,
    /// A prerendered page was shown.
    Activate,
    /// The URL changed without a page load.
    Route,
}

/// The recorder's description of itself and its document, at the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageStart {
    /// The document's time origin, in milliseconds since the epoch.
    pub origin: i64,
    pub top: bool,
    pub opener: bool,
    /// Another page of the site may have prepared this window (docs/recorder.md), so its entries may be forged.
    pub less_trusted: bool,
    /// Recorded without an accessor on `window`: early calls are read from the queue, without a script location.
    pub quiet: bool,
    /// Prerendered; the page may never be shown.
    pub prerendered: bool,
}

/// One `Upscope(name, …)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Counts the calls of this document.
    pub id: u64,
    pub name: String,
    pub args: Vec<PageValue>,
    pub at: Option<ScriptLocation>,
    pub via: CallSource,
    /// The call was in the SDK's queue after it was made.
    pub waits: bool,
    /// The function whose SDK callback made this call; empty for an unknown callback.
    pub inside: Option<String>,
    /// The number of the inspector's act that announced this call, as the page reports it.
    pub own: Option<u64>,
}

/// A location in a script. Line and column start at one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLocation {
    pub url: String,
    pub line: u64,
    pub column: u64,
}

/// How the recorder observed a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallSource {
    Function,
    /// Found in the queue after it was made.
    Queue,
    /// Pushed directly to the queue, without the function.
    Push,
}

/// An observation of the SDK. Each part is present only when first observed or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct SdkEntry {
    pub what: SdkMoment,
    pub version: Option<String>,
    pub config: Option<PageValue>,
    pub account: Option<PageValue>,
    pub region: Option<String>,
    pub chats: Option<PageValue>,
    /// `Array.prototype.toJSON` exists.
    pub to_json: bool,
    /// `window.Prototype` exists.
    pub prototype: bool,
    /// The page is in a frame whose parent has Upscope.
    pub parent_sdk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SdkMoment {
    Snippet,
    Version,
    Config,
    /// Another function replaced the snippet's.
    Replaced,
    /// A second loader or SDK was loaded and ignored.
    Second,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SocketMoment {
    New,
    Open,
    Close,
    Error,
}

/// One frame on the SDK's socket.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub out: bool,
    pub connection: u64,
    pub name: String,
    /// `None` for a frame without data, and for frames that are only counted.
    pub data: Option<PageValue>,
    /// The number of frames this entry represents; more than one only for `ping` and screen content.
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageArea {
    Local,
    Session,
    Cookie,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptFault {
    /// Not loaded: a network error, an ad blocker or a wrong URL.
    Failed,
    /// Blocked by the page's content security policy.
    Blocked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropReason {
    Rate,
    Size,
    Buffer,
    Unknown,
}

impl EntryData {
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::Page(_) => EntryKind::Page,
            Self::Call(_) => EntryKind::Call,
            Self::Done { .. } => EntryKind::Done,
            Self::Change { .. } => EntryKind::Change,
            Self::Sdk(_) => EntryKind::Sdk,
            Self::Socket { .. } => EntryKind::Socket,
            Self::Frame(_) => EntryKind::Frame,
            Self::Stored { .. } => EntryKind::Stored,
            Self::Script { .. } => EntryKind::Script,
            Self::Drop { .. } => EntryKind::Drop,
            Self::Inspector { .. } => EntryKind::Inspector,
            Self::Unknown { .. } => EntryKind::Unknown,
        }
    }
}

impl EntryKind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::LENGTH).map(Self::from_usize)
    }

    /// The name in the recorder's format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Call => "call",
            Self::Done => "done",
            Self::Change => "change",
            Self::Sdk => "sdk",
            Self::Socket => "sock",
            Self::Frame => "frame",
            Self::Stored => "store",
            Self::Script => "script",
            Self::Drop => "drop",
            Self::Inspector => "own",
            Self::Unknown => "unknown",
        }
    }
}

impl Call {
    /// The argument at `index`, if any.
    pub fn arg(&self, index: usize) -> Option<&PageValue> {
        self.args.get(index)
    }

    /// The value of `key` in the first argument, if that key exists.
    pub fn given(&self, key: &str) -> Option<&PageValue> {
        self.arg(0)?.get(key)
    }
}
