//! Warnings before an edit is sent.

use crate::ui::i18n::*;
use crate::ui::popup::state::Warning;
use inspector_core::page_report::connection::Idle;

pub fn warning(warning: Warning) -> Message {
    match warning {
        Warning::NotTaken => WARN_NOT_TAKEN,
        Warning::WillWait(Idle::DeadQueue) => WARN_DEAD_QUEUE,
        Warning::WillWait(Idle::ThroughParent) => WARN_THROUGH_PARENT,
        Warning::WillWait(Idle::AfterReset) => WARN_AFTER_RESET,
        Warning::WillWait(_) => WARN_WILL_WAIT,
        Warning::Down => WARN_DOWN,
        Warning::MetadataLost => WARN_METADATA_LOST,
        Warning::IdsUnknown => WARN_IDS_UNKNOWN,
        Warning::ClearsSystem => WARN_CLEARS_SYSTEM,
        Warning::ListsAsText => WARN_LISTS_AS_TEXT,
        Warning::Unfinished => WARN_UNFINISHED,
        Warning::DigitsLost => FLAW_DIGITS_LOST,
    }
}
