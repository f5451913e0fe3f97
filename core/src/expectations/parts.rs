//! What is expected of the calls, the checks and the SDK.

use super::limited::{List, Name, only, some};
use super::sdk_version::SdkVersion;
use crate::checks::{CHECKS, Severity};
use serde::{Deserialize, Deserializer, de::Error};

/// What is expected of the calls of the page.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CallsExpectation {
    #[serde(deserialize_with = "some")]
    pub made: Option<List<Name>>,
    #[serde(deserialize_with = "some")]
    pub not_made: Option<List<Name>>,
    /// Functions that are called at most once.
    #[serde(deserialize_with = "some")]
    pub once: Option<List<Name>>,
    /// The first call of each function comes after the first call of the previous one.
    #[serde(deserialize_with = "some")]
    pub order: Option<List<Name>>,
    /// Always `true`: a visitor who logs out of the site is also logged out of Upscope, by `reset` or `null`.
    #[serde(deserialize_with = "only::<_, true>")]
    pub reset_on_logout: Option<bool>,
}

/// Which findings are a failure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FindingsExpectation {
    /// Checks whose findings are allowed.
    pub allow: Vec<CheckId>,
    /// The least severity that fails.
    #[serde(deserialize_with = "severity")]
    pub fail: Severity,
}

impl Default for FindingsExpectation {
    fn default() -> Self {
        Self { allow: vec![], fail: Severity::Error }
    }
}

/// The ID of a check.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CheckId(String);

impl CheckId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CheckId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match CHECKS.iter().any(|check| check.id == text) {
            true => Ok(Self(text)),
            false => Err("expected the ID of a check, for example `init-late`".to_owned()),
        }
    }
}

/// What is expected of the SDK, at least one part.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SdkExpectation {
    #[serde(deserialize_with = "some")]
    pub at_least: Option<SdkVersion>,
    #[serde(deserialize_with = "some")]
    pub region: Option<List<Name>>,
}

fn severity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Severity, D::Error> {
    let all = [Severity::Error, Severity::Warning, Severity::Note];
    let name = String::deserialize(deserializer)?;
    let known = all.into_iter().find(|severity| severity.name() == name);
    known.ok_or_else(|| D::Error::custom("expected `error`, `warning` or `note`"))
}
