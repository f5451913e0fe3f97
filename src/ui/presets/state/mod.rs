//! Presets: the palette over the visitor, and the manager in the options.

pub mod manager;
pub mod palette;

use inspector_core::presets::Preset;
use inspector_core::presets::list::PresetChangeError;

/// The result of changing or reading the list.
pub type ListResult = Result<Vec<Preset>, ListError>;

/// Why the list wasn't changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListError {
    Refused(PresetChangeError),
    /// The stored list has another version and isn't changed.
    OtherVersion,
    /// The browser failed to read or write it. Contains its error text.
    Failed(String),
}
