//! Texts for the source of a value, why it is unknown, and its flaws.

use crate::ui::i18n::*;
use inspector_core::visitor::flaw::FlawKind;
use inspector_core::visitor::observed::{Observed, Origin, Source, UnknownReason};
use inspector_core::visitor::page_value::ValueKind;
use inspector_core::visitor::{Field, Shape};

/// Where a value was read, what removed it, or why it is unknown.
pub fn origin<T>(value: &Observed<T>) -> Message {
    match value {
        Observed::Value(_, read_from) => source(read_from),
        Observed::Unset(Source::Queue) => UNSET_BY_QUEUE,
        Observed::Unset(_) => UNSET_BY_PAGE,
        Observed::Unknown(reason) => why(*reason),
    }
}

/// An origin that several values share.
pub fn shared_origin(shared: &Origin) -> String {
    let text = origin(shared).text();
    match shared {
        Observed::Value(..) => words::shared_source(&text),
        Observed::Unset(_) => words::shared_reason(&UNSET.text(), &text),
        Observed::Unknown(_) => words::shared_reason(&UNKNOWN.text(), &text),
    }
}

fn source(source: &Source) -> Message {
    match source {
        Source::Configuration => SOURCE_CONFIGURATION,
        Source::AccountSettings => SOURCE_ACCOUNT_SETTINGS,
        Source::Queue => SOURCE_QUEUE,
        Source::LocalStorage => SOURCE_LOCAL_STORAGE,
        Source::Cookie => SOURCE_COOKIE,
        Source::LiveChat => SOURCE_LIVE_CHAT,
        Source::PageMark => SOURCE_PAGE_MARK,
        Source::SdkFunction => SOURCE_SDK_FUNCTION,
        Source::Derived => SOURCE_DERIVED,
        Source::Answer => SOURCE_ANSWER,
        Source::Frame => SOURCE_FRAME,
    }
}

fn why(why: UnknownReason) -> Message {
    match why {
        UnknownReason::NoSdk => WHY_NO_SDK,
        UnknownReason::NotSet => WHY_NOT_SAID,
        UnknownReason::NotReported => WHY_NOT_REPORTED,
        UnknownReason::StorageBlocked => WHY_STORAGE_BLOCKED,
        UnknownReason::StorageReplaced => WHY_STORAGE_REPLACED,
        UnknownReason::NotFound => WHY_NOT_FOUND,
        UnknownReason::LeftOver => WHY_LEFT_OVER,
    }
}

/// The text of a flaw in a value of `field`; `in_item` if it concerns one item.
pub fn flaw(field: Field, kind: FlawKind, in_item: bool) -> String {
    let text = match kind {
        FlawKind::WrongType(found) => {
            return words::flaw_wrong_type(&requirement(field, in_item).text(), &value_kind(found).text());
        }
        FlawKind::TagPattern => FLAW_TAG_PATTERN,
        FlawKind::IntegrationPattern => FLAW_INTEGRATION_PATTERN,
        FlawKind::Placeholder => FLAW_PLACEHOLDER,
        FlawKind::Template => FLAW_TEMPLATE,
        FlawKind::Empty => FLAW_EMPTY,
        FlawKind::NothingAsText => FLAW_NOTHING_AS_TEXT,
        FlawKind::MissingPart => FLAW_MISSING_PART,
        FlawKind::Escaped => FLAW_ESCAPED,
        FlawKind::Padded => FLAW_PADDED,
        FlawKind::DigitsLost => FLAW_DIGITS_LOST,
        FlawKind::NotSentFromInit => FLAW_NOT_SENT_FROM_INIT,
        FlawKind::NotFlat => FLAW_NOT_FLAT,
    };
    text.text()
}

fn requirement(field: Field, in_item: bool) -> Message {
    match field.shape() {
        Shape::Metadata if !in_item => WANTED_MAP,
        Shape::List if !in_item => WANTED_LIST,
        _ => WANTED_TEXT,
    }
}

fn value_kind(kind: ValueKind) -> Message {
    match kind {
        ValueKind::Null => KIND_NULL,
        ValueKind::Undefined => KIND_UNDEFINED,
        ValueKind::Bool => KIND_BOOL,
        ValueKind::Number => KIND_NUMBER,
        ValueKind::Text => KIND_TEXT,
        ValueKind::List => KIND_LIST,
        ValueKind::Map => KIND_MAP,
        ValueKind::Other => KIND_OTHER,
    }
}
