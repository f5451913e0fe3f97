//! What was recorded in a tab, or lies in a file: its model, what can happen to it, and what it then asks of the browser.
//!
//! As in [`crate::ui::popup::state`]: [`update`] takes the [`Model`] from one [`Event`] to the next state and gives the [`Effect`]s
//! to perform. Nothing here touches a browser or a clock.

mod event;
mod history;
mod model;
mod place;
mod provenance;
mod rows;
mod update;

pub use event::{CopyWhat, Effect, Event, Given, Move};
pub use history::{Held, Past, history};
pub use model::{Data, Dialog, FileInfo, Known, List, Model, NotOpened, Recording, Site, Source};
pub use place::{Place, View, entry_text, read_entry};
pub use provenance::{Told, provenance};
pub use rows::{Group, Row, RowKey};
pub use update::update;

#[cfg(test)]
mod tests;
