//! Conditions on the model that several views share.

use crate::ui::popup::state::{Model, Panel};

/// Whether the page's SDK accepts calls and the organization allows them.
pub fn is_editable(model: &Model) -> bool {
    takes_calls(model) && model.restriction().is_none()
}

/// Whether the page's SDK accepts calls.
pub fn takes_calls(model: &Model) -> bool {
    model.report().is_some_and(|report| report.sdk.takes_calls())
}

/// Whether a recorded view is in front.
pub fn is_recorded_view_shown(model: &Model) -> bool {
    model.panel != Panel::Visitor
}
