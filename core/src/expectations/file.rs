//! The file of expectations as types. serde reads them, from JSON and TOML alike; a key that is not here is an error.

use super::field::{FieldExpectation, read_field};
use super::limited::{List, Name, Seconds, some};
use super::page_pattern::PagePattern;
use super::parts::{CallsExpectation, FindingsExpectation, SdkExpectation};
use crate::visitor::Field;
use serde::{Deserialize, Deserializer, de::Error};
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
    fields: [Option<FieldExpectation>; 5],
    pub calls: Option<CallsExpectation>,
    pub findings: Option<FindingsExpectation>,
    /// Whether the SDK connects.
    pub connected: Option<bool>,
    pub sdk: Option<SdkExpectation>,
}

impl Expected {
    pub fn field(&self, field: Field) -> Option<&FieldExpectation> {
        self.fields[field.index()].as_ref()
    }
}

/// [`Expected`] as written in the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, rename = "Expected")]
struct RawExpected {
    #[serde(default, deserialize_with = "unique_id")]
    unique_id: Option<FieldExpectation>,
    #[serde(default, deserialize_with = "list")]
    identities: Option<FieldExpectation>,
    #[serde(default, deserialize_with = "list")]
    tags: Option<FieldExpectation>,
    #[serde(default, deserialize_with = "integration_ids")]
    integration_ids: Option<FieldExpectation>,
    #[serde(default, deserialize_with = "metadata")]
    metadata: Option<FieldExpectation>,
    #[serde(default, deserialize_with = "some")]
    calls: Option<CallsExpectation>,
    #[serde(default, deserialize_with = "some")]
    findings: Option<FindingsExpectation>,
    #[serde(default, deserialize_with = "some")]
    connected: Option<bool>,
    #[serde(default, deserialize_with = "some")]
    sdk: Option<SdkExpectation>,
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawExpected::deserialize(deserializer)?;
        let fields = [raw.unique_id, raw.identities, raw.tags, raw.integration_ids, raw.metadata];
        let (calls, findings, connected, sdk) = (raw.calls, raw.findings, raw.connected, raw.sdk);
        let expected = Self { fields, calls, findings, connected, sdk };
        let says_nothing = expected == Self::default()
            || expected.calls.as_ref().is_some_and(CallsExpectation::is_empty)
            || expected.sdk == Some(SdkExpectation::default());
        if says_nothing {
            return Err(D::Error::custom("expected at least one thing to expect, for example `uniqueId`"));
        }
        Ok(expected)
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

fn unique_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FieldExpectation>, D::Error> {
    read_field(deserializer, Field::UniqueId)
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FieldExpectation>, D::Error> {
    read_field(deserializer, Field::Tags)
}

fn integration_ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FieldExpectation>, D::Error> {
    read_field(deserializer, Field::IntegrationIds)
}

fn metadata<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FieldExpectation>, D::Error> {
    read_field(deserializer, Field::Metadata)
}
