//! What is expected of a field of the visitor.

use super::limited::{List, MAX_ITEMS, Name, Seconds, only, some};
use super::literal::Literal;
use super::text_pattern::TextPattern;
use crate::visitor::flaw::FlawKind;
use crate::visitor::{Field, Shape};
use serde::{Deserialize, Deserializer, de::Error};
use std::collections::BTreeMap;

/// What is expected of a field of the visitor.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FieldExpectation {
    /// `true`: it has a non-empty value. `false`: it has none.
    #[serde(deserialize_with = "some")]
    pub present: Option<bool>,
    #[serde(deserialize_with = "some")]
    pub equals: Option<Literal>,
    #[serde(deserialize_with = "some")]
    pub one_of: Option<List<Literal>>,
    #[serde(deserialize_with = "some")]
    pub matches: Option<TextPattern>,
    #[serde(rename = "type", deserialize_with = "some")]
    pub value_type: Option<ValueType>,
    /// The number of items.
    #[serde(deserialize_with = "some")]
    pub count: Option<Count>,
    /// Items that the list has.
    #[serde(deserialize_with = "some")]
    pub includes: Option<List<Name>>,
    /// Items that the list never has.
    #[serde(deserialize_with = "some")]
    pub excludes: Option<List<Name>>,
    /// Systems of which the list has an ID.
    #[serde(deserialize_with = "some")]
    pub systems: Option<List<Name>>,
    /// Keys of the metadata.
    #[serde(deserialize_with = "some")]
    pub keys: Option<BTreeMap<Name, KeyExpectation>>,
    /// Flaws that no value set by the page has.
    #[serde(deserialize_with = "some")]
    pub never: Option<List<FlawName>>,
    /// Who set the value.
    #[serde(deserialize_with = "some")]
    pub set_by: Option<List<Setter>>,
    /// The latest time at which it was set, after the start of the page.
    #[serde(deserialize_with = "some")]
    pub before: Option<Seconds>,
    /// Always `false`: no other value follows within the page load.
    #[serde(deserialize_with = "only::<_, false>")]
    pub overwritten: Option<bool>,
}

/// What is expected of one key of the metadata.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KeyExpectation {
    #[serde(deserialize_with = "some")]
    pub present: Option<bool>,
    #[serde(deserialize_with = "some")]
    pub equals: Option<Literal>,
    #[serde(deserialize_with = "some")]
    pub one_of: Option<List<Literal>>,
    #[serde(deserialize_with = "some")]
    pub matches: Option<TextPattern>,
    #[serde(rename = "type", deserialize_with = "some")]
    pub value_type: Option<ValueType>,
}

/// The type of a value, named as in JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ValueType {
    String,
    Number,
    Boolean,
    Array,
    Object,
}

/// A number of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawCount")]
pub struct Count {
    pub at_least: u64,
    pub at_most: Option<u64>,
}

/// [`Count`] as written in the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, rename = "Count")]
struct RawCount {
    #[serde(default, deserialize_with = "some")]
    at_least: Option<u64>,
    #[serde(default, deserialize_with = "some")]
    at_most: Option<u64>,
}

impl TryFrom<RawCount> for Count {
    type Error = &'static str;

    fn try_from(raw: RawCount) -> Result<Self, Self::Error> {
        let RawCount { at_least, at_most } = raw;
        if at_least.is_none() && at_most.is_none() {
            return Err("expected `atLeast` or `atMost`");
        }
        let at_least = at_least.unwrap_or(0);
        match at_most.is_some_and(|most| most < at_least) {
            true => Err("expected `atMost` to be at least `atLeast`"),
            false => Ok(Self { at_least, at_most }),
        }
    }
}

/// A flaw of a value, named as in [`FlawKind::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlawName {
    Placeholder,
    Template,
    Empty,
    NothingAsText,
    MissingPart,
    Escaped,
    Padded,
}

/// Who sets a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Setter {
    Init,
    UpdateConnection,
    LiveChat,
    AccountSettings,
    UrlParameter,
}

impl FlawName {
    /// Whether `kind` is this flaw.
    pub fn is(self, kind: FlawKind) -> bool {
        self.kind() == kind
    }

    pub fn name(self) -> &'static str {
        self.kind().name()
    }

    fn kind(self) -> FlawKind {
        match self {
            Self::Placeholder => FlawKind::Placeholder,
            Self::Template => FlawKind::Template,
            Self::Empty => FlawKind::Empty,
            Self::NothingAsText => FlawKind::NothingAsText,
            Self::MissingPart => FlawKind::MissingPart,
            Self::Escaped => FlawKind::Escaped,
            Self::Padded => FlawKind::Padded,
        }
    }
}

impl KeyExpectation {
    fn absent() -> Self {
        Self { present: Some(false), ..Self::default() }
    }
}

impl ValueType {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl Setter {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::UpdateConnection => "updateConnection",
            Self::LiveChat => "liveChat",
            Self::AccountSettings => "accountSettings",
            Self::UrlParameter => "urlParameter",
        }
    }
}

/// Reads what is expected of a field, and rejects what such a field can't have.
pub(super) fn read_field<'de, D: Deserializer<'de>>(
    deserializer: D,
    field: Field,
) -> Result<FieldExpectation, D::Error> {
    let found = FieldExpectation::deserialize(deserializer)?;
    let allowed: [(&str, bool, bool); 5] = [
        ("count", found.count.is_some(), field.is_list()),
        ("includes", found.includes.is_some(), field.is_list()),
        ("excludes", found.excludes.is_some(), field.is_list()),
        ("systems", found.systems.is_some(), field == Field::IntegrationIds),
        ("keys", found.keys.is_some(), field.shape() == Shape::Metadata),
    ];
    if let Some((key, ..)) = allowed.into_iter().find(|(_, is_there, is_allowed)| *is_there && !is_allowed) {
        return Err(D::Error::custom(format!("`{key}` is not for `{}`", field.key())));
    }
    check(&found).map_err(D::Error::custom)?;
    Ok(found)
}

/// Rejects expectations that can never be met or that require nothing.
fn check(found: &FieldExpectation) -> Result<(), &'static str> {
    if *found == FieldExpectation::default() {
        return Err("expected at least one thing to expect, for example `present`");
    }
    let needs_value = !tests_nothing(found) || found.set_by.is_some() || found.before.is_some();
    if found.present == Some(false) && (needs_value || found.keys.is_some()) {
        return Err("expected nothing else that needs a value beside `present` = false");
    }
    let keys = found.keys.iter().flatten();
    if keys.clone().any(|(_, key)| key.present == Some(false) && *key != KeyExpectation::absent()) {
        return Err("expected nothing else that needs a value beside `present` = false");
    }
    if found.keys.is_some() && !(1..=MAX_ITEMS).contains(&keys.count()) {
        return Err("expected 1 to 100 keys");
    }
    Ok(())
}

fn tests_nothing(found: &FieldExpectation) -> bool {
    let FieldExpectation { equals, one_of, matches, value_type, count, includes, systems, .. } = found;
    let of_value = equals.is_none() && one_of.is_none() && matches.is_none() && value_type.is_none();
    of_value && count.is_none() && includes.is_none() && systems.is_none()
}
