//! Callbacks that the popup passes to the features that it loads on demand.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use std::rc::Rc;

/// Returns the last report on the frame that is shown.
pub type ReadPage = Rc<dyn Fn() -> Option<Report>>;

/// Opens an edit for review.
pub type Propose = Rc<dyn Fn(VisitorPatch)>;
