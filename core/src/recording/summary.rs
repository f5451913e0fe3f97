//! A one-line summary of each entry, as data for the interface: names and short values, no sentences.

use super::entry::{Entry, EntryData, Frame, PageMoment, SdkEntry, SdkMoment, SocketMoment};
use crate::js_text;
use crate::visitor::page_value::PageValue;

/// Maximum number of characters for the values of a line.
const BRIEF: usize = 120;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryLine {
    /// The name of the call, frame or stored value, the URL, or the moment, unchanged.
    pub name: String,
    /// The arguments or the value, shortened, as JavaScript; empty if there is none.
    pub brief: String,
    pub tone: SummaryTone,
    /// The SDK event that follows from the frame (derived; the SDK is not called).
    pub event: Option<&'static str>,
    /// The number of events that the line represents.
    pub count: u64,
}

/// The visual emphasis of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummaryTone {
    Plain,
    /// The beginning of a phase, such as a page load.
    Landmark,
    /// Of little interest on its own.
    Quiet,
    /// Waits in the queue.
    Waiting,
    /// Done by the inspector.
    Inspector,
    /// An error, or missing entries.
    Bad,
}

/// Returns the line of an entry.
pub fn summary_line(entry: &Entry) -> SummaryLine {
    let tone = tone(entry);
    let plain = |name: &str, brief: String| SummaryLine { name: name.to_owned(), brief, tone, event: None, count: 1 };
    match &entry.what {
        EntryData::Page(page) => plain(page_name(page.what), cut(&page.url)),
        EntryData::Call(call) => plain(&call.name, brief(&call.args)),
        EntryData::Done { call } => plain("done", call.to_string()),
        EntryData::Change { keys, .. } => {
            let names: Vec<_> = keys.iter().map(|(field, _)| field.key()).collect();
            plain(&names.join(", "), brief(keys.iter().map(|(_, value)| value)))
        }
        EntryData::Sdk(sdk) => plain(sdk_name(sdk.what), sdk_brief(sdk)),
        EntryData::Socket { what, url, code, .. } => {
            let brief = url.clone().or_else(|| code.map(|code| code.to_string())).unwrap_or_default();
            plain(socket_name(*what), cut(&brief))
        }
        EntryData::Frame(frame) => {
            let event = if frame.out { None } else { event(&frame.name) };
            SummaryLine { event, count: frame.count, ..plain(&frame.name, brief(&frame.data)) }
        }
        EntryData::Stored { key, value, .. } => plain(key, cut(value.as_deref().unwrap_or("null"))),
        EntryData::Script { url, .. } => plain(url, String::new()),
        EntryData::Drop { count, .. } => SummaryLine { count: *count, ..plain("drop", String::new()) },
        EntryData::Inspector { command, .. } => {
            let act = command.get("act").and_then(PageValue::as_text).unwrap_or_default();
            plain(act, brief([command.get("update"), command.get("code")].into_iter().flatten()))
        }
        EntryData::Unknown { kind } => plain(kind, String::new()),
    }
}

/// Returns the tone of an entry's line, without the line.
pub fn tone(entry: &Entry) -> SummaryTone {
    match &entry.what {
        EntryData::Page(page) if page.what == PageMoment::Start => SummaryTone::Landmark,
        EntryData::Socket { what: SocketMoment::Error, .. } => SummaryTone::Bad,
        EntryData::Page(_)
        | EntryData::Done { .. }
        | EntryData::Change { .. }
        | EntryData::Socket { .. }
        | EntryData::Stored { .. } => SummaryTone::Quiet,
        EntryData::Call(call) if call.waits => SummaryTone::Waiting,
        EntryData::Call(_) | EntryData::Sdk(_) => SummaryTone::Plain,
        EntryData::Frame(frame) => frame_tone(frame),
        EntryData::Script { .. } | EntryData::Drop { .. } | EntryData::Unknown { .. } => SummaryTone::Bad,
        EntryData::Inspector { .. } => SummaryTone::Inspector,
    }
}

