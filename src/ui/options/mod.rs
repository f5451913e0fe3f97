//! The options: the team's account, languages, appearance, privacy, stored data, permissions, shortcuts, and what the
//! organization has set.

pub mod state;
#[cfg(feature = "popup")]
mod view;

#[cfg(feature = "popup")]
crate::lazy::lazy! {
    /// Shows the options.
    #[part(pages)]
    pub fn open(into: web_sys::Element) {
        crate::ui::store::mount(&into, view::OptionsPage);
    }
}
