//! The popup: the visitor, the editors and the result of the last act.

pub mod state;
pub mod text;

#[cfg(feature = "popup")]
mod effects;
#[cfg(feature = "popup")]
mod lazy_parts;
#[cfg(feature = "popup")]
mod shared_drafts;
#[cfg(feature = "popup")]
mod start;
#[cfg(feature = "popup")]
mod store;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
pub use start::start;
