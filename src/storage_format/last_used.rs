//! The stored last used values: one text of `inspector_core::suggestions` in `storage.local`.

/// Its key.
pub const LAST_USED_KEY: &str = "lastUsed";

/// The web lock for changes, so that two pages don't overwrite each other's changes.
pub const LAST_USED_LOCK: &str = LAST_USED_KEY;
