//! What Upscope data means. No browser, no clock, no sentences for people.

pub mod address;
pub mod change;
pub mod checks;
pub mod connection;
pub mod diff;
pub mod draft;
pub mod edges;
pub mod escaped;
pub mod flaw;
pub mod integration_id;
pub mod js_text;
pub mod json_read;
pub mod json_text;
pub mod language;
pub mod last_used;
pub mod lookup_code;
pub mod match_pattern;
pub mod metadata;
pub mod missing_part;
pub mod observed;
pub mod ordered;
pub mod outcome;
pub mod page_value;
pub mod parked;
pub mod patch;
pub mod policy;
pub mod preset;
pub mod server;
pub mod tag;
pub mod template;
pub mod timeline;
pub mod undo;
pub mod visitor;

#[cfg(test)]
pub mod fixture;
