//! The scripts that record a page, the same as the extension's: the recorder runs in the page's own world, and the
//! relay in a world that the page can't access.

/// The name of the relay's world.
pub const WORLD: &str = "upscope-inspector";

/// The recorder, a script.
pub const RECORDER: &str = include_str!(concat!(env!("OUT_DIR"), "/recorder.js"));

/// The relay, a function that is called with a function for each batch as one text.
pub const RELAY: &str = include_str!(concat!(env!("OUT_DIR"), "/relay_world.js"));
