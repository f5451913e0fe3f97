//! What an organisation has set for its people: what may be edited and recorded, and what stands in the options.
//!
//! Where a rule cannot be understood, the strict side is taken: a slip of the pen must not open what was to be shut.

pub mod language;

mod read;

pub use read::{Problem, Why};

use crate::match_pattern::{covers, is_site};
use crate::upscope_api::base::Base;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The keys, in the order in which they are documented.
pub const READ_ONLY: &str = "readOnly";
pub const ALLOWED_ORIGINS: &str = "allowedOrigins";
pub const API_BASE: &str = "apiBase";
pub const LANGUAGE: &str = "language";
pub const PRESETS: &str = "presets";

/// How many match patterns count; those beyond are not allowed.
pub const MAX_ORIGINS: usize = 500;

/// A key as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given<T> {
    Nothing,
    /// Of another type than documented.
    Wrong,
    Value(T),
}

/// What may be done.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rules {
    read_only: bool,
    /// `None`: every site.
    origins: Option<Vec<String>>,
}

/// Why nothing may be changed on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Hold {
    /// Nowhere.
    ReadOnly,
    /// Not on this site.
    NotHere,
}

impl Rules {
    /// The rules in what was given. An item that is no text stands as an empty one, which is no pattern.
    pub fn of(read_only: &Given<bool>, origins: Given<Vec<String>>) -> Self {
        let origins = match origins {
            Given::Nothing => None,
            Given::Wrong => Some(vec![]),
            Given::Value(mut list) => {
                list.truncate(MAX_ORIGINS);
                list.retain(|site| is_site(site));
                Some(list)
            }
        };
        Self { read_only: !matches!(read_only, Given::Nothing | Given::Value(false)), origins }
    }

    /// The rules when nobody knows them.
    pub fn closed() -> Self {
        Self { read_only: true, origins: Some(vec![]) }
    }

    /// Why the page in a tab at `address` may not be changed. What stands in frames counts to the page.
    #[inline(never)]
    pub fn hold(&self, address: &str) -> Option<Hold> {
        match self.read_only {
            true => Some(Hold::ReadOnly),
            false => (!self.allows(address)).then_some(Hold::NotHere),
        }
    }

    /// Whether the page in a tab at `address` may be changed.
    pub fn may_edit(&self, address: &str) -> bool {
        self.hold(address).is_none()
    }

    /// Whether all pages of `pattern` may be recorded.
    pub fn may_record(&self, pattern: &str) -> bool {
        self.allows(pattern)
    }

    /// The sites that are allowed; `None`: every one.
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

/// Everything that was set, as far as it could be understood.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Policy {
    pub rules: Rules,
    /// Where the API is; `Some(None)` where it was set and cannot be understood: then no address will do.
    pub api_base: Option<Option<Base>>,
    /// A folder of `_locales`.
    pub language: Option<&'static str>,
    /// Presets as they were given, for whoever knows their shape; bounded in number and size.
    pub presets: Vec<Value>,
    pub problems: Vec<Problem>,
    /// The known keys that were set.
    pub keys: Vec<&'static str>,
}

impl Policy {
    /// Reads what the browser holds. Unknown keys are passed over: a newer version may know them.
    pub fn read(set: &Value) -> Self {
        read::policy(set)
    }

    /// Something is set, and nobody can tell what: as if every key were wrong.
    pub fn unreadable() -> Self {
        let keys = read::KEYS.into_iter().map(|key| (key.to_owned(), Value::Null));
        Self::read(&Value::Object(keys.collect()))
    }
}

#[cfg(test)]
mod tests;
