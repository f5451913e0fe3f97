//! What the recorded views show of a recording, as messages.

pub mod check;
pub mod entry;
pub mod expectation;
pub mod provenance;
pub mod ticket;
