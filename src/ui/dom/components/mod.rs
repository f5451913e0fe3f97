//! The popup's parts: props in, callback out. None of them knows the model.

mod button;
mod copy_button;
#[cfg(feature = "popup")]
mod holdable;
mod icon;
mod modal;
mod notice;
mod seg;

pub use button::{bare_button, button, icon_button};
pub use copy_button::copy_button;
#[cfg(feature = "popup")]
pub use holdable::holdable;
pub use icon::{Icon, icon};
pub use modal::modal;
pub use notice::{Tone, notice};
pub use seg::{Seg, seg};
