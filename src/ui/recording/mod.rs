//! The recording of a tab or of a file: timeline, checks, history, and the recorded sites.

pub mod state;
pub mod summary;
pub mod text;

#[cfg(feature = "popup")]
mod effects;
#[cfg(feature = "popup")]
mod expectations;
#[cfg(feature = "popup")]
mod feed;
#[cfg(feature = "popup")]
mod mount;
#[cfg(feature = "popup")]
mod mounted;
#[cfg(feature = "popup")]
mod provenance;
#[cfg(feature = "popup")]
mod store;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
pub use mount::{follow, open};
#[cfg(feature = "popup")]
pub use mounted::Host;
#[cfg(feature = "popup")]
pub use provenance::OnChange;
