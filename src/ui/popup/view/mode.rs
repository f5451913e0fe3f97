//! What the popup is for at the moment, as several views ask it.

use crate::ui::popup::state::{Model, Panel};

/// Whether the page's Upscope takes calls and the organization allows them, so that there is something to edit.
pub fn is_editable(model: &Model) -> bool {
    takes_calls(model) && model.hold().is_none()
}

/// Whether the page's Upscope takes calls.
pub fn takes_calls(model: &Model) -> bool {
    model.report().is_some_and(|report| report.sdk.takes_calls())
}

/// Whether a recorded view is in front.
pub fn is_recorded(model: &Model) -> bool {
    model.panel != Panel::Visitor
}
