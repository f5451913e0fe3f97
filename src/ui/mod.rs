//! The extension's pages: a folder for each feature, with its state beside its views.
//!
//! In each folder, `state` decides what happens next. It uses no browser and is tested natively. `view` reads slices of
//! a store and writes only through `dispatch`. Components use no store: they get props and report through callbacks.
//! Text from a page goes into text nodes and attributes, never into markup.

pub mod comparison;
pub mod copying;
pub mod last_action;
pub mod options;
pub mod popup;
pub mod presets;
pub mod recording;
pub mod request_error;
pub mod search;
pub mod stored_list;
pub mod suggestions;
pub mod text;
pub mod welcome;

#[cfg(feature = "popup")]
pub(crate) mod announcement;
#[cfg(feature = "popup")]
mod api;
#[cfg(feature = "popup")]
mod background_client;
#[cfg(feature = "popup")]
pub(crate) mod components;
#[cfg(feature = "popup")]
pub(crate) mod focus;
#[cfg(feature = "popup")]
pub(crate) mod host;
#[cfg(feature = "popup")]
pub(crate) mod journal;
#[cfg(feature = "popup")]
pub(crate) mod lazy_view;
#[cfg(feature = "popup")]
mod preference;
#[cfg(feature = "popup")]
mod shortcut;
#[cfg(feature = "popup")]
mod storage_error;
#[cfg(feature = "popup")]
mod store;
#[cfg(feature = "popup")]
mod task;

pub use crate::i18n;

use std::time::Duration;

/// How often the popup inspects its page while it is visible, and compares it with the server: a change shows within a
/// second.
pub const POLL_INTERVAL: Duration = Duration::from_millis(600);
