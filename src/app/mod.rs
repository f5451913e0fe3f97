//! States, events and update functions: what happens next, decided without a browser.

pub mod access;
pub mod copying;
pub mod data;
pub mod last_used;
pub mod popup;
pub mod presets;
pub mod recorded;
pub mod server;
pub mod welcome;
