//! Messages between the extension's pages and the background: one request, one reply.
//!
//! Both ends come from the same build, so a message carries no version. Pages send with `ui::background_client`, and
//! `background::answer` reads. Enums are externally tagged (`{"inspect": {…}}`).

pub mod api;
pub mod edit;
pub mod page;

pub use api::{AccountForm, AccountView, ApiKeyInput, ApiRequest, ApiResponse};
pub use edit::{EditInput, EditKind, PendingEdit};
pub use page::{
    AccessProblem, ActionRefusal, DocumentTarget, FrameReport, InspectedTab, Moment, PageAction, PageCommand,
};

use inspector_core::upscope_api::problem::Problem;
use serde::{Deserialize, Serialize};

/// What a page of the extension asks of the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Request {
    /// Look at every frame of a tab that may be seen; `None`: the active tab of the window in front, whose toolbar
    /// button was just clicked. The reply is [`Reply::Inspected`] or [`Reply::NoAccess`].
    Inspect { tab: Option<i32> },
    /// Do the one thing the person asked for, in this very document, and look at it again. The reply is
    /// [`Reply::Performed`] or [`Reply::Refused`].
    Perform {
        target: DocumentTarget,
        command: PageCommand,
        /// What the popup shows of the command when it opens again; the background stores it.
        edit: Box<PendingEdit>,
        /// When the popup stops waiting for a beginning: a command that has not begun by then is not begun at all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Moment>,
    },
    /// Record the pages that match `pattern`, for which access was given, and load the tab's page again. The reply to this
    /// and the next three is [`Reply::RecordedSites`] or [`Reply::RecordingFailed`].
    StartRecording { pattern: String, tab: i32 },
    /// Record the pages that match `pattern` no longer and give the access to them back.
    StopRecording { pattern: String },
    /// Delete what was recorded in a tab.
    ClearRecording { tab: i32 },
    /// Which sites are recorded.
    ListRecordedSites {},
    /// A request about Upscope's API. The reply is [`Reply::Account`], [`Reply::ApiResponse`] or [`Reply::ApiFailed`].
    Api(ApiRequest),
}

/// What the background replies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Reply {
    Inspected {
        tab: InspectedTab,
        frames: Vec<FrameReport>,
        /// How many frames more gave a report, beyond what is handed on.
        #[serde(default, skip_serializing_if = "is_zero")]
        left_out: u32,
    },
    /// The page cannot be looked at.
    NoAccess { tab: Option<InspectedTab>, why: AccessProblem },
    /// The command was given to the page.
    Performed {
        /// The probe's text afterwards, one [`FrameReport::text`].
        text: String,
        /// Why it could not be stored, in the browser's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_stored: Option<String>,
    },
    /// The command was not performed: the document shown is not there any more, or cannot be reached.
    Refused { why: ActionRefusal },
    /// The match patterns of the sites that are recorded.
    RecordedSites { sites: Vec<String> },
    /// What was asked of recordings was not done, in the browser's own words.
    RecordingFailed { why: String },
    /// The connected account; `None`: there is none.
    Account(Option<AccountView>),
    /// The server's own response.
    ApiResponse(ApiResponse),
    /// There is no response.
    ApiFailed(Problem),
    /// The background itself failed, in its own words. `background.js` also writes this one.
    Failed(String),
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
