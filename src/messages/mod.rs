//! Messages between the extension's pages and the background: one request, one reply.
//!
//! Both sides come from the same build, so messages have no version. Pages send with `ui::background_client`, and
//! `background::answer` receives. Enums are externally tagged (`{"inspect": {…}}`).

pub mod api;
pub mod edit;
pub mod page;

pub use api::{AccountForm, AccountView, ApiKeyInput, ApiRequest, ApiResponse};
pub use edit::{EditInput, EditKind, PendingEdit};
pub use page::{
    AccessProblem, ActionRefusal, DocumentTarget, FrameReport, InspectedTab, Moment, PageAction, PageCommand,
};

use inspector_core::upscope_api::problem::ApiProblem;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A request from a page of the extension to the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Request {
    /// Inspect every accessible frame of a tab. `None` means the active tab of the last focused window, whose toolbar
    /// button was just clicked. The reply is [`Reply::Inspected`] or [`Reply::NoAccess`].
    Inspect { tab: Option<i32> },
    /// Perform a command in one document and inspect it again. The reply is [`Reply::Performed`] or [`Reply::Refused`].
    Perform {
        target: DocumentTarget,
        command: PageCommand,
        /// What the popup shows about the command when it is opened again. The background stores it.
        edit: Box<PendingEdit>,
        /// When the popup stops waiting. A command that has not begun by then is not performed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Moment>,
    },
    /// Record the pages that match `pattern`, after access was granted, and reload the tab. The reply to this request
    /// and the next three is [`Reply::RecordedSites`] or [`Reply::RecordingFailed`].
    StartRecording { pattern: String, tab: i32 },
    /// Stop recording the pages that match `pattern`, and remove the access to them.
    StopRecording { pattern: String },
    /// Delete the recording of a tab.
    ClearRecording { tab: i32 },
    /// List the recorded sites.
    ListRecordedSites {},
    /// A request about Upscope's API. The reply is [`Reply::Account`], [`Reply::ApiResponse`] or [`Reply::ApiFailed`].
    Api(ApiRequest),
}

/// A reply of the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Reply {
    Inspected {
        tab: InspectedTab,
        frames: Vec<FrameReport>,
        /// The number of frames that reported but exceed the limits.
        #[serde(default, skip_serializing_if = "is_zero")]
        left_out: u32,
    },
    /// The page can't be inspected.
    NoAccess { tab: Option<InspectedTab>, why: AccessProblem },
    /// The page got the command.
    Performed {
        /// The probe's report afterwards, in the format of [`FrameReport::text`].
        text: String,
        /// The browser's error if the result could not be stored.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_stored: Option<String>,
    },
    /// The command was not performed.
    Refused { why: ActionRefusal },
    /// The match patterns of the recorded sites.
    RecordedSites { sites: Vec<String> },
    /// A request about recordings failed.
    RecordingFailed { why: RecordingProblem },
    /// The connected account, if any.
    Account(Option<AccountView>),
    /// The server's response.
    ApiResponse(ApiResponse),
    /// There is no response from the server.
    ApiFailed(ApiProblem),
    /// An error in the background itself. `background.js` also sends this reply.
    Failed(String),
}

/// Why a request about recordings failed.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordingProblem {
    /// The organization doesn't allow recording the site.
    #[error("the organization doesn't allow this site")]
    Restricted,
    #[error("no permission for this site")]
    NoPermission,
    /// Any other error, with its text.
    #[error("{0}")]
    Failed(String),
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
