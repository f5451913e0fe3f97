//! What is put on the clipboard.

use super::event::{CopyWhat, Effect};
use super::model::{Mode, Model, ShownFrame};
use crate::app::copying::Copied;
use crate::app::masked::{PLAIN_REPORT, REPORT, raw_frames};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::js_text;
use inspector_core::json_text::compact;
use inspector_core::page_report::export;

/// Copies something, with masks where they are wished for. A report goes to other people: it always has them at first.
pub(super) fn copy(model: &mut Model, what: CopyWhat, masked: bool) -> Vec<Effect> {
    let wish = masked || what == CopyWhat::Report;
    let copied = Copied::next(model.copied.as_ref(), what.clone(), wish);
    let effect = match copied.masked || what == CopyWhat::Report {
        true => elsewhere(model, &copied).map(|(what, text)| Effect::CopyElsewhere { what, text }),
        false => text_to_copy(model, &copied.what).map(Effect::CopyText),
    };
    if effect.is_some() {
        model.copied = Some(copied);
    }
    effect.into_iter().collect()
}

fn text_to_copy(model: &Model, what: &CopyWhat) -> Option<String> {
    let report = model.report()?;
    let visitor = &report.visitor;
    match what {
        CopyWhat::LookupCode => visitor.lookup_code.code.value().cloned(),
        CopyWhat::ShortId => visitor.short_id.value().cloned(),
        CopyWhat::WatchLink => visitor.watch_link.value().cloned(),
        CopyWhat::Field(field) => visitor.field(*field).now.value().map(export::as_text),
        CopyWhat::Call => model.patch().ok()?.map(|patch| calls_text(model.edit.mode, &patch)),
        CopyWhat::Report => None,
    }
}

/// What the other program makes the text of; see `crate::app::masked`. It writes every report, so that the popup starts
/// without what that takes.
fn elsewhere(model: &Model, copied: &Copied<CopyWhat>) -> Option<(&'static str, String)> {
    let what = &copied.what;
    let value = |name| Some((name, text_to_copy(model, what)?));
    match what {
        CopyWhat::LookupCode => value("lookupCode"),
        CopyWhat::ShortId => value("shortId"),
        CopyWhat::WatchLink => value("watchLink"),
        CopyWhat::Field(field) => value(field.key()),
        CopyWhat::Call => {
            let name = if model.edit.mode == Mode::Switch { "switch" } else { "update" };
            Some((name, compact(&model.patch().ok()??.argument())))
        }
        CopyWhat::Report => {
            let handshake = |frame: &ShownFrame| model.saw_handshake(&frame.report.page.document);
            let frames = model.shown()?.frames.iter().map(|frame| (frame.text.as_str(), handshake(frame)));
            Some((if copied.masked { REPORT } else { PLAIN_REPORT }, raw_frames(frames, model.now)))
        }
    }
}

/// The JavaScript that does what applying the draft does.
pub fn calls_text(mode: Mode, patch: &VisitorPatch) -> String {
    let update = js_text::call("updateConnection", &[patch.argument()]);
    match mode {
        Mode::Update => update,
        // In the tick of a reset the SDK wipes an update, one that waits while it reconnects kills its queue, and a call
        // from inside its callback recurses (docs/sdk-reference.md#callbacks-and-events).
        Mode::Switch => {
            let update = update.replace('\n', "\n    ");
            let then = format!("Upscope('getShortId', () => setTimeout(() => {{\n    {update}\n  }}));");
            format!("{}\nsetTimeout(() => {{\n  {then}\n}});", js_text::call("reset", &[]))
        }
    }
}
