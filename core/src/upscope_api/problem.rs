//! Problems with requests to the server, distinguished as far as it helps the person.

use crate::json_read;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a request has no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApiProblem {
    /// No account is connected.
    NoAccount,
    /// The account's key was stored for a session that has ended.
    KeyGone,
    /// The host permission for the server was removed.
    NoPermission,
    /// 401 `invalid_api_key`, or 401 without a name.
    InvalidKey,
    /// 401 `no_subscription`, in older versions `subscription_expired`.
    NoSubscription,
    /// 401 `api_not_enabled`.
    NotEnabled,
    /// 401 `please_contact_team`.
    ContactTeam,
    /// 402: over the plan's limit.
    OverLimit,
    /// 404.
    NotFound,
    /// 429, with the seconds to wait if the server sent them.
    RateLimited(Option<u32>),
    /// 5xx.
    ServerFailed(u16),
    /// Any other error status, with the server's name of the error.
    Refused(u16, String),
    /// A redirect. The key is not sent there.
    Redirected,
    /// The browser is offline.
    Offline,
    /// The server could not be reached, or the connection broke.
    Unreachable,
    TimedOut,
    TooLarge,
    /// The response is truncated.
    CutOff,
    NotJson,
    /// Undocumented JSON.
    NotUnderstood,
    Cancelled,
    /// The background did not reply.
    NoBackground,
    /// The background failed. Contains its error text.
    BackgroundFailed(String),
    /// The browser did not open a tab. Contains its error text.
    NoTab(String),
    /// The browser's storage failed.
    #[serde(rename = "not-kept")]
    NotStored,
    /// This API has no documented request for watch URLs.
    NoWatching,
    /// The visitor to watch is offline.
    VisitorOffline,
    /// The organization has set another base URL.
    Managed,
    /// The agent has no name, which visitors would see.
    NoAgent,
}

/// Maximum length of a server's text, in characters.
const WORDS: usize = 200;

impl ApiProblem {
    /// The problem that a response reports; `None` if it succeeded. `retry_after`: the seconds of that header.
    pub fn from_response(status: u16, retry_after: Option<u32>, text: &str) -> Option<Self> {
        let said = match json_read::read(text) {
            Ok(said) => said,
            Err(error) if (200..300).contains(&status) => {
                return Some(if error.cut_off { Self::CutOff } else { Self::NotJson });
            }
            Err(_) => Value::Null,
        };
        let name = said["error"].as_str().unwrap_or_default();
        Some(match (status, name) {
            (200..300, _) if said["status"] != "error" => return None,
            (_, "invalid_api_key") => Self::InvalidKey,
            (_, "no_subscription" | "subscription_expired") => Self::NoSubscription,
            (_, "api_not_enabled") => Self::NotEnabled,
            (_, "please_contact_team") => Self::ContactTeam,
            (401, _) => Self::InvalidKey,
            (402, _) => Self::OverLimit,
            (404, _) => Self::NotFound,
            (429, _) => Self::RateLimited(retry_after),
            (500.., _) => Self::ServerFailed(status),
            _ => Self::Refused(status, name.chars().take(WORDS).collect()),
        })
    }

    /// A stable name, for attributes.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoAccount => "no-account",
            Self::KeyGone => "key-gone",
            Self::NoPermission => "no-permission",
            Self::InvalidKey => "invalid-key",
            Self::NoSubscription => "no-subscription",
            Self::NotEnabled => "not-enabled",
            Self::ContactTeam => "contact-team",
            Self::OverLimit => "over-limit",
            Self::NotFound => "not-found",
            Self::RateLimited(_) => "rate-limited",
            Self::ServerFailed(_) => "server-failed",
            Self::Refused(..) => "refused",
            Self::Redirected => "redirected",
            Self::Offline => "offline",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::TooLarge => "too-large",
            Self::CutOff => "cut-off",
            Self::NotJson => "not-json",
            Self::NotUnderstood => "not-understood",
            Self::Cancelled => "cancelled",
            Self::NoBackground => "no-background",
            Self::BackgroundFailed(_) => "background-failed",
            Self::NoTab(_) => "no-tab",
            Self::NotStored => "not-kept",
            Self::NoWatching => "no-watching",
            Self::VisitorOffline => "visitor-offline",
            Self::Managed => "managed",
            Self::NoAgent => "no-agent",
        }
    }
}

/// The seconds of a `Retry-After` header; `None` for a date or an invalid value.
pub fn retry_after(header: &str) -> Option<u32> {
    header.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_documented_error_has_a_problem() {
        let of = |status, name: &str| {
            ApiProblem::from_response(status, None, &format!(r#"{{"status":"error","error":"{name}"}}"#))
        };
        for (status, name, problem) in [
            (401, "invalid_api_key", ApiProblem::InvalidKey),
            (401, "no_subscription", ApiProblem::NoSubscription),
            (401, "subscription_expired", ApiProblem::NoSubscription),
            (401, "api_not_enabled", ApiProblem::NotEnabled),
            (401, "please_contact_team", ApiProblem::ContactTeam),
            (401, "something_new", ApiProblem::InvalidKey),
            (402, "", ApiProblem::OverLimit),
            (404, "", ApiProblem::NotFound),
            (500, "", ApiProblem::ServerFailed(500)),
            (503, "", ApiProblem::ServerFailed(503)),
            (400, "bad_thing", ApiProblem::Refused(400, "bad_thing".into())),
            (200, "bad_thing", ApiProblem::Refused(200, "bad_thing".into())),
        ] {
            assert_eq!(of(status, name), Some(problem), "{status} {name}");
        }
        assert_eq!(ApiProblem::from_response(429, Some(7), ""), Some(ApiProblem::RateLimited(Some(7))));
    }

    #[test]
    fn an_invalid_answer_is_a_problem() {
        assert_eq!(ApiProblem::from_response(200, None, r#"{"status":"ok"}"#), None);
        assert_eq!(ApiProblem::from_response(200, None, "<!doctype html>"), Some(ApiProblem::NotJson));
        assert_eq!(ApiProblem::from_response(200, None, r#"{"status":"#), Some(ApiProblem::CutOff));
        assert_eq!(ApiProblem::from_response(502, None, "<html>"), Some(ApiProblem::ServerFailed(502)));
    }

    #[test]
    fn retry_after_is_read_in_seconds_only() {
        assert_eq!(retry_after(" 12 "), Some(12));
        assert_eq!(retry_after("Wed, 21 Oct 2026 07:28:00 GMT"), None);
    }
}
