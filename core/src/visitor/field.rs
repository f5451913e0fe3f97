//! The fields of the visitor, and what is known of each. Everything that belongs to a field is indexed by it, so a new
//! field begins here.

use enum_map::{Enum, EnumMap};
use serde::{Deserialize, Serialize};

/// One `T` for each field, as in `flaws[Field::Tags]`, in the order of [`Field::ALL`].
pub type PerField<T> = EnumMap<Field, T>;

/// The five keys that identify a visitor (documentation page "Identifying the Visitor").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    UniqueId,
    Identities,
    Tags,
    IntegrationIds,
    Metadata,
}

/// The JSON type of a field's value, as the documentation page defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One string.
    Text,
    /// A list of strings.
    List,
    /// An object whose values are not nested.
    Metadata,
}

impl Field {
    /// All fields, in the order of the interface.
    pub const ALL: [Self; Self::LENGTH] =
        [Self::UniqueId, Self::Identities, Self::Tags, Self::IntegrationIds, Self::Metadata];

    /// The SDK's key. Also the value of the stable attribute `data-field`.
    pub fn key(self) -> &'static str {
        match self {
            Self::UniqueId => "uniqueId",
            Self::Identities => "identities",
            Self::Tags => "tags",
            Self::IntegrationIds => "integrationIds",
            Self::Metadata => "metadata",
        }
    }

    /// Finds the field of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The documented type of its value. It decides the editor, the checks of the type, and the comparison.
    pub fn shape(self) -> Shape {
        match self {
            Self::UniqueId => Shape::Text,
            Self::Identities | Self::Tags | Self::IntegrationIds => Shape::List,
            Self::Metadata => Shape::Metadata,
        }
    }

    /// Whether the documentation page defines it as a list of strings.
    pub fn is_list(self) -> bool {
        self.shape() == Shape::List
    }

    /// Whether a `reset` clears it: every field except `metadata` (docs/sdk-reference.md#reset).
    pub fn is_identity(self) -> bool {
        match self {
            Self::UniqueId | Self::Identities | Self::Tags | Self::IntegrationIds => true,
            Self::Metadata => false,
        }
    }

    /// The snippet's placeholders for it and texts that stand for nothing. The SDK deletes a value that is one of them
    /// (*seen* in 2.2.119).
    pub fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::UniqueId => &["USER UNIQUE ID", "undefined", "null"],
            Self::Identities => &["list of identities here", "undefined", "null"],
            Self::Tags => &["#list #of #tags #here"],
            Self::IntegrationIds => &["integration_name:resource_id"],
            Self::Metadata => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_in_the_list_once_and_in_the_order_of_the_map() {
        assert!(Field::ALL.into_iter().eq(PerField::<()>::default().into_iter().map(|(field, ())| field)));
        assert!(Field::ALL.into_iter().all(|field| Field::from_key(field.key()) == Some(field)));
        assert_eq!(Field::from_key("email"), None);
    }
}
