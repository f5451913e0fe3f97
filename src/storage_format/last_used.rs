//! What was used last as it is kept: in `storage.local`, one text of `inspector_core::suggestions`.

/// The key under which it lies.
pub const LAST_USED_KEY: &str = "lastUsed";

/// The web lock under which the text is read and written again, so that no page writes over another's change.
pub const LAST_USED_LOCK: &str = LAST_USED_KEY;
