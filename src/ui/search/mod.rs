//! The search for visitors on Upscope's server.

#[cfg(feature = "popup")]
mod effects;
pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Shows the search, and the visitor whose short ID follows `#` in the URL.
    #[part(pages)]
    pub async fn open(into: web_sys::Element) {
        view::open(&into);
    }
}
