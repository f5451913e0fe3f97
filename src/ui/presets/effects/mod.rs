//! Performs the effects that `state` returns, and dispatches their results.

pub mod manager;
pub mod palette;
