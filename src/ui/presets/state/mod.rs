//! Presets: the palette over the visitor, and the manager in the options.

pub mod manager;
pub mod palette;

use crate::storage_format::presets::{PRESETS_KEY, PRESETS_LOCK};
use crate::ui::stored_list::{self, StoredItem};
use inspector_core::named_list::ListChangeError;
use inspector_core::presets::list::{PresetChange, changed};
use inspector_core::presets::{Preset, file};

/// The result of changing or reading the list.
pub type ListResult = stored_list::ListResult<Preset>;

impl StoredItem for Preset {
    const KEY: &str = PRESETS_KEY;
    const LOCK: &str = PRESETS_LOCK;

    fn read_stored(text: &str) -> Option<Vec<Self>> {
        file::read_stored(text)
    }

    fn write(presets: &[Self]) -> String {
        file::write(presets)
    }

    fn changed(presets: Vec<Self>, change: PresetChange) -> Result<Vec<Self>, ListChangeError> {
        changed(presets, change)
    }
}
