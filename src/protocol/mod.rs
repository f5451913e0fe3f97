//! Messages between the extension's own parts, and the shapes in which it stores what is not a recording.

pub mod last_used;
pub mod message;
pub mod presets;
pub mod server;
pub mod stored;
