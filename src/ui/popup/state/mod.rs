//! The popup's state machine.
//!
//! [`Model`] is everything the popup shows. [`update`] applies one [`Event`] to it and returns the [`Effect`]s to
//! perform, each of which ends in another event. Nothing here uses a browser or a clock.

mod acts;
mod calls;
mod copy_source;
mod copying;
mod drafts;
mod event;
mod frames;
mod inputs;
mod inspection;
mod model;
mod parts;
mod polling;
mod recording;
mod server;
mod shared_origins;
mod shortcut;
mod update;
mod warning;

pub use crate::ui::recording::state::View as RecordedView;
pub use calls::calls_text;
pub use copy_source::CopySource;
pub use event::{Effect, Event};
pub use inputs::UnfinishedInputs;
pub use model::{Edit, InspectedFrame, InspectedPage, Model, RestoreError, StorageFailure, View};
pub use parts::{CopyTarget, Dialog, Mode, NoCode, Panel, ShortcutResult, WatchError, WatchProgress};
pub use shared_origins::SharedOrigins;
pub use update::update;
pub use warning::{Warning, warnings};

#[cfg(test)]
mod tests;
