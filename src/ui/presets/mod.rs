//! Presets: the palette over the popup, and the list in the options.

#[cfg(feature = "popup")]
mod effects;
#[cfg(feature = "popup")]
mod mount;
pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
pub use view::PresetsSection;

#[cfg(feature = "popup")]
use crate::ui::host::Propose;
#[cfg(feature = "popup")]
use inspector_core::{edit::draft::Draft, page_report::Report};

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Opens the palette over the popup, for the last report and its draft.
    #[part(edit, preload = load_edit)]
    pub async fn open(page: Option<(Report, Draft)>, propose: Propose) {
        mount::open(page, propose);
    }
}
