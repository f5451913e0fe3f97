//! What the domain's names are called before a person.

pub mod act;
pub mod address;
pub mod blocked;
pub mod check;
pub mod clock;
pub mod entry;
pub mod field;
pub mod input;
pub mod reading;
pub mod server;
pub mod state;
pub mod told;
