//! The background's reports on pages, and the commands that pages perform.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::json_text::compact;
use inspector_core::policy::EditRestriction;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A time on the two clocks that the popup and the background share, in milliseconds since the epoch. The clocks differ
/// after the system clock is set (`system` jumps) or the computer sleeps (`monotonic` may stop).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    pub system: f64,
    #[serde(rename = "own")]
    pub monotonic: f64,
}

impl From<[f64; 2]> for Moment {
    fn from([system, monotonic]: [f64; 2]) -> Self {
        Self { system, monotonic }
    }
}

impl Moment {
    pub fn later(self, milliseconds: f64) -> Self {
        Self { system: self.system + milliseconds, monotonic: self.monotonic + milliseconds }
    }

    /// Whether both clocks are past it at `now`. A single clock may have jumped.
    pub fn is_past(self, now: Self) -> bool {
        now.system > self.system && now.monotonic > self.monotonic
    }
}

/// A document in a frame of a tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentTarget {
    pub tab: i32,
    pub frame: i64,
    /// The browser's ID of the document, if the browser has one.
    pub document_id: Option<String>,
    /// The document's `performance.timeOrigin` as text. The probe checks it in the same task in which it acts.
    pub document: String,
}

impl DocumentTarget {
    /// Whether both are the same document. The ID of its tab may have changed. Documents that began at once have the same
    /// `performance.timeOrigin`, and fake timers replace it, so it is not enough.
    pub fn is_same_document(&self, other: &Self) -> bool {
        self.frame == other.frame && self.document_id == other.document_id && self.document == other.document
    }
}

/// A command for one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageCommand {
    /// The document's `performance.timeOrigin` as text. The probe acts in no other document.
    pub document: String,
    /// The person accepts that the call may wait in the SDK's queue. Otherwise a call that would wait is not made.
    pub may_wait: bool,
    pub action: PageAction,
}

/// The action of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PageAction {
    /// `Upscope('updateConnection', …)`.
    Update { update: VisitorPatch },
    /// `Upscope('reset')`, or `Upscope('reset', false)` to stay disconnected.
    Reset { reconnect: bool },
    /// `reset`, and `updateConnection` after the handshake of the new visitor.
    Switch { update: VisitorPatch },
    /// `getLookupCode`. It creates a code if there is none, extends it by an hour and forces a connection (*seen*).
    AskCode {},
    /// Stores a chosen code and sends it; unofficial (docs/sdk-reference.md#lookup-code).
    SetCode { code: String },
}

impl PageCommand {
    /// The command as JSON text, for the probe and for recordings. Text, because Chromium removes nulls from objects
    /// passed to `executeScript`.
    pub fn to_text(&self) -> String {
        let (act, argument) = match &self.action {
            PageAction::Update { update } => ("update", Some(("update", update.argument()))),
            PageAction::Reset { reconnect } => ("reset", Some(("reconnect", (*reconnect).into()))),
            PageAction::Switch { update } => ("switch", Some(("update", update.argument()))),
            PageAction::AskCode {} => ("askCode", None),
            PageAction::SetCode { code } => ("setCode", Some(("code", code.as_str().into()))),
        };
        let mut command = Map::new();
        command.insert("act".to_owned(), act.into());
        command.insert("document".to_owned(), self.document.as_str().into());
        command.insert("mayWait".to_owned(), self.may_wait.into());
        command.extend(argument.map(|(name, value)| (name.to_owned(), value)));
        compact(&Value::Object(command))
    }
}

/// The properties of a tab that the extension can see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectedTab {
    pub id: i32,
    /// Visible only with access to the page.
    pub url: Option<String>,
    pub title: Option<String>,
    pub active: bool,
    /// The organization's restriction on edits, if it is known yet. The background checks it again for each command.
    #[serde(default, rename = "hold", skip_serializing_if = "Option::is_none")]
    pub restriction: Option<EditRestriction>,
}

/// The report of one frame, not yet parsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrameReport {
    /// 0 is the main frame. Firefox's IDs exceed 32 bits (*seen*).
    pub frame: i64,
    pub document_id: Option<String>,
    /// The probe's JSON text. The page controls it. Empty if the page prevented the report or it was too long.
    pub text: String,
}

