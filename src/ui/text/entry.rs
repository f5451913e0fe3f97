//! Texts for the entries of a timeline.

use crate::ui::i18n::*;
use crate::ui::recording::state::Group;
use crate::ui::text::field;
use inspector_core::recording::entry::*;
use inspector_core::recording::story::{DocStory, Effect, Fate, Loss, Subject};
use inspector_core::visitor::page_value::PageValue;

/// The kind of an entry, in one or two words.
pub fn kind(what: &What) -> Message {
    match what {
        What::Page(_) => KIND_PAGE,
        What::Call(_) => KIND_CALL,
        What::Done { .. } => KIND_DONE,
        What::Change { .. } => KIND_CHANGE,
        What::Sdk(_) => KIND_SDK,
        What::Socket { .. } => KIND_SOCKET,
        What::Frame(frame) if frame.out => KIND_FRAME_OUT,
        What::Frame(_) => KIND_FRAME_IN,
        What::Stored { .. } => KIND_STORED,
        What::Script { .. } => KIND_SCRIPT,
        What::Drop { .. } => KIND_DROP,
        What::Own { .. } => KIND_OWN,
        What::Unknown { .. } => KIND_UNKNOWN,
    }
}

/// The entry's name, and whether it is an identifier, shown as code.
pub fn name(what: &What, doc: Option<&DocStory>) -> (String, bool) {
    let text = match what {
        What::Call(call) => return (call.name.clone(), true),
        What::Frame(frame) => return (frame.name.clone(), true),
        What::Page(page) if page.start.is_some_and(|start| start.prerendered) => PAGE_START_AHEAD.text(),
        What::Page(page) => page_moment(page.what).text(),
        What::Done { call } => match called(doc, *call) {
            Some(name) => done_name(name),
            None => DONE_UNKNOWN.text(),
        },
        What::Change { keys, .. } => {
            let fields: Vec<_> = keys.iter().map(|(field, _)| *field).collect();
            change_name(&field::names(&fields))
        }
        What::Sdk(sdk) => sdk_moment(sdk.what).text(),
        What::Socket { what, .. } => socket_moment(*what).text(),
        What::Stored { key, value: Some(_), .. } => stored_name(key),
        What::Stored { key, value: None, .. } => stored_gone(key),
        What::Script { fault: ScriptFault::Failed, .. } => SCRIPT_FAILED.text(),
        What::Script { fault: ScriptFault::Blocked, .. } => SCRIPT_BLOCKED.text(),
        What::Drop { count, .. } => drop_name(&count.to_string()),
        What::Own { ask, .. } => own(ask).text(),
        What::Unknown { .. } => UNKNOWN_NAME.text(),
    };
    (text, false)
}

/// The name of the call with this number.
fn called(doc: Option<&DocStory>, id: u64) -> Option<&str> {
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

fn own(ask: &PageValue) -> Message {
    match ask.get("act").and_then(PageValue::as_text) {
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

pub fn subject(subject: Subject) -> Message {
    match subject {
        Subject::Field(field) => field::name(field),
        Subject::LookupCode => FIELD_LOOKUP_CODE,
        Subject::ShortId => FIELD_SHORT_ID,
    }
}

pub fn area(area: Area) -> Message {
    match area {
        Area::Local => AREA_LOCAL,
        Area::Session => AREA_SESSION,
        Area::Cookie => AREA_COOKIE,
    }
}

pub fn drop_why(why: DropWhy) -> Message {
    match why {
        DropWhy::Rate => DROP_RATE,
        DropWhy::Size => DROP_SIZE,
        DropWhy::Buffer => DROP_BUFFER,
        DropWhy::Unknown => DROP_UNKNOWN,
    }
}

/// The outcome of a call. `after`: how long it waited, as text, if that is known.
pub fn fate(fate: Fate, after: Option<&str>) -> String {
    match (fate, after) {
        (Fate::AtOnce, _) => FATE_AT_ONCE.text(),
        (Fate::Waiting, _) => FATE_WAITING.text(),
        (Fate::Processed(_), Some(after)) => fate_processed_after(after),
        (Fate::Processed(_), None) => FATE_PROCESSED.text(),
        (Fate::Lost(loss), _) => lost(loss).text(),
        (Fate::Unknown, _) => FATE_UNKNOWN.text(),
    }
}

fn lost(loss: Loss) -> Message {
    match loss {
        Loss::NotInitFirst => LOSS_NOT_INIT_FIRST,
        Loss::SecondInit => LOSS_SECOND_INIT,
        Loss::NoPublicKey => LOSS_NO_PUBLIC_KEY,
        Loss::Hung => LOSS_HUNG,
        Loss::PageLeft => LOSS_PAGE_LEFT,
    }
}

pub fn effect(effect: Effect) -> Message {
    match effect {
        Effect::Set => EFFECT_SET,
        Effect::Removed => EFFECT_REMOVED,
        Effect::Cleared => EFFECT_CLEARED,
        Effect::Placeholder => EFFECT_PLACEHOLDER,
        Effect::AccountOverwritten => EFFECT_ACCOUNT_OVERWRITTEN,
        Effect::NotSent => EFFECT_NOT_SENT,
        Effect::LostWaiting => EFFECT_LOST_WAITING,
        Effect::Wiped => EFFECT_WIPED,
    }
}

/// The maximum length of a file name, in characters. A page can report any name.
const FILE: usize = 40;

/// A script location in its shortest form, `app.js:14`.
pub fn place(place: &Place) -> String {
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
        let at = |url: &str| place(&Place { url: url.into(), line: 14, column: 3 });
        assert_eq!(at("https://acme.test/js/app.js?v=3#x"), "app.js:14");
        assert_eq!(at("https://acme.test/orders/"), "orders:14");
        assert_eq!(at("https://acme.test"), "acme.test:14");
        assert_eq!(at(""), ":14");
        assert_eq!(at(&"ä".repeat(99)), format!("{}…:14", "ä".repeat(40)));
    }

    #[test]
    fn acts_with_the_inspector_are_named() {
        let ask = |act: &str| PageValue::Map(vec![("act".into(), PageValue::Text(act.into()))], 0);
        assert_eq!(own(&ask("reset")), OWN_RESET);
        assert_eq!(own(&PageValue::Null), OWN_OTHER);
    }
}
