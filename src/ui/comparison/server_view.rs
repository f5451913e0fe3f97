//! What the popup shows of the server's visitor.

use super::state::State;
use inspector_core::upscope_api::compare::Agreement;

/// The comparison, with its texts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ServerView {
    pub state: State,
    pub text: String,
    /// Presence, last seen and device.
    pub facts: Option<String>,
    /// The visitor's ID on the server.
    pub short_id: Option<String>,
    pub agrees: bool,
    /// A request is in progress.
    pub asking: bool,
    /// The account's API can return a URL for watching.
    pub can_watch: bool,
    pub lines: Vec<ServerLine>,
}

/// The server's view of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerLine {
    /// The field's key in the SDK.
    pub key: &'static str,
    pub text: String,
    pub agreement: Agreement,
}
