//! An edit, from typed input to its outcome in the page.

pub mod change;
pub mod diff;
pub mod draft;
pub mod metadata;
pub mod outcome;
pub mod patch;
pub mod undo;
