//! One line for each entry, as data for the interface: names and short values, no sentences.

use super::entry::{Entry, Frame, PageMoment, SdkEntry, SdkMoment, SocketMoment, What};
use crate::js_text;
use crate::visitor::page_value::PageValue;

/// How many characters of values a line holds.
const BRIEF: usize = 120;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The call's, frame's or stored value's name, the address, or the moment, as it is.
    pub name: String,
    /// The arguments or the value in short, as JavaScript; empty where there is none.
    pub brief: String,
    pub tone: Tone,
    /// The SDK event that a frame makes the SDK deliver to `on` (derived: the SDK is never asked).
    pub event: Option<&'static str>,
    /// How many things it stands for.
    pub count: u64,
}

/// How a line is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// The begin of something, as a page load: a line to find one's way by.
    Landmark,
    /// Of little interest by itself.
    Quiet,
    /// Waits in the queue.
    Waiting,
    /// Done by the inspector.
    Own,
    /// Went wrong, or is missing.
    Bad,
}

/// The line for an entry.
pub fn line(entry: &Entry) -> Line {
    let tone = tone(entry);
    let plain = |name: &str, brief: String| Line { name: name.to_owned(), brief, tone, event: None, count: 1 };
    match &entry.what {
        What::Page(page) => plain(page_name(page.what), cut(&page.url)),
        What::Call(call) => plain(&call.name, brief(&call.args)),
        What::Done { call } => plain("done", call.to_string()),
        What::Change { keys, .. } => {
            let names: Vec<_> = keys.iter().map(|(field, _)| field.key()).collect();
            plain(&names.join(", "), brief(keys.iter().map(|(_, value)| value)))
        }
        What::Sdk(sdk) => plain(sdk_name(sdk.what), sdk_brief(sdk)),
        What::Socket { what, url, code, .. } => {
            let brief = url.clone().or_else(|| code.map(|code| code.to_string())).unwrap_or_default();
            plain(socket_name(*what), cut(&brief))
        }
        What::Frame(frame) => {
            let event = if frame.out { None } else { event(&frame.name) };
            Line { event, count: frame.count, ..plain(&frame.name, brief(&frame.data)) }
        }
        What::Stored { key, value, .. } => plain(key, cut(value.as_deref().unwrap_or("null"))),
        What::Script { url, .. } => plain(url, String::new()),
        What::Drop { count, .. } => Line { count: *count, ..plain("drop", String::new()) },
        What::Own { ask, .. } => {
            let act = ask.get("act").and_then(PageValue::as_text).unwrap_or_default();
            plain(act, brief([ask.get("update"), ask.get("code")].into_iter().flatten()))
        }
        What::Unknown { kind } => plain(kind, String::new()),
    }
}

/// How the line of an entry is to look, without making the line.
pub fn tone(entry: &Entry) -> Tone {
    match &entry.what {
        What::Page(page) if page.what == PageMoment::Start => Tone::Landmark,
        What::Socket { what: SocketMoment::Error, .. } => Tone::Bad,
        What::Page(_) | What::Done { .. } | What::Change { .. } | What::Socket { .. } | What::Stored { .. } => {
            Tone::Quiet
        }
        What::Call(call) if call.waits => Tone::Waiting,
        What::Call(_) | What::Sdk(_) => Tone::Plain,
        What::Frame(frame) => frame_tone(frame),
        What::Script { .. } | What::Drop { .. } | What::Unknown { .. } => Tone::Bad,
        What::Own { .. } => Tone::Own,
    }
}

/// An entry as JavaScript to paste in a console, for a call and for nothing else.
pub fn code(entry: &Entry) -> Option<String> {
    match &entry.what {
        What::Call(call) => Some(js_text::page_call(&call.name, &call.args)),
        _ => None,
    }
}

fn frame_tone(frame: &Frame) -> Tone {
    match (frame.out, frame.name.as_str()) {
        (_, "ping" | "pong" | "browserEvent" | "focus") => Tone::Quiet,
        (false, "apiKeyError" | "dataError" | "doNotReconnect") => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// What a frame of the server makes the SDK deliver (events of 2.2.119; docs/sdk-reference.md#callbacks-and-events).
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
    fn a_call_is_told_in_short_and_copied_whole() {
        let mut tab = Tab::new();
        tab.waits("updateConnection", json!([{ "tags": ["#VIP"], "metadata": { "a": "x".repeat(300) } }]));
        let entry = last(&tab);
        let told = line(&entry);
        assert_eq!((told.name.as_str(), told.tone), ("updateConnection", Tone::Waiting));
        assert!(told.brief.starts_with("{tags: ['#VIP'], metadata: {a: 'xxx"), "{}", told.brief);
        assert!(told.brief.chars().count() <= BRIEF + 1);
        assert!(code(&entry).unwrap().contains(&"x".repeat(300)));
    }

    #[test]
    fn a_frame_names_the_event_that_the_sdk_delivers() {
        let mut tab = Tab::new();
        tab.frame_in("endSession", json!([]));
        assert_eq!(line(&last(&tab)).event, Some("sessionEnd"));
        tab.frame_out("callEnd", json!([]));
        assert_eq!(line(&last(&tab)).event, None);
        assert_eq!(code(&last(&tab)), None);
    }
}
