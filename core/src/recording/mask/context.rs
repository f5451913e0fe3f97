//! Where a value stands, by the key it stands under.

use crate::visitor::Field;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// In one of the visitor's fields.
    Field(Field),
    ShortId,
    LookupCode,
    /// The SDK's settings: numbers are no one's.
    Settings,
    /// What we were asked to do.
    Ask,
    /// Names no one.
    Kept,
    /// Anything else: data.
    Other,
}

/// Keys whose texts name no visitor.
const KEPT: [&str; 12] = [
    "apiKey",
    "version",
    "region",
    "teamDomain",
    "integration",
    "act",
    "document",
    "lookupCodeSetAt",
    "lastConnectedAt",
    "waitingForCallAt",
    "connectionActiveSince",
    "activeSince",
];

impl Context {
    /// The context of the value under `key`.
    pub(super) fn below(self, key: &str) -> Self {
        let field = Field::ALL.into_iter().find(|field| field.key() == key);
        match (self, field, key) {
            (Self::Field(_) | Self::Kept, ..) => self,
            (_, Some(field), _) => Self::Field(field),
            (_, None, "shortId") => Self::ShortId,
            (_, None, "lookupCode" | "code") => Self::LookupCode,
            (_, None, key) if KEPT.contains(&key) => Self::Kept,
            (Self::Ask, ..) => Self::Other,
            (context, ..) => context,
        }
    }
}
