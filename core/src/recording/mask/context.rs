//! The context of a value, by its key.

use crate::visitor::Field;

/// The context of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaskContext {
    /// A field of the visitor.
    Field(Field),
    ShortId,
    LookupCode,
    /// The SDK's settings, whose numbers are not personal.
    Settings,
    /// The command of an edit.
    Command,
    /// Not personal.
    Unmasked,
    /// Anything else: data.
    Other,
}

/// Keys of texts that are not personal.
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

impl MaskContext {
    /// The context of the value under `key`.
    pub(super) fn below(self, key: &str) -> Self {
        match (self, Field::from_key(key), key) {
            (Self::Field(_) | Self::Unmasked, ..) => self,
            (_, Some(field), _) => Self::Field(field),
            (_, None, "shortId") => Self::ShortId,
            (_, None, "lookupCode" | "code") => Self::LookupCode,
            (_, None, key) if KEPT.contains(&key) => Self::Unmasked,
            (Self::Command, ..) => Self::Other,
            (context, ..) => context,
        }
    }
}
