//! What the background does seldom, and starts a program of its own for.

pub mod button;
pub mod server;
