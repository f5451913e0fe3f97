//! The popup's screens, each from its slice of the store.

mod announce;
mod aside;
mod blocked;
mod by_key;
mod calls;
mod code_card;
mod copy;
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
mod stale;
mod status;
mod unsaved;

pub use root::root;
