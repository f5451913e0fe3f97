//! Texts for the entries of a timeline.

use crate::ui::i18n::*;
use crate::ui::recording::state::Group;
use crate::ui::text::field_text;
use crate::ui::text::number::grouped;
use inspector_core::recording::entry::*;
use inspector_core::recording::history::{CallEffect, CallResult, DocumentHistory, LossReason, ValueKey};
use inspector_core::visitor::page_value::PageValue;

/// The kind of an entry, in one or two words.
pub fn kind(what: &EntryData) -> Message {
    match what {
        EntryData::Page(_) => KIND_PAGE,
        EntryData::Call(_) => KIND_CALL,
        EntryData::Done { .. } => KIND_DONE,
        EntryData::Change { .. } => KIND_CHANGE,
        EntryData::Sdk(_) => KIND_SDK,
        EntryData::Socket { .. } => KIND_SOCKET,
        EntryData::Frame(frame) if frame.out => KIND_FRAME_OUT,
        EntryData::Frame(_) => KIND_FRAME_IN,
        EntryData::Stored { .. } => KIND_STORED,
        EntryData::Script { .. } => KIND_SCRIPT,
        EntryData::Drop { .. } => KIND_DROP,
        EntryData::Inspector { .. } => KIND_OWN,
        EntryData::Unknown { .. } => KIND_UNKNOWN,
    }
}

/// The entry's name, and whether it is an identifier, shown as code.
pub fn name(what: &EntryData, doc: Option<&DocumentHistory>) -> (String, bool) {
    let text = match what {
        EntryData::Call(call) => return (call.name.clone(), true),
        EntryData::Frame(frame) => return (frame.name.clone(), true),
        EntryData::Page(page) if page.start.is_some_and(|start| start.prerendered) => PAGE_START_AHEAD.text(),
        EntryData::Page(page) => page_moment(page.what).text(),
        EntryData::Done { call } => match called(doc, *call) {
            Some(name) => words::done_name(name),
            None => DONE_UNKNOWN.text(),
        },
        EntryData::Change { keys, .. } => words::change_name(&field_text::names(keys.iter().map(|(field, _)| *field))),
        EntryData::Sdk(sdk) => sdk_moment(sdk.what).text(),
        EntryData::Socket { what, .. } => socket_moment(*what).text(),
        EntryData::Stored { key, value: Some(_), .. } => words::stored_name(key),
        EntryData::Stored { key, value: None, .. } => words::stored_gone(key),
        EntryData::Script { fault: ScriptFault::Failed, .. } => SCRIPT_FAILED.text(),
        EntryData::Script { fault: ScriptFault::Blocked, .. } => SCRIPT_BLOCKED.text(),
        EntryData::Drop { count, .. } => words::drop_name(&grouped(count)),
        EntryData::Inspector { command, .. } => inspector_edit(command).text(),
        EntryData::Unknown { .. } => UNKNOWN_NAME.text(),
    };
    (text, false)
}

/// The name of the call with this number.
fn called(doc: Option<&DocumentHistory>, id: u64) -> Option<&str> {
    doc?.calls.iter().find(|call| call.call.id == id).map(|call| call.call.name.as_str())
}

fn page_moment(what: PageMoment) -> Message {
    match what {
        PageMoment::Start => PAGE_START,
        PageMoment::Load => PAGE_LOADED,
        PageMoment::Hide => PAGE_HIDDEN,
        PageMoment::Show => PAGE_SHOWN,
        PageMoment::Activate => PAGE_ACTIVATED,
        PageMoment::Route => PAGE_ROUTE,
    }
}

fn sdk_moment(what: SdkMoment) -> Message {
    match what {
        SdkMoment::Snippet => SDK_SNIPPET,
        SdkMoment::Version => SDK_SEEN,
        SdkMoment::Config => SDK_CONFIG,
        SdkMoment::Replaced => SDK_REPLACED,
        SdkMoment::Second => SDK_SECOND,
    }
}

fn socket_moment(what: SocketMoment) -> Message {
    match what {
        SocketMoment::New => SOCKET_NEW,
        SocketMoment::Open => SOCKET_OPEN,
        SocketMoment::Close => SOCKET_CLOSED,
        SocketMoment::Error => SOCKET_FAILED,
    }
}

fn inspector_edit(command: &PageValue) -> Message {
    match command.get("act").and_then(PageValue::as_text) {
        Some("update") => OWN_UPDATE,
        Some("reset") => OWN_RESET,
        Some("switch") => OWN_SWITCH,
        Some("askCode") => OWN_ASK_CODE,
        Some("setCode") => OWN_SET_CODE,
        _ => OWN_OTHER,
    }
}

