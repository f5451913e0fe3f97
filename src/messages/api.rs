//! Requests to Upscope's API, which the background sends for the pages ([docs/server.md](../../docs/server.md)). The
//! secret key travels in one direction only, in [`ApiRequest::Connect`].

use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base_url::Deployment;
use inspector_core::upscope_api::request::ShortId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A request about Upscope's API or the connected account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ApiRequest {
    /// Get the connected account.
    GetAccount {},
    /// Test an account and connect it.
    Connect(AccountForm),
    /// Disconnect the account and delete its key.
    RemoveAccount {},
    /// `id` identifies this request and the next two for [`Cancel`](Self::Cancel).
    GetVisitor {
        short_id: ShortId,
        id: String,
    },
    SearchVisitors {
        query: String,
        limit: u32,
        id: String,
    },
    /// Get a URL at which the agent can watch the visitor.
    GetWatchUrl {
        short_id: ShortId,
        id: String,
    },
    /// The page no longer waits for the request with this ID.
    Cancel {
        id: String,
    },
}

/// The account as entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountForm {
    pub kind: Deployment,
    pub base: String,
    pub key: ApiKeyInput,
    /// Store the key on disk.
    pub disk: bool,
    pub agent: Agent,
}

/// The secret key as typed. Empty means the key that is stored for the same base URL. `Debug` does not show it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApiKeyInput(pub String);

impl fmt::Debug for ApiKeyInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKeyInput(…)")
    }
}

/// The account without its key, for the extension's pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub kind: Deployment,
    pub base: String,
    /// The last characters of the key. `None` if there is no key any more, because it was stored for one session only.
    pub mask: Option<String>,
    /// Whether the key is stored on disk.
    pub disk: bool,
    pub agent: Agent,
}

/// A response of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiResponse {
    pub status: u16,
    /// The body, with the key redacted.
    pub text: String,
    /// The `Retry-After` header, in seconds.
    pub retry_after: Option<u32>,
}
