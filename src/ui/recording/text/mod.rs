//! What the recorded views show of a recording, as messages.

pub mod check;
pub mod entry;
pub mod provenance;
