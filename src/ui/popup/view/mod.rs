//! The popup's views, each from its slices of the store.

mod announcements;
mod blocked;
mod calls;
mod code_card;
mod copy_by_key;
mod copy_value;
mod details;
mod dialogs;
mod editor;
mod field;
mod footer;
mod frames;
mod header;
mod held;
mod last_act;
mod panels;
mod presets;
mod preview;
mod reading;
mod root;
mod server;
mod set_aside;
mod stale;
mod status;
mod unsaved;

pub use root::root;
