//! The recorded views. They read slices of the store and write through `dispatch` only.

mod announcements;
mod checks;
mod details;
mod dialogs;
mod expectations;
mod file;
mod finding;
mod history;
mod list;
mod root;
mod row;
mod sites;
mod size_observer;
mod timeline;
mod value;
mod virtual_list;
mod without_recording;

pub use root::root;