pub fn group(group: Group) -> Message {
    match group {
        Group::Calls => GROUP_CALLS,
        Group::Wire => GROUP_WIRE,
        Group::Values => GROUP_VALUES,
        Group::Pages => GROUP_PAGES,
        Group::Sdk => GROUP_SDK,
        Group::Inspector => GROUP_INSPECTOR,
        Group::Gaps => GROUP_GAPS,
    }
}

/// The stable name of a group's button.
pub fn group_action(group: Group) -> &'static str {
    match group {
        Group::Calls => "filter-calls",
        Group::Wire => "filter-wire",
        Group::Values => "filter-values",
        Group::Pages => "filter-pages",
        Group::Sdk => "filter-sdk",
        Group::Inspector => "filter-inspector",
        Group::Gaps => "filter-gaps",
    }
}

pub fn subject(subject: ValueKey) -> Message {
    match subject {
        ValueKey::Field(field) => field_text::name(field),
        ValueKey::LookupCode => FIELD_LOOKUP_CODE,
        ValueKey::ShortId => FIELD_SHORT_ID,
    }
}

pub fn area(area: StorageArea) -> Message {
    match area {
        StorageArea::Local => AREA_LOCAL,
        StorageArea::Session => AREA_SESSION,
        StorageArea::Cookie => AREA_COOKIE,
    }
}

pub fn drop_why(why: DropReason) -> Message {
    match why {
        DropReason::Rate => DROP_RATE,
        DropReason::Size => DROP_SIZE,
        DropReason::Buffer => DROP_BUFFER,
        DropReason::Unknown => DROP_UNKNOWN,
    }
}

/// The outcome of a call. `after`: how long it waited, as text, if that is known.
pub fn call_result(result: CallResult, after: Option<&str>) -> String {
    match (result, after) {
        (CallResult::AtOnce, _) => CALL_TOOK_EFFECT.text(),
        (CallResult::Waiting, _) => CALL_WAITING.text(),
        (CallResult::Processed(_), Some(after)) => words::call_processed_after(after),
        (CallResult::Processed(_), None) => CALL_PROCESSED.text(),
        (CallResult::Lost(loss), _) => lost(loss).text(),
        (CallResult::Unknown, _) => CALL_UNKNOWN.text(),
    }
}

fn lost(loss: LossReason) -> Message {
    match loss {
        LossReason::NotInitFirst => LOSS_NOT_INIT_FIRST,
        LossReason::SecondInit => LOSS_SECOND_INIT,
        LossReason::NoPublicKey => LOSS_NO_PUBLIC_KEY,
        LossReason::Hung => LOSS_HUNG,
        LossReason::PageLeft => LOSS_PAGE_LEFT,
    }
}

pub fn effect(effect: CallEffect) -> Message {
    match effect {
        CallEffect::Set => EFFECT_SET,
        CallEffect::Removed => EFFECT_REMOVED,
        CallEffect::Cleared => EFFECT_CLEARED,
        CallEffect::Placeholder => EFFECT_PLACEHOLDER,
        CallEffect::AccountOverwritten => EFFECT_ACCOUNT_OVERWRITTEN,
        CallEffect::NotSent => EFFECT_NOT_SENT,
        CallEffect::LostWaiting => EFFECT_LOST_WAITING,
        CallEffect::Wiped => EFFECT_WIPED,
    }
}

/// The maximum length of a file name, in characters. A page can report any name.
const FILE: usize = 40;

/// A script location in its shortest form, `app.js:14`.
pub fn place(place: &ScriptLocation) -> String {
    let path = place.url.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
    match file.char_indices().nth(FILE) {
        Some((end, _)) => format!("{}…:{}", &file[..end], place.line),
        None => format!("{file}:{}", place.line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_file_and_line() {
        let at = |url: &str| place(&ScriptLocation { url: url.into(), line: 14, column: 3 });
        assert_eq!(at("https://acme.test/js/app.js?v=3#x"), "app.js:14");
        assert_eq!(at("https://acme.test/orders/"), "orders:14");
        assert_eq!(at("https://acme.test"), "acme.test:14");
        assert_eq!(at(""), ":14");
        assert_eq!(at(&"ä".repeat(99)), format!("{}…:14", "ä".repeat(40)));
    }

    #[test]
    fn acts_with_the_inspector_are_named() {
        let command = |act: &str| PageValue::Map(vec![("act".into(), PageValue::Text(act.into()))], 0);
        assert_eq!(inspector_edit(&command("reset")), OWN_RESET);
        assert_eq!(inspector_edit(&PageValue::Null), OWN_OTHER);
    }
}
