//! What the popup shows of the server's visitor.

/// The comparison, as text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ServerView {
    /// `asking`, `no-account`, `no-short-id`, `error` or `connected`.
    pub state: String,
    pub text: String,
    /// The stable name of the problem, if there is one.
    pub problem: Option<String>,
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
    pub key: String,
    pub text: String,
    /// `same`, `not-yet`, `differs` or `unknown`.
    pub agreement: String,
    /// The stable name of the likely reason; may be empty.
    pub reason: String,
}
