//! The first-run page, on which the person tries the inspector.

#[cfg(feature = "popup")]
mod effects;
pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Shows the first-run page.
    #[part(pages)]
    pub async fn open(into: web_sys::Element) {
        crate::ui::store::mount(&into, view::WelcomePage);
    }
}
