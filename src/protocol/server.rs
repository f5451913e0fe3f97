//! Requests of the extension's pages to Upscope's servers, by way of the background: `{server: {<what>: {…}}}` each, and
//! the shapes kept for them. They are written and read by hand (`crate::errands::server`, `crate::ui::api`); the
//! key goes one way only, in `connect`.
//!
//! | request | fields | answer |
//! |---|---|---|
//! | `state` | | `account` |
//! | `connect` | `kind`, `base`, `key` (empty: the one kept for this very base), `disk`, `agentId`, `agentName` | `account`, or what was wrong |
//! | `remove` | | `account` |
//! | `visitor` | `shortId`, `id` | `answer` |
//! | `search` | `query`, `most`, `id` | `answer` |
//! | `watch` | `shortId`, `id` | `answer` |
//! | `cancel` | `id` | `account` |
//!
//! `{server: {account: {…} \| null}}`, `{server: {answer: {status, text, retryAfter}}}`, the text as the server sent it,
//! and `{server: {problem: <name>}}` with a name of [`inspector_core::upscope_api::problem::Problem`].

use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base::Kind;

/// The key in `storage.local` of what is no secret: `{v, kind, base, pattern, disk, agentId, agentName}`.
pub const ACCOUNT_KEY: &str = "apiAccount";

/// The key of `{v, base, key}`, in `storage.session`, or in the vault when the person chose the disk. Base and key lie
/// together where no content script can write, so that nobody can send the key elsewhere.
pub const SECRET_KEY: &str = "apiSecret";

/// The version of both; another one is read as nothing stored.
pub const VERSION: u32 = 1;

/// The account as a page of ours may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    pub kind: Kind,
    pub base: String,
    /// The key's last characters; `None`: it is gone, because it was kept for one session only.
    pub mask: Option<String>,
    /// Kept on the disk.
    pub disk: bool,
    pub agent: Agent,
}
