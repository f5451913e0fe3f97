//! The server's view: what is asked when, and what the pages that show it make of the answers.

pub mod find;
pub mod options;
pub mod retry;
pub mod watcher;
