//! What one frame of the page says, read.

pub mod connection;
pub mod export;
pub mod parked;
pub mod raw_report;

mod masked;

use crate::page_report::connection::Sdk;
use crate::visitor::Visitor;
use crate::visitor::observed::Observed;
use crate::visitor::page_value::PageValue;

/// What one frame of the page says. Everything in it is page-controlled, capped and only to be shown as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub page: Page,
    pub sdk: Sdk,
    pub visitor: Visitor,
    pub settings: Settings,
    /// Calls that wait in the queue, oldest first, as many as the probe copied.
    pub calls: Vec<WaitingCall>,
    /// How many calls wait; `None` when there is no queue to see.
    pub waiting: Option<u64>,
    /// The marks of our own calls that wait there.
    pub own_waiting: Vec<String>,
    /// What became of an act; `None` after a mere look.
    pub act: Option<ActReply>,
}

/// The document a report is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub url: String,
    pub title: String,
    /// `performance.timeOrigin` as text, which tells one document from the next.
    pub document: String,
    /// When it was looked at, in milliseconds since the epoch, by the page's clock; 0 when it did not say.
    pub at: i64,
    pub top: bool,
    /// How many child frames it has, seen or not.
    pub frames: u64,
    pub content_type: String,
}

/// What is said of the SDK itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub version: Observed<String>,
    pub region: Observed<String>,
    pub public_key: Observed<String>,
    /// `teamDomain`, in older account settings.
    pub account_domain: Observed<String>,
    /// `jsConfiguration`: the page's settings override the account's.
    pub page_overrides: Observed<bool>,
    pub autoconnect: Observed<bool>,
    /// Live chats found.
    pub chats: Observed<Vec<String>>,
    /// `localStorage.upscopeTestingKey`: another key's code is loaded instead.
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
}

/// What the probe says of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct ActReply {
    /// `None`: the call was made.
    pub refused: Option<ActRefused>,
    /// The call stands in the SDK's queue.
    pub waiting: bool,
    /// The mark on its entry there, by which later looks know it.
    pub mark: Option<String>,
    /// What `getLookupCode` answered.
    pub code: Option<String>,
    /// For a switch that did not wait in the queue: whether the new identity was sent by now. If not, the page sends it
    /// as soon as the SDK has reconnected.
    pub sent: Option<bool>,
}

/// Why the probe did not make a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActRefused {
    /// The page is another document than the one shown.
    Moved,
    /// There is no Upscope function any more.
    Gone,
    /// The page gave the SDK a storage of its own.
    Storage,
    /// It came to the page later than the person was told that it would: the tab slept or was busy.
    Late,
    /// The call would have waited, which the person did not know.
    Down,
    /// The SDK threw this.
    Threw(String),
}

/// Something odd about how a page reported, worth a word to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The text was no report: the page changed the tools the probe writes with, or its text was cut off.
    Unreadable,
    /// The page defines `window.Upscope` as an accessor, which is not run for looking.
    Accessor,
    /// `Array.prototype.toJSON` exists without Prototype.js: the SDK runs, and lists are sent as text.
    ListsAsText,
}

impl Report {
    /// The address without query and fragment.
    pub fn plain_url(&self) -> &str {
        self.page.url.split(['?', '#']).next().unwrap_or_default()
    }

    /// Whether a `reset` waits in the queue.
    pub fn reset_waits(&self) -> bool {
        self.calls.iter().any(|call| call.name == "reset")
    }

    /// Milliseconds since the document started; none where it does not say.
    pub fn age(&self) -> i64 {
        let start = self.page.document.split('.').next().and_then(|start| start.parse::<i64>().ok());
        start.map_or(0, |start| self.page.at.saturating_sub(start))
    }
}
