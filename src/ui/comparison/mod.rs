//! The comparison of the page's visitor with the visitor on Upscope's server.

pub mod server_view;
#[cfg(feature = "popup")]
mod session;
pub mod state;

#[cfg(feature = "popup")]
use crate::lazy::{Task, lazy};
#[cfg(feature = "popup")]
use crate::ui::host::ReadPage;
#[cfg(feature = "popup")]
use inspector_core::edit::patch::VisitorPatch;
#[cfg(feature = "popup")]
use inspector_core::upscope_api::problem::ApiProblem;
#[cfg(feature = "popup")]
use session::OnChange;

#[cfg(feature = "popup")]
lazy! {
    /// Starts the comparison. Calls `on_change` now and after every change.
    #[part(comparison)]
    pub async fn compare(page: ReadPage, on_change: OnChange) {
        session::start(page, on_change);
    }
}

#[cfg(feature = "popup")]
lazy! {
    /// Requests the server's view again.
    #[part(comparison)]
    pub async fn refresh() {
        session::refresh();
    }
}

#[cfg(feature = "popup")]
lazy! {
    /// Adds an edit that was sent to the page, which has been inspected since.
    #[part(comparison)]
    pub async fn add_sent(sent: VisitorPatch) {
        session::edited(sent);
    }
}

#[cfg(feature = "popup")]
lazy! {
    /// Opens a tab that watches the visitor.
    #[part(comparison)]
    pub async fn watch_visitor() -> Task<Result<(), ApiProblem>> {
        Box::pin(session::watch())
    }
}
