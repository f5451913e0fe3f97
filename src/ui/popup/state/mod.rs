//! The popup's state machine.
//!
//! [`Model`] is everything the popup shows. [`update`] applies one [`Event`] to it and returns the [`Effect`]s to
//! perform, each of which ends in another event. Nothing here uses a browser or a clock.

mod acts;
mod copy_source;
mod copying;
mod drafts;
mod event;
mod frames;
mod model;
mod recording;
mod server;
mod shared_origins;
mod shortcut;
mod update;
mod warning;

pub use copy_source::CopySource;
pub use copying::calls_text;
pub use event::{CopyTarget, Effect, Event};
pub use model::{Dialog, Edit, InspectedFrame, InspectedPage, Mode, Model, StorageFailure, View};
pub use recording::Panel;
pub use server::WatchProgress;
pub use shared_origins::SharedOrigins;
pub use shortcut::{NoCode, ShortcutResult};
pub use update::update;
pub use warning::{Warning, warnings};

#[cfg(test)]
mod tests;
