//! The comparison of the page's visitor with the one on Upscope's server.

pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
use crate::lazy::{Task, lazy};
#[cfg(feature = "popup")]
use crate::ui::popup::host::ReadPage;
#[cfg(feature = "popup")]
use inspector_core::edit::patch::VisitorPatch;
#[cfg(feature = "popup")]
use view::Tell;

#[cfg(feature = "popup")]
lazy! {
    /// Calls `tell` now and after every change with how the server's visitor compares with the page's.
    #[part(comparison)]
    pub fn compare(page: ReadPage, tell: Tell) {
        view::begin(page, tell);
    }
}

#[cfg(feature = "popup")]
lazy! {
    /// Asks the server again.
    #[part(comparison)]
    pub fn refresh() {
        view::refresh();
    }
}

#[cfg(feature = "popup")]
lazy! {
    /// Takes into the comparison what the person sent to the page that was read since.
    #[part(comparison)]
    pub fn add_sent(sent: VisitorPatch) {
        view::edited(sent);
    }
}

#[cfg(feature = "popup")]
lazy! {
    /// Opens a tab that watches the visitor. Returns what went wrong as text, or an empty text.
    #[part(comparison)]
    pub fn watch_visitor() -> Task<String> {
        Box::pin(view::watch())
    }
}
