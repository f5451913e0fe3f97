//! Texts for the types of the domain.

pub mod address;
pub mod blocked;
pub mod check;
pub mod clock;
pub mod entry;
pub mod field;
pub mod input;
pub mod outcome;
pub mod provenance;
pub mod reading;
pub mod server;
pub mod state;
