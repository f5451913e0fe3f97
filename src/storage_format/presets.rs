//! The stored presets: one text of `inspector_core::presets::file` in `storage.local`.

/// Its key.
pub const PRESETS_KEY: &str = "presets";

/// The web lock for changes, so that two pages don't overwrite each other's changes.
pub const PRESETS_LOCK: &str = PRESETS_KEY;
