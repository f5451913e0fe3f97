//! The popup: words, components and views.
//!
//! Views read the one [`store::Store`] and write through `dispatch` only; components know no model: props in, callback out. Everything a page said goes into text nodes and attributes, never into markup.

pub mod words;

#[cfg(feature = "popup")]
mod answer;
#[cfg(feature = "view")]
pub(crate) mod components;
#[cfg(feature = "view")]
pub(crate) mod dom;
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
