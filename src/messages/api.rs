//! Requests about Upscope's API, which the background makes for the pages ([docs/server.md](../../docs/server.md)). The key
//! goes one way only, in [`ApiRequest::Connect`].

use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base::Kind;
use inspector_core::upscope_api::request::ShortId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is asked of the API, or of the account that is used for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ApiRequest {
    /// Which account is connected.
    GetAccount {},
    /// Test an account and connect it.
    Connect(AccountForm),
    /// Forget the account.
    RemoveAccount {},
    /// `id` names the request in this and the next two, to cancel it by.
    GetVisitor {
        short_id: ShortId,
        id: String,
    },
    SearchVisitors {
        query: String,
        limit: u32,
        id: String,
    },
    /// An address at which the agent watches.
    GetWatchUrl {
        short_id: ShortId,
        id: String,
    },
    /// Nobody waits any more for the request with this name.
    Cancel {
        id: String,
    },
}

/// The account as entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountForm {
    pub kind: Kind,
    pub base: String,
    pub key: ApiKeyInput,
    /// Store the key on disk.
    pub disk: bool,
    pub agent: Agent,
}

/// The secret key as typed; empty: the one that is kept for this very base. `Debug` does not show it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApiKeyInput(pub String);

impl fmt::Debug for ApiKeyInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKeyInput(…)")
    }
}

/// The account as a page of ours may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub kind: Kind,
    pub base: String,
    /// The key's last characters; `None`: it is gone, because it was kept for one session only.
    pub mask: Option<String>,
    /// Kept on the disk.
    pub disk: bool,
    pub agent: Agent,
}

/// The server's response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiResponse {
    pub status: u16,
    /// As the server sent it, without the key.
    pub text: String,
    /// The seconds of its `Retry-After` header.
    pub retry_after: Option<u32>,
}
