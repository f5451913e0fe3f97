//! Suggestions: values used before, under the inputs of the popup's editors.

pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
pub(crate) use view::{forget, is_wanted, want};

#[cfg(feature = "popup")]
use crate::ui::host::ReadPage;

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Offers suggestions in the popup's editors for a tab.
    #[part(edit)]
    pub async fn offer(tab: i32, page: ReadPage) {
        view::offers(tab, page);
    }
}
