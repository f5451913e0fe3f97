//! The options page: account, languages, appearance, privacy, stored data, permissions, shortcuts, and the
//! organization's policy.

#[cfg(feature = "popup")]
mod deletion;
#[cfg(feature = "popup")]
mod effects;
pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Shows the options page.
    #[part(pages)]
    pub async fn open(into: web_sys::Element) {
        crate::ui::store::mount(&into, view::OptionsPage);
    }
}
