//! The organization's policy: what may be edited and recorded, and preset options.
//!
//! An invalid rule has its strictest meaning, so that a mistake doesn't allow what the rule should forbid.

pub mod language;

mod read;

pub use read::{KEYS, MAX_EXPECTATIONS_FILE, PolicyProblem, PolicyProblemKind};

use crate::match_pattern::{covers, is_site};
use crate::upscope_api::base_url::BaseUrl;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The keys, in the documented order.
pub const READ_ONLY: &str = "readOnly";
pub const ALLOWED_ORIGINS: &str = "allowedOrigins";
pub const API_BASE: &str = "apiBase";
pub const LANGUAGE: &str = "language";
pub const PRESETS: &str = "presets";
pub const EXPECTATIONS: &str = "expectations";

/// Maximum number of match patterns. Further ones are ignored.
pub const MAX_ORIGINS: usize = 500;

/// The setting of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting<T> {
    Nothing,
    /// Not of the documented type.
    Wrong,
    Value(T),
}

/// The rules for editing and recording.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rules {
    read_only: bool,
    /// `None`: every site.
    origins: Option<Vec<String>>,
}

/// Why a page may not be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EditRestriction {
    /// No site may be edited.
    ReadOnly,
    /// This site may not be edited.
    #[serde(rename = "notHere")]
    SiteNotAllowed,
}

impl Rules {
    /// Creates the rules from their settings. An item that is not a text is an empty one, which is not a pattern.
    pub fn new(read_only: &Setting<bool>, origins: Setting<Vec<String>>) -> Self {
        let origins = match origins {
            Setting::Nothing => None,
            Setting::Wrong => Some(vec![]),
            Setting::Value(mut list) => {
                list.truncate(MAX_ORIGINS);
                list.retain(|site| is_site(site));
                Some(list)
            }
        };
        Self { read_only: !matches!(read_only, Setting::Nothing | Setting::Value(false)), origins }
    }

    /// The rules when the policy is unknown.
    pub fn closed() -> Self {
        Self { read_only: true, origins: Some(vec![]) }
    }

    /// Why the page in a tab at the URL `address` may not be edited. Frames belong to the page.
    #[inline(never)]
    pub fn restriction(&self, address: &str) -> Option<EditRestriction> {
        match self.read_only {
            true => Some(EditRestriction::ReadOnly),
            false => (!self.allows(address)).then_some(EditRestriction::SiteNotAllowed),
        }
    }

    /// Whether all pages of `pattern` may be recorded.
    pub fn may_record(&self, pattern: &str) -> bool {
        self.allows(pattern)
    }

    /// The allowed sites; `None` for all.
    pub fn origins(&self) -> Option<&[String]> {
        self.origins.as_deref()
    }

    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    #[inline(never)]
    fn allows(&self, address: &str) -> bool {
        self.origins.as_ref().is_none_or(|origins| origins.iter().any(|origin| covers(origin, address)))
    }
}

/// The whole policy, as far as it is valid.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Policy {
    pub rules: Rules,
    /// The base URL of the API; `Some(None)` if it is set and invalid, so that no URL is allowed.
    pub api_base: Option<Option<BaseUrl>>,
    /// A folder of `_locales`.
    pub language: Option<&'static str>,
    /// The presets as set, limited in number and size. Read by [`presets`](crate::presets).
    pub presets: Vec<Value>,
    /// The file of expectations, if it is one as far as it shows without reading its expectations.
    pub expectations: Option<ExpectationsFile>,
    pub problems: Vec<PolicyProblem>,
    /// The known keys that are set.
    pub keys: Vec<&'static str>,
}

/// A file of expectations that the organization has set. Read by [`expectations`](crate::expectations).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationsFile {
    /// The JSON of the file.
    pub text: String,
    /// The number of its expectations.
    pub count: usize,
}

impl Policy {
    /// Reads the browser's managed storage. Unknown keys are ignored, since a newer version may know them.
    pub fn read(set: &Value) -> Self {
        read::policy(set)
    }

    /// A policy that can't be read: as if every key were invalid.
    pub fn unreadable() -> Self {
        let keys = KEYS.into_iter().map(|key| (key.to_owned(), Value::Null));
        Self::read(&Value::Object(keys.collect()))
    }
}

#[cfg(test)]
mod tests;
