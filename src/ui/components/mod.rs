//! The components that every page uses. They get props, report through callbacks, and use no store.

mod button;
mod checkbox;
mod chips;
mod copy_button;
mod error_line;
mod icon;
mod list_editor;
mod metadata_form;
mod modal;
mod notice;
mod reveal_on_space;
mod segmented;
mod status_region;
mod text_editor;

pub use button::{Button, IconButton};
pub use checkbox::Checkbox;
pub use chips::{Chip, Chips};
pub use copy_button::CopyButton;
pub use error_line::{ItemError, error_id};
pub use icon::{Icon, IconName};
pub use list_editor::ListEditor;
pub use metadata_form::{METADATA_KEYS, METADATA_ROW, MetadataForm};
pub use modal::Modal;
pub use notice::{Notice, Tone};
pub use reveal_on_space::reveal_on_space;
pub use segmented::Segmented;
pub use status_region::StatusRegion;
pub use text_editor::TextEditor;
