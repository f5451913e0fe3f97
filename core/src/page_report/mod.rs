//! The report of one frame of the page.

pub mod connection;
pub mod export;
pub mod parked;
pub mod raw_report;

mod masked;

use crate::page_report::connection::Sdk;
use crate::visitor::Visitor;
use crate::visitor::observed::Observed;
use crate::visitor::page_value::PageValue;

/// The report of one frame of the page. Its content is page-controlled, limited in size and shown only as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub page: PageInfo,
    pub sdk: Sdk,
    pub visitor: Visitor,
    pub settings: SdkSettings,
    /// Waiting calls, oldest first, as many as the probe copied.
    pub calls: Vec<WaitingCall>,
    /// The number of waiting calls; `None` if no queue was found.
    pub waiting: Option<u64>,
    /// The marks of the inspector's waiting calls.
    pub own_waiting: Vec<String>,
    /// The result of an act; `None` for a report without one.
    pub act: Option<ProbeReply>,
}

/// The document a report is about.
#[derive(Clone, Debug, PartialEq)]
pub struct PageInfo {
    pub url: String,
    pub title: String,
    /// `performance.timeOrigin` as text, which identifies the document.
    pub document: String,
    /// Milliseconds since the document began, by its own clock; 0 if unknown. The page's `Date` may be replaced or set.
    pub age: i64,
    /// The document has loaded with all its scripts (`document.readyState`), or that is unknown.
    pub loaded: bool,
    pub top: bool,
    /// The number of child frames.
    pub frames: u64,
    pub content_type: String,
}

impl PageInfo {
    /// The document's time origin, in milliseconds since the epoch.
    pub fn origin(&self) -> Option<i64> {
        self.document.split('.').next()?.parse().ok()
    }
}

/// Settings and version of the SDK.
#[derive(Clone, Debug, PartialEq)]
pub struct SdkSettings {
    pub version: Observed<String>,
    pub region: Observed<String>,
    pub public_key: Observed<String>,
    /// `teamDomain`, in older account settings.
    pub account_domain: Observed<String>,
    /// `jsConfiguration`: the page's settings override the account settings.
    pub page_overrides: Observed<bool>,
    pub autoconnect: Observed<bool>,
    /// Detected live chats.
    pub chats: Observed<Vec<String>>,
    /// `localStorage.upscopeTestingKey`: the code of another key is loaded instead.
    pub testing_key: Option<String>,
    /// Whether the effective configuration could be read.
    pub readable: bool,
    /// The effective configuration as copied, for the report.
    pub config: Option<PageValue>,
    /// The account settings as copied, for the report.
    pub account: Option<PageValue>,
}

/// One call in the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingCall {
    pub name: String,
    pub arguments: Vec<PageValue>,
    /// The inspector made the call, so it shows nothing about the page's code.
    pub own: bool,
}

/// The probe's reply to a command.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeReply {
    /// `None`: the call was made.
    pub refused: Option<ProbeRefusal>,
    /// The call is in the SDK's queue.
    pub waiting: bool,
    /// The mark on its queue entry, by which later reports recognize it.
    pub mark: Option<String>,
    /// The result of `getLookupCode`.
    pub code: Option<String>,
    /// For a switch that was not queued: whether the new identity was already sent. If not, the page sends it when the
    /// SDK has reconnected.
    pub sent: Option<bool>,
}

/// Why the probe did not make a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeRefusal {
    /// The document is not the one shown.
    Moved,
    /// `window.Upscope` no longer exists.
    Gone,
    /// The page provides the SDK's storage.
    Storage,
    /// The site's storage has no room or is blocked, with the browser's words. Nothing was sent.
    NotStored(String),
    /// The act reached the page after its deadline: the tab was suspended or busy.
    Late,
    /// The call would have waited without a warning to the person.
    Down,
    /// The page's metadata no longer has this key, whose value the call was to keep. Nothing was called.
    NotKept(String),
    /// The SDK threw this.
    Threw(String),
}

/// Makes a refusal from the text of the error.
type MakeRefusal = fn(String) -> ProbeRefusal;

impl ProbeRefusal {
    /// The refusals by the probe's names. Any other name is [`Self::Threw`].
    pub const NAMED: [(&str, MakeRefusal); 7] = [
        ("moved", |_| Self::Moved),
        ("gone", |_| Self::Gone),
        ("storage", |_| Self::Storage),
        ("unstored", Self::NotStored),
        ("late", |_| Self::Late),
        ("down", |_| Self::Down),
        ("unkept", Self::NotKept),
    ];

    fn named(name: String, error: Option<String>) -> Self {
        match Self::NAMED.iter().find(|(known, _)| *known == name) {
            Some((_, make)) => make(error.unwrap_or_default()),
            None => Self::Threw(error.unwrap_or(name)),
        }
    }
}

/// A peculiarity of a report that is shown to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The text is not a report: the page changed the built-ins that the probe uses, or the text was cut.
    Unreadable,
    /// The page defines `window.Upscope` as an accessor, which the probe doesn't run.
    Accessor,
    /// `Array.prototype.toJSON` exists without Prototype.js: the SDK runs and sends lists as text.
    ListsAsText,
}

impl Report {
    /// The URL without query and fragment.
    pub fn plain_url(&self) -> &str {
        self.page.url.split(['?', '#']).next().unwrap_or_default()
    }

    /// Whether a `reset` waits in the queue.
    pub fn reset_waits(&self) -> bool {
        self.calls.iter().any(|call| call.name == "reset")
    }
}
