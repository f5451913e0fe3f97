//! An edit, from what a person types to what the page made of it.

pub mod change;
pub mod diff;
pub mod draft;
pub mod metadata;
pub mod outcome;
pub mod patch;
pub mod undo;
