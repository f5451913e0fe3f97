//! What crosses a boundary: messages between popup and background, stored shapes, and the reading of what a page says.

pub mod export;
pub mod last_used;
pub mod message;
pub mod presets;
pub mod raw_report;
pub mod recording;
pub mod recordings;
pub mod report;
pub mod server;
pub mod stored;
pub mod wire;
