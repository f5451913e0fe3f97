//! The popup: texts, components and views.
//!
//! Views read slices of the one [`store::Store`] and write through `dispatch` only. Components know no model: props in,
//! callback out. What a page reported goes into text nodes and attributes, never into markup.

pub mod text;

#[cfg(feature = "popup")]
mod answer;
#[cfg(feature = "view")]
pub(crate) mod components;
#[cfg(feature = "popup")]
mod effects;
#[cfg(feature = "view")]
pub(crate) mod focus;
#[cfg(feature = "popup")]
pub(crate) mod host;
#[cfg(feature = "view")]
pub(crate) mod journal;
#[cfg(feature = "popup")]
mod parts;
#[cfg(feature = "popup")]
mod start;
#[cfg(feature = "popup")]
mod store;
#[cfg(feature = "popup")]
mod views;

pub use crate::i18n;
#[cfg(feature = "popup")]
pub use start::start;
