//! Suggestions: values used before, under the inputs of the popup's editors.

#[cfg(feature = "popup")]
mod combobox;
#[cfg(feature = "popup")]
mod effects;
#[cfg(feature = "popup")]
mod input;
#[cfg(feature = "popup")]
mod mount;
#[cfg(feature = "popup")]
mod position;
pub mod state;
#[cfg(feature = "popup")]
mod storage;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
pub(crate) use storage::{forget, is_wanted, set_remembering};

#[cfg(feature = "popup")]
use crate::ui::host::ReadPage;

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Offers suggestions in the popup's editors for a tab.
    #[part(edit)]
    pub async fn offer(tab: i32, page: ReadPage) {
        mount::offer(tab, page);
    }
}
