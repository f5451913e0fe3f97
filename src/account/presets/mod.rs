//! Presets: the palette over the popup, and the list in the options.

mod keep;
mod manager;
mod palette;
mod row;
mod words;

pub use palette::open;

use super::store;
use crate::ui::dom::Node;

/// The list, to stand on a page.
pub fn section() -> Node {
    store::begin(crate::app::presets::manager::Model::default(), manager::view)
}
