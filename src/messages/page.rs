//! What the background finds of a page, and what the page is asked to do.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::json_text::compact;
use inspector_core::policy::Hold;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A moment by both clocks that the popup and the background can read, in milliseconds since the epoch. They agree unless one
/// of them jumps: the system's when it is set, a program's own when the computer sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    pub system: f64,
    pub own: f64,
}

impl From<[f64; 2]> for Moment {
    fn from([system, own]: [f64; 2]) -> Self {
        Self { system, own }
    }
}

impl Moment {
    pub fn later(self, milliseconds: f64) -> Self {
        Self { system: self.system + milliseconds, own: self.own + milliseconds }
    }

    /// Whether it is past at `now`: by both clocks, since a jump of one says nothing.
    pub fn is_past(self, now: Self) -> bool {
        now.system > self.system && now.own > self.own
    }
}

/// One document in one frame of one tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentTarget {
    pub tab: i32,
    pub frame: i64,
    /// The browser's id of the document, where it gives one.
    pub document_id: Option<String>,
    /// The document's `performance.timeOrigin` as text: the page checks it in the same task in which it acts.
    pub document: String,
}

/// What the page is asked to do in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageCommand {
    /// The document's `performance.timeOrigin` as text: the probe acts in no other.
    pub document: String,
    /// The person knows that the call may wait in the SDK's queue. Otherwise one that would wait is not made.
    pub may_wait: bool,
    pub action: PageAction,
}

/// What the page is asked to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PageAction {
    /// `Upscope('updateConnection', …)`.
    Update { update: VisitorPatch },
    /// `Upscope('reset')`, or `Upscope('reset', false)` to stay disconnected.
    Reset { reconnect: bool },
    /// `reset`, then `updateConnection` once the new visitor's handshake has happened.
    Switch { update: VisitorPatch },
    /// `getLookupCode`: creates a code where there is none, renews its hour and forces a connection (*seen*).
    AskCode {},
    /// Stores a chosen code and sends it; unofficial (docs/sdk-reference.md#lookup-code).
    SetCode { code: String },
}

impl PageCommand {
    /// The JSON text that is the probe's argument, and stands in recordings. It is a text because Chromium removes the nulls
    /// of an object passed to `executeScript`.
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

/// A tab, as far as the browser lets it be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectedTab {
    pub id: i32,
    /// Visible only with access to the page.
    pub url: Option<String>,
    pub title: Option<String>,
    pub active: bool,
    /// What the organisation keeps from being done here, as far as it is known yet; the background judges each command anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
}

/// One frame's raw report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrameReport {
    /// 0 is the page itself. Firefox's ids go beyond 32 bits (*seen*).
    pub frame: i64,
    pub document_id: Option<String>,
    /// The probe's JSON text, page-controlled; empty when the page kept it from being written or it was too long.
    pub text: String,
}

/// Why a page cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessProblem {
    /// The browser keeps extensions out of it.
    Restricted,
    /// A policy of the organisation keeps extensions out of this site.
    Policy,
    /// The browser keeps extensions out of this website, although access was given. Firefox does not say why: it may be a
    /// policy, its own list of protected sites, or its list of sites that unreviewed extensions may not reach.
    ClosedSite,
    /// The tab shows a document, such as a PDF, by the browser's own viewer.
    Document,
    /// The tab shows the browser's own error page: the website did not load.
    ErrorPage,
    /// The browser has put the tab to sleep: it runs nothing until the person turns to it.
    Frozen,
    /// The browser has unloaded the tab's page to save memory.
    Discarded,
    /// The page runs something long or shows a dialog, so nothing else can run in it.
    Busy,
    /// The person has not given access to it; clicking the toolbar button there does.
    NeedsGrant,
    /// The tab is gone.
    NoTab,
    /// The browser's own words, for anything else.
    Failed(String),
}

impl AccessProblem {
    /// Whether the page itself is closed, whatever access is given.
    pub fn is_for_good(&self) -> bool {
        matches!(self, Self::Restricted | Self::Policy | Self::ClosedSite | Self::Document | Self::ErrorPage)
    }

    /// Whether the page is there and only does not answer now.
    pub fn is_for_now(&self) -> bool {
        matches!(self, Self::Frozen | Self::Busy)
    }
}

/// Why a command was not performed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActionRefusal {
    /// The page has moved on to another document since it was shown.
    Moved,
    /// The organisation allows looking only.
    ReadOnly,
    /// It does not allow changes on this site.
    NotHere,
    /// The frame gave no report back, so whether the call was made is not known.
    NoAnswer,
    /// The browser has put the tab to sleep.
    Frozen,
    /// The browser has unloaded the tab's page.
    Discarded,
    /// The command could not begin in time, and so was not begun.
    TooLate,
    /// The browser's own words, for anything else.
    Failed(String),
}

/// How long one frame's text may be, in UTF-16 code units: twice what the probe's own caps allow. A page that tampers
/// with the probe's tools could send more.
pub const MAX_TEXT: usize = 400_000;

/// How many frames of a page are handed on; a page can hold any number. Those with something of Upscope come first.
pub const MAX_FRAMES: usize = 200;

/// How long the texts of all frames may be together, in UTF-16 code units.
pub const MAX_TEXTS: usize = 4 * MAX_TEXT;

/// How a frame's text begins where there is something of Upscope in it. The background does not read the report; a page that
/// lies here only changes the order in which its own frames are cut off.
pub const FOUND: &str = r#"{"v":1,"found":true,"#;

/// The probe's argument that only asks for the document's time, in milliseconds since it began.
pub const ASK_TIME: &str = "time";

/// How long a page may take to let a command begin, in milliseconds. One that comes later does nothing.
pub const BEGIN_MS: u32 = 5_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_past_by_both_clocks() {
        let until = Moment { system: 1000.0, own: 1000.0 };
        assert!(until.is_past(Moment { system: 1001.0, own: 1001.0 }));
        assert!(
            !until.is_past(Moment { system: 3_600_000.0, own: 900.0 }),
            "the system's was set, or the program slept"
        );
        assert!(!until.is_past(Moment { system: 900.0, own: 3_600_000.0 }));
        assert_eq!(until.later(5.0), Moment { system: 1005.0, own: 1005.0 });
    }
}
