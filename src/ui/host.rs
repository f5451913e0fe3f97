//! Callbacks that the popup passes to the features that it loads on demand.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use std::rc::Rc;

/// Returns the last report on the frame that is shown.
pub type ReadPage = Rc<dyn Fn() -> Option<Report>>;

/// Opens an edit for review.
pub type Propose = Rc<dyn Fn(VisitorPatch)>;

/// The popup that contains the recorded views. `recorded.html` has none.
#[derive(Clone)]
pub struct Host {
    pub page: ReadPage,
    pub propose: Propose,
    /// Called with the name of the new view when the views navigate by themselves.
    pub shown: Rc<dyn Fn(&'static str)>,
}
