//! Texts for the types of the domain that several features show.

pub mod address;
pub mod clock;
pub mod field_text;
pub mod input_text;
pub mod list;
pub mod number;
pub mod reading_text;
pub mod server;