/// Why a page can't be inspected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessProblem {
    /// The browser allows no extension on this page.
    Restricted,
    /// The organization's policy allows no extension on this site.
    Policy,
    /// The browser allows no extension on this site, although access was granted. Firefox does not report the reason: a
    /// policy, its list of restricted domains, or its quarantined domains for unreviewed extensions.
    ClosedSite,
    /// The tab shows a document, such as a PDF, in the browser's viewer.
    Document,
    /// The tab shows the browser's error page: the website did not load.
    ErrorPage,
    /// The browser has frozen the tab: it runs no scripts until the person activates it.
    Frozen,
    /// The browser has unloaded the page to save memory.
    Discarded,
    /// The page runs a long task or shows a modal dialog, so no other script can run.
    Busy,
    /// The extension has no access to the page. Clicking the toolbar button there grants it.
    NeedsGrant,
    /// The tab is gone.
    NoTab,
    /// Any other error, with the browser's text.
    Failed(String),
}

impl AccessProblem {
    /// Whether the page can't be inspected even with access.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Restricted | Self::Policy | Self::ClosedSite | Self::Document | Self::ErrorPage)
    }

    /// Whether the page exists but doesn't respond at the moment.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Frozen | Self::Busy)
    }
}

/// Why a command was not performed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActionRefusal {
    /// The tab shows another document now.
    Moved,
    /// The extension has no access to the page that the tab shows. With access for one page, that is also another
    /// website to which the tab went.
    NoAccess,
    /// The organization allows no edits.
    ReadOnly,
    /// The organization allows no edits on this site.
    #[serde(rename = "notHere")]
    SiteNotAllowed,
    /// The frame did not report, so it is unknown whether the call was made.
    NoAnswer,
    /// The browser has frozen the tab.
    Frozen,
    /// The browser has unloaded the page.
    Discarded,
    /// The command could not begin before its deadline.
    TooLate,
    /// Any other error, with the browser's text.
    Failed(String),
}

/// The maximum length of a frame's report, in UTF-16 code units: twice the probe's own limit. A page that tampers with
/// the probe's functions could send more.
pub const MAX_TEXT: usize = 400_000;

/// The maximum number of frames in a reply, since a page may have any number. Frames with anything of Upscope come
/// first.
pub const MAX_FRAMES: usize = 200;

/// The maximum length of all reports in a reply, in UTF-16 code units.
pub const MAX_TEXTS: usize = 4 * MAX_TEXT;

/// How a report with anything of Upscope begins. The background does not parse reports. A page that forges this prefix
/// changes only the order in which its own frames are left out.
pub const FOUND_PREFIX: &str = r#"{"v":1,"found":true,"#;

/// The argument with which the probe returns only the document's time, in milliseconds since its time origin.
pub const ASK_TIME: &str = "time";

/// How long a command may take to begin, in milliseconds. It does nothing after that.
pub const BEGIN_MS: u32 = 5_000;

/// How long [`PageAction::Switch`] waits in the page for the new visitor, in milliseconds.
pub const SWITCH_MS: u32 = 15_000;

/// How long a page may take to report, in milliseconds.
pub const REPORT_MS: u32 = 3_000;

/// How long it may take to report right after a click, in milliseconds: a popup shows within a second that a page is
/// busy. The next inspection waits for the same report.
pub const FIRST_REPORT_MS: u32 = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_past_by_both_clocks() {
        let until = Moment { system: 1000.0, monotonic: 1000.0 };
        assert!(until.is_past(Moment { system: 1001.0, monotonic: 1001.0 }));
        assert!(
            !until.is_past(Moment { system: 3_600_000.0, monotonic: 900.0 }),
            "the system's was set, or the program slept"
        );
        assert!(!until.is_past(Moment { system: 900.0, monotonic: 3_600_000.0 }));
        assert_eq!(until.later(5.0), Moment { system: 1005.0, monotonic: 1005.0 });
    }
}
