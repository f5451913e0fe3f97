//! One thing the recorder saw, typed. Everything in it is page-controlled unless said.

use crate::visitor::Field;
use crate::visitor::page_value::PageValue;
use std::sync::Arc;

/// A document of a tab, by the order in which the timeline first heard of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocId(pub u32);

/// The number of an entry in its document: the page's own count from 0, or ours for what we did, a random one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seq {
    Page(u64),
    Own(u64),
}

impl Seq {
    /// The page's own number.
    pub fn of_page(self) -> Option<u64> {
        match self {
            Self::Page(n) => Some(n),
            Self::Own(_) => None,
        }
    }
}

/// What names one entry of a timeline for good, also after older ones were dropped.
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
    /// The page task it happened in: same number, same task. `None` where it was not told.
    pub task: Option<u64>,
    pub what: What,
}

/// What happened; one variant for each kind on the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Page(PageEntry),
    Call(Arc<Call>),
    /// A call that waited left the SDK's queue.
    Done {
        call: u64,
    },
    /// What the configuration's identity keys read, those that changed: right after a call, or without one in sight.
    Change {
        call: Option<u64>,
        keys: Vec<(Field, PageValue)>,
    },
    Sdk(Arc<SdkEntry>),
    Socket {
        what: SocketMoment,
        /// Counts the SDK's sockets in this document.
        connection: u64,
        /// The address without query.
        url: Option<String>,
        code: Option<u64>,
    },
    Frame(Arc<Frame>),
    /// A stored value of the SDK changed, or was there at the start; `key` without the SDK's prefix.
    Stored {
        area: Area,
        key: String,
        value: Option<String>,
    },
    /// A script that may be the loader or the SDK did not come, or the SDK's socket was forbidden.
    Script {
        fault: ScriptFault,
        url: String,
        /// The directive of the page's policy, for a blocked one.
        why: Option<String>,
        /// The page's own snippet names it, or it is a socket of the SDK's address: more than the shape of an address.
        ours: bool,
    },
    /// The recorder left entries out and says so.
    Drop {
        count: u64,
        why: DropWhy,
    },
    /// What the person did to the page with the inspector; made by the extension, not by the page.
    Own {
        ask: PageValue,
        reply: Option<PageValue>,
        /// The number of the page's next entry when the act began; `None` in recordings of older versions.
        after: Option<u64>,
    },
    /// An entry that could not be read (empty kind) or is of a kind a later version writes.
    Unknown {
        kind: String,
    },
}

/// What an entry is about, for filtering. Also the wire's name of it and the stable attribute `data-kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
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
    Own,
    Unknown,
}

/// A moment in the life of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct PageEntry {
    pub what: PageMoment,
    pub url: String,
    pub referrer: Option<String>,
    /// Only at the start.
    pub start: Option<Start>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMoment {
    Start,
    Load,
    Hide,
    Show,
    /// A page that was loaded ahead, unseen, came before the person.
    Activate,
    /// The address changed without a load.
    Route,
}

/// What the recorder says of itself and its document at the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// The document's time origin, in milliseconds since the epoch.
    pub origin: i64,
    pub top: bool,
    pub opener: bool,
    /// A window that another page of the site may have prepared (reference of the recorder): its entries may be forged.
    pub less_trusted: bool,
    /// Recorded without an accessor on `window`: early calls come from the queue, without a line.
    pub quiet: bool,
    /// Loaded ahead, unseen; it may never be shown.
    pub prerendered: bool,
}

/// One `Upscope(name, …)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Counts the calls of this document.
    pub id: u64,
    pub name: String,
    pub args: Vec<PageValue>,
    pub at: Option<Place>,
    pub via: Via,
    /// It stood in the SDK's queue after the call.
    pub waits: bool,
    /// Made inside an SDK callback of a call of this name; empty where the SDK ran a callback that is not known.
    pub inside: Option<String>,
    /// The number of the act of ours that announced this call, as the page says.
    pub own: Option<u64>,
}

/// A place in a script, line and column counted from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub url: String,
    pub line: u64,
    pub column: u64,
}

/// How the recorder saw a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Function,
    /// Found in the queue, after it was made.
    Queue,
    /// Pushed on the queue past the function.
    Push,
}

/// What was seen of the SDK itself; each part only when first seen or changed.
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
    /// The page stands in a frame whose parent has Upscope.
    pub parent_sdk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SdkMoment {
    Snippet,
    Version,
    Config,
    /// Another function took the snippet's place.
    Replaced,
    /// A second loader or SDK came and was ignored.
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
    /// Absent for a frame without data and for those of which only the number is kept.
    pub data: Option<PageValue>,
    /// How many frames this stands for; more than one only for `ping` and screen content.
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Local,
    Session,
    Cookie,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptFault {
    /// It did not load: network, an ad blocker, a wrong address.
    Failed,
    /// The page's own policy forbade it.
    Blocked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropWhy {
    Rate,
    Size,
    Buffer,
    Unknown,
}

impl What {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Page(_) => Kind::Page,
            Self::Call(_) => Kind::Call,
            Self::Done { .. } => Kind::Done,
            Self::Change { .. } => Kind::Change,
            Self::Sdk(_) => Kind::Sdk,
            Self::Socket { .. } => Kind::Socket,
            Self::Frame(_) => Kind::Frame,
            Self::Stored { .. } => Kind::Stored,
            Self::Script { .. } => Kind::Script,
            Self::Drop { .. } => Kind::Drop,
            Self::Own { .. } => Kind::Own,
            Self::Unknown { .. } => Kind::Unknown,
        }
    }
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Page,
        Self::Call,
        Self::Done,
        Self::Change,
        Self::Sdk,
        Self::Socket,
        Self::Frame,
        Self::Stored,
        Self::Script,
        Self::Drop,
        Self::Own,
        Self::Unknown,
    ];

    /// Its name on the wire.
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
            Self::Own => "own",
            Self::Unknown => "unknown",
        }
    }
}

impl Call {
    /// The argument at `index`, where there is one.
    pub fn arg(&self, index: usize) -> Option<&PageValue> {
        self.args.get(index)
    }

    /// What it gives for the key `key` of its first argument, if that key is there at all.
    pub fn given(&self, key: &str) -> Option<&PageValue> {
        self.arg(0)?.get(key)
    }
}
