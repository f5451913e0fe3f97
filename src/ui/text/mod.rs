//! Texts for the types of the domain that several features show.

pub mod address;
pub mod clock;
pub mod field;
pub mod input;
pub mod list;
pub mod number;
pub mod reading;
pub mod server;
