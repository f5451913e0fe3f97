//! The formats in which the extension stores what is not a recording.

pub mod account;
pub mod last_used;
pub mod presets;
pub mod session;
