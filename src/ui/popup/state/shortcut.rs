//! The shortcut that copies the lookup code. The popup opens with the pending command and shows its result.

use super::copying::copy;
use super::event::Effect;
use super::model::Model;
use super::parts::{CopyTarget, NoCode, Panel, ShortcutResult};
use inspector_core::visitor::lookup_code::{LookupCode, TimeLeft};

impl Model {
    /// Checks that the page has a valid lookup code. Other text that a page shows instead is never copied.
    fn check_code(&self) -> Result<(), NoCode> {
        let report = self.report().filter(|report| report.sdk.is_present()).ok_or(NoCode::NoVisitor)?;
        let reading = &report.visitor.lookup_code;
        let text = reading.code.value().ok_or(NoCode::NotKnown)?;
        if !LookupCode::is(text) {
            return Err(NoCode::NotACode);
        }
        if reading.time_left(self.now) == TimeLeft::Expired { Err(NoCode::Expired) } else { Ok(()) }
    }

    /// The result of the shortcut, while it is still true of the page.
    pub fn shortcut_result(&self) -> Option<ShortcutResult> {
        let holds = match self.shortcut_result? {
            ShortcutResult::Pending | ShortcutResult::Copied => true,
            ShortcutResult::NeedsClick => self.check_code().is_ok(),
            ShortcutResult::NoCode(why) => self.check_code() == Err(why),
        };
        self.shortcut_result.filter(|_| holds)
    }
}

/// Handles the shortcut: shows the visitor panel and copies the code, as the code's button does.
pub(super) fn copy_code(model: &mut Model, masked: bool) -> Vec<Effect> {
    model.panel = Panel::Visitor;
    model.dialog = None;
    let code = model.check_code();
    model.shortcut_result = Some(code.map_or_else(ShortcutResult::NoCode, |()| ShortcutResult::Pending));
    if code.is_ok() { copy(model, CopyTarget::LookupCode, masked) } else { vec![] }
}

/// Handles the browser's answer to a copy.
pub(super) fn answered(model: &mut Model, copied: bool) {
    if !copied {
        model.copied = None;
    }
    model.shortcut_result =
        model.shortcut_result.map(|_| if copied { ShortcutResult::Copied } else { ShortcutResult::NeedsClick });
}
