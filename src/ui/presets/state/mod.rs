//! Presets: the palette over the visitor, and the list a person keeps in order.

pub mod manager;
pub mod palette;

use inspector_core::presets::Preset;
use inspector_core::presets::list::NotChanged;

/// What came of a change of the list, or of reading it.
pub type Kept = Result<Vec<Preset>, NotKept>;

/// Why the list was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotKept {
    Refused(NotChanged),
    /// What is kept was written by another version, and stays as it is.
    OtherVersion,
    /// The browser did not read or keep it, in its own words.
    Failed(String),
}
