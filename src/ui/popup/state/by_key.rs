//! The shortcut that copies the lookup code: the wish for it comes with the popup, and what became of it is told there.

use super::copying::copy;
use super::event::{CopyWhat, Effect};
use super::model::Model;
use super::recorded::Panel;
use inspector_core::visitor::lookup_code::{LookupCode, TimeLeft};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByKey {
    /// The browser has not answered yet.
    Trying,
    Copied,
    /// The browser wants a press in the popup.
    Refused,
    /// There was none to copy.
    NoCode(NoCode),
}

/// Why there is no code to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCode {
    /// There is no visitor to show, and the view says why.
    NoVisitor,
    /// None is known.
    NotKnown,
    /// Its hour is over.
    Expired,
    /// The page shows something else in its place.
    NotACode,
}

impl Model {
    /// The code that the shortcut copies: nothing else of what a page may show in its place.
    fn code_by_key(&self) -> Result<(), NoCode> {
        let report = self.report().filter(|report| report.sdk.is_present()).ok_or(NoCode::NoVisitor)?;
        let reading = &report.visitor.lookup_code;
        let text = reading.code.value().ok_or(NoCode::NotKnown)?;
        if !LookupCode::is(text) {
            return Err(NoCode::NotACode);
        }
        if reading.time_left(self.now) == TimeLeft::Expired { Err(NoCode::Expired) } else { Ok(()) }
    }

    /// What became of the shortcut, as far as it still holds for the page as it is now.
    pub fn by_key(&self) -> Option<ByKey> {
        let holds = match self.by_key? {
            ByKey::Trying | ByKey::Copied => true,
            ByKey::Refused => self.code_by_key().is_ok(),
            ByKey::NoCode(why) => self.code_by_key() == Err(why),
        };
        self.by_key.filter(|_| holds)
    }
}

/// The shortcut was pressed. It does what the code's button does, and the code stands in sight.
pub(super) fn copy_code(model: &mut Model, masked: bool) -> Vec<Effect> {
    model.panel = Panel::Visitor;
    model.dialog = None;
    let code = model.code_by_key();
    model.by_key = Some(code.map_or_else(ByKey::NoCode, |()| ByKey::Trying));
    if code.is_ok() { copy(model, CopyWhat::LookupCode, masked) } else { vec![] }
}

/// The browser did or did not copy something.
pub(super) fn answered(model: &mut Model, copied: bool) {
    if !copied {
        model.copied = None;
    }
    model.by_key = model.by_key.map(|_| if copied { ByKey::Copied } else { ByKey::Refused });
}
