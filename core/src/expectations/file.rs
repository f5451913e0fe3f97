//! The file of expectations as types. serde reads them, from JSON and TOML alike; a key that is not here is an error.

use super::field::{FieldExpectation, read_field};
use super::limited::{List, Name, Seconds, some};
use super::page_pattern::PagePattern;
use super::parts::{CallsExpectation, FindingsExpectation, SdkExpectation};
use super::text_pattern::TextPattern;
use crate::visitor::{Field, PerField};
use enum_map::Enum;
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;

/// The schema's name and version. The number changes when an older reader would misread the new format.
pub const SCHEMA: &str = "upscope-inspector/expectations@1";

/// Maximum number of expectations of a file.
pub const MAX_EXPECTATIONS: usize = 500;

/// A file of expectations.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectations {
    /// The URL of a JSON Schema, for editors. Not used.
    #[serde(rename = "$schema", default, deserialize_with = "some")]
    pub editor_schema: Option<String>,
    pub schema: SchemaName,
    pub expectations: Distinct,
}

impl<'a> IntoIterator for &'a Expectations {
    type Item = &'a Expectation;
    type IntoIter = std::slice::Iter<'a, Expectation>;

    fn into_iter(self) -> Self::IntoIter {
        self.expectations.iter()
    }
}

/// The text [`SCHEMA`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct SchemaName(());

impl TryFrom<String> for SchemaName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == SCHEMA { Ok(Self(())) } else { Err(format!("expected the schema `{SCHEMA}`")) }
    }
}

/// At most [`MAX_EXPECTATIONS`] expectations with different names.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Vec<Expectation>")]
pub struct Distinct(Vec<Expectation>);

impl TryFrom<Vec<Expectation>> for Distinct {
    type Error = String;

    fn try_from(items: Vec<Expectation>) -> Result<Self, String> {
        if items.is_empty() || items.len() > MAX_EXPECTATIONS {
            return Err(format!("expected 1 to {MAX_EXPECTATIONS} expectations and found {}", items.len()));
        }
        let twice = |(at, item): (usize, &Expectation)| items[..at].iter().any(|other| other.name == item.name);
        match items.iter().enumerate().position(twice) {
            Some(at) => Err(format!("expected another name than `{}`, which is there twice", &*items[at].name)),
            None => Ok(Self(items)),
        }
    }
}

impl Deref for Distinct {
    type Target = [Expectation];

    fn deref(&self) -> &[Expectation] {
        &self.0
    }
}

/// One expectation: what pages must send to Upscope, and when.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectation {
    pub name: Name,
    /// The pages it applies to.
    pub pages: List<PagePattern>,
    #[serde(default)]
    pub when: When,
    pub expect: Expected,
}

/// When an expectation must hold: within a time after a trigger.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct When {
    pub after: Trigger,
    pub within: Seconds,
}

/// The trigger that starts the time in which an expectation must hold.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Trigger {
    /// The page is loaded, or a matching route is shown.
    #[default]
    Load,
    /// The SDK is connected.
    Connected,
    /// The page leaves a URL for logging in.
    Login,
    /// The page shows a URL for logging out, or calls `reset`.
    Logout,
    /// The page calls this function.
    Call(Name),
}

/// What is expected: at least one part.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Expected {
    /// What each field of the visitor must be.
    pub fields: PerField<Option<FieldExpectation>>,
    pub calls: Option<CallsExpectation>,
    pub findings: Option<FindingsExpectation>,
    /// Whether the SDK connects.
    pub connected: Option<bool>,
    pub sdk: Option<SdkExpectation>,
}

/// A key of [`Expected`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Enum, Deserialize)]
#[serde(try_from = "String")]
enum ExpectedKey {
    Field(Field),
    Calls,
    Findings,
    Connected,
    Sdk,
}

impl ExpectedKey {
    fn all() -> impl Iterator<Item = Self> {
        (0..Self::LENGTH).map(Self::from_usize)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            Self::Calls => "calls",
            Self::Findings => "findings",
            Self::Connected => "connected",
            Self::Sdk => "sdk",
        }
    }
}

impl TryFrom<String> for ExpectedKey {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::all().find(|key| key.name() == name).ok_or_else(|| {
            let known: Vec<_> = Self::all().map(|key| format!("`{}`", key.name())).collect();
            format!("unknown field `{name}`, expected one of {}", known.join(", "))
        })
    }
}

impl Expectation {
    /// How much of the memory for all patterns its patterns use, in bytes.
    pub(super) fn patterns_size(&self) -> usize {
        let fields = self.expect.fields.iter().filter_map(|(_, field)| field.as_ref());
        let of_keys = |field: &FieldExpectation| {
            let keys = field.keys.iter().flatten().filter_map(|(_, key)| key.matches.as_ref());
            keys.chain(&field.matches).map(TextPattern::size).sum::<usize>()
        };
        fields.map(of_keys).sum()
    }
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = deserializer.deserialize_map(ExpectedVisitor)?;
        let says_nothing = expected == Self::default()
            || expected.calls == Some(CallsExpectation::default())
            || expected.sdk == Some(SdkExpectation::default());
        if says_nothing {
            return Err(D::Error::custom("expected at least one thing to expect, for example `uniqueId`"));
        }
        Ok(expected)
    }
}

/// Reads [`Expected`], each field by its own rules.
struct ExpectedVisitor;

impl<'de> Visitor<'de> for ExpectedVisitor {
    type Value = Expected;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("struct Expected")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Expected, A::Error> {
        let mut expected = Expected::default();
        let mut known = HashSet::new();
        while let Some(key) = map.next_key::<ExpectedKey>()? {
            if !known.insert(key) {
                return Err(A::Error::custom(format!("duplicate field `{}`", key.name())));
            }
            match key {
                ExpectedKey::Field(field) => expected.fields[field] = Some(map.next_value_seed(FieldSeed(field))?),
                ExpectedKey::Calls => expected.calls = Some(map.next_value()?),
                ExpectedKey::Findings => expected.findings = Some(map.next_value()?),
                ExpectedKey::Connected => expected.connected = Some(map.next_value()?),
                ExpectedKey::Sdk => expected.sdk = Some(map.next_value()?),
            }
        }
        Ok(expected)
    }
}

/// Reads what is expected of this field.
struct FieldSeed(Field);

impl<'de> DeserializeSeed<'de> for FieldSeed {
    type Value = FieldExpectation;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FieldExpectation, D::Error> {
        read_field(deserializer, self.0)
    }
}

impl Trigger {
    /// The name in the file, without the function of a call.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Connected => "connected",
            Self::Login => "login",
            Self::Logout => "logout",
            Self::Call(_) => "call",
        }
    }
}
