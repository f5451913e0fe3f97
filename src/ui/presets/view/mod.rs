//! Presets: the palette over the popup, and the list in the options.

mod manager;
mod name;
mod palette;
mod text;

pub use manager::PresetsSection;
pub use palette::Palette;
