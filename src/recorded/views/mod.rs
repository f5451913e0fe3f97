//! The recorded views. They read narrow slices of the store and write through `dispatch` only.

mod announce;
mod checks;
mod details;
mod dialogs;
mod file;
mod history;
mod list;
mod root;
mod row;
mod sight;
mod sites;
mod timeline;
mod value;

pub use root::root;
