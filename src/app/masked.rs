//! What the popup copies while personal values are masked, and every report. It hands that to the program which knows masks
//! and reports, by a name and a text; a reader of both stands here, natively tested.

use super::popup::{Mode, calls_text};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::json_text::{compact, object};
use inspector_core::page_report::Report;
use inspector_core::page_report::export::{self, as_text};
use inspector_core::page_report::raw_report;
use inspector_core::recording::mask::{Context, Masks};
use inspector_core::visitor::Field;
use inspector_core::visitor::page_value::PageValue;
use serde_json::Value;

/// The name of a report with masks.
pub const REPORT: &str = "report";

/// The name of a report with personal values as they are.
pub const PLAIN_REPORT: &str = "plain-report";

/// The texts of a page's frames as the probe wrote them, each with whether a handshake was seen in its document; `now` in
/// milliseconds since the epoch. To be read by [`masked`] as a report.
pub fn raw_frames<'a>(frames: impl Iterator<Item = (&'a str, bool)>, now: i64) -> String {
    let frames = frames.map(|(text, handshake)| Value::Array(vec![text.into(), handshake.into()]));
    compact(&object([("at", now.into()), ("frames", frames.collect())]))
}

/// What to copy in the place of `text`, which is a [`REPORT`] or a [`PLAIN_REPORT`] ([`raw_frames`]), the argument of an
/// `update` or a `switch`, or the value of a field or of `lookupCode`, `shortId` or `watchLink`. `None` for what is none of
/// these.
pub fn masked(what: &str, text: &str) -> Option<String> {
    let masks = &mut Masks::default();
    match what {
        REPORT => report(text, Some(masks)),
        PLAIN_REPORT => report(text, None),
        "update" => call(Mode::Update, text, masks),
        "switch" => call(Mode::Switch, text, masks),
        "lookupCode" => Some(masks.text(text, Context::LookupCode)),
        "shortId" => Some(masks.text(text, Context::ShortId)),
        "watchLink" => Some(masks.url(text)),
        key => {
            let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
            Some(as_text(&masks.value(&PageValue::decode(value), Context::Field(Field::from_key(key)?))))
        }
    }
}

fn report(text: &str, masks: Option<&mut Masks>) -> Option<String> {
    let all: Value = serde_json::from_str(text).ok()?;
    let frame = |frame: &Value| {
        let (report, _) = raw_report::read(frame[0].as_str()?, |_| frame[1] == true);
        Some(report)
    };
    let mut frames: Vec<Report> = all["frames"].as_array()?.iter().filter_map(frame).collect();
    let masked = masks.is_some();
    if let Some(masks) = masks {
        frames.iter_mut().for_each(|report| *report = report.masked(masks));
    }
    Some(export::page_report(frames.iter(), all["at"].as_i64()?, masked))
}

fn call(mode: Mode, argument: &str, masks: &mut Masks) -> Option<String> {
    let argument = PageValue::decode(serde_json::from_str(argument).ok()?);
    let patch = VisitorPatch::from_argument(&masks.value(&argument, Context::Other).to_json())?;
    Some(calls_text(mode, &patch))
}
