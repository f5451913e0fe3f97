//! The state machine of the recorded views, for the recording of a tab or a file.
//!
//! As in [`crate::ui::popup::state`], [`update`] applies one [`Event`] to the [`Model`] and returns the [`Effect`]s to
//! perform. Nothing here uses a browser or a clock.

mod destination;
mod event;
pub mod expectations;
mod history;
mod model;
mod provenance;
mod rows;
mod site;
mod update;

pub use destination::{Destination, View, format_entry, parse_entry};
pub use event::{CursorMove, Effect, Event};
pub use history::{documents_with, period};
pub use model::{
    CopyTarget, Data, Dialog, FileInfo, Model, OpenError, RecordingState, RequestProgress, Site, SiteRecording, Source,
};
pub use provenance::{Provenance, provenance};
pub use rows::{Group, List, Row, RowKey};
pub use update::update;

#[cfg(test)]
mod tests;
