//! The popup's views, each from its slices of the store.

mod announcements;
mod blocked;
mod calls;
mod cause;
mod code_card;
mod conditions;
mod copy_value;
mod details;
mod dialogs;
mod editor;
mod field;
mod footer;
mod frames;
mod header;
mod last_act;
mod origins;
mod panels;
mod presets;
mod preview;
mod reading;
mod restriction;
mod root;
mod server;
mod shortcut_result;
mod stale;
mod status;
mod stored_drafts;
mod unsaved;

pub use root::root;
