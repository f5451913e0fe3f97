//! The popup: its model, what can happen to it, and what it then asks of the browser.
//!
//! [`Model`] is everything the popup shows. [`update`] takes it from one [`Event`] to the next state and returns the
//! [`Effect`]s to perform, each of which ends in a further event. Nothing here touches a browser or a clock.

mod acts;
mod by_key;
mod copy_source;
mod copying;
mod drafts;
mod event;
mod model;
mod recorded;
mod server;
mod update;
mod warning;

pub use acts::{Doing, LastAct, Note, Status};
pub use by_key::{ByKey, NoCode};
pub use copy_source::CopySource;
pub use copying::calls_text;
pub use event::{CopyWhat, Effect, Event};
pub use model::{Dialog, Edit, Mode, Model, Shown, ShownFrame, Unsaved, View};
pub use recorded::{Origin, Panel, Told};
pub use server::{Server, ServerLine, Watching};
pub use update::update;
pub use warning::{Warning, warnings};

#[cfg(test)]
mod tests;
