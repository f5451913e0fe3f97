//! What the popup shows of its state, as messages.

pub mod blocked;
pub mod outcome;
pub mod state;
pub mod warning;
