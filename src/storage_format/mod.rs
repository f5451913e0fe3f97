//! The storage formats of everything except recordings.

pub mod account;
pub mod expectations;
pub mod last_used;
pub mod presets;
pub mod session;