/// Returns a call as JavaScript for a console; `None` for other entries.
pub fn call_code(entry: &Entry) -> Option<String> {
    match &entry.what {
        EntryData::Call(call) => Some(js_text::page_call(&call.name, &call.args)),
        _ => None,
    }
}

fn frame_tone(frame: &Frame) -> SummaryTone {
    match (frame.out, frame.name.as_str()) {
        (_, "ping" | "pong" | "browserEvent" | "focus") => SummaryTone::Quiet,
        (false, "apiKeyError" | "dataError" | "doNotReconnect") => SummaryTone::Bad,
        _ => SummaryTone::Plain,
    }
}

/// The SDK event that follows a frame from the server (2.2.119; docs/sdk-reference.md#callbacks-and-events).
fn event(frame: &str) -> Option<&'static str> {
    Some(match frame {
        "youAre" | "welcomeBack" => "connection",
        "beginSession" => "sessionStart",
        "continueSession" => "sessionContinue",
        "endSession" => "sessionEnd",
        "newObserver" => "newObserver",
        "observerGone" => "observerGone",
        "callStart" => "callStart",
        "callEnd" => "callEnd",
        "agentsAvailable" => "agentsAvailable",
        "requestStatus" => "agentRequestUpdate",
        _ => return None,
    })
}

fn page_name(what: PageMoment) -> &'static str {
    match what {
        PageMoment::Start => "start",
        PageMoment::Load => "load",
        PageMoment::Hide => "hide",
        PageMoment::Show => "show",
        PageMoment::Activate => "activate",
        PageMoment::Route => "route",
    }
}

fn sdk_name(what: SdkMoment) -> &'static str {
    match what {
        SdkMoment::Snippet => "snippet",
        SdkMoment::Version => "version",
        SdkMoment::Config => "config",
        SdkMoment::Replaced => "replaced",
        SdkMoment::Second => "second",
    }
}

fn sdk_brief(sdk: &SdkEntry) -> String {
    match (&sdk.version, &sdk.config) {
        (_, Some(config)) => brief([config]),
        (Some(version), None) => cut(version),
        (None, None) => brief(&sdk.account),
    }
}

fn socket_name(what: SocketMoment) -> &'static str {
    match what {
        SocketMoment::New => "new",
        SocketMoment::Open => "open",
        SocketMoment::Close => "close",
        SocketMoment::Error => "error",
    }
}

fn brief<'a>(values: impl IntoIterator<Item = &'a PageValue>) -> String {
    let mut out = String::new();
    for value in values {
        if !out.is_empty() {
            out.push_str(", ");
        }
        js_text::page_value_inline(&mut out, value, BRIEF);
        if out.len() > BRIEF {
            break;
        }
    }
    cut(&out)
}

/// A text of at most [`BRIEF`] characters.
fn cut(text: &str) -> String {
    match text.char_indices().nth(BRIEF) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn last(tab: &Tab) -> Entry {
        tab.timeline.ordered().last().unwrap().1.clone()
    }

    #[test]
    fn a_call_is_summarized_and_copied_in_full() {
        let mut tab = Tab::new();
        tab.waits("updateConnection", json!([{ "tags": ["#VIP"], "metadata": { "a": "x".repeat(300) } }]));
        let entry = last(&tab);
        let result = summary_line(&entry);
        assert_eq!((result.name.as_str(), result.tone), ("updateConnection", SummaryTone::Waiting));
        assert!(result.brief.starts_with("{tags: ['#VIP'], metadata: {a: 'xxx"), "{}", result.brief);
        assert!(result.brief.chars().count() <= BRIEF + 1);
        assert!(call_code(&entry).unwrap().contains(&"x".repeat(300)));
    }

    #[test]
    fn a_frame_names_the_event_that_the_sdk_delivers() {
        let mut tab = Tab::new();
        tab.frame_in("endSession", json!([]));
        assert_eq!(summary_line(&last(&tab)).event, Some("sessionEnd"));
        tab.frame_out("callEnd", json!([]));
        assert_eq!(summary_line(&last(&tab)).event, None);
        assert_eq!(call_code(&last(&tab)), None);
    }
}
