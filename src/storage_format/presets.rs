//! Presets as they are kept: in `storage.local`, one text of `inspector_core::presets::file`.

/// The key under which they lie.
pub const PRESETS_KEY: &str = "presets";

/// The web lock under which the text is read and written again, so that no page writes over another's change.
pub const PRESETS_LOCK: &str = PRESETS_KEY;
