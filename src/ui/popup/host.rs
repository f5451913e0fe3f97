//! What the popup does for the views of its lazy parts.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use std::rc::Rc;

/// Reads the page as it was seen last, in the frame that is shown.
pub type ReadPage = Rc<dyn Fn() -> Option<Report>>;

/// Shows an edit, to be reviewed like any other.
pub type Propose = Rc<dyn Fn(VisitorPatch)>;

/// The popup around the recorded views. A page of their own has none.
#[derive(Clone)]
pub struct Host {
    pub page: ReadPage,
    pub propose: Propose,
    /// The views went to another one by themselves; its name.
    pub shown: Rc<dyn Fn(&'static str)>,
}
