//! What the recorded views show of a recording, as messages.

pub mod check_text;
pub mod detail_text;
pub mod entry_text;
pub mod expectation_text;
pub mod provenance_text;
pub mod ticket;
