//! What is put on the clipboard.

use super::copy_source::CopySource;
use super::event::{CopyWhat, Effect};
use super::model::{Mode, Model};
use crate::ui::copying::Copied;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::js_text;
use inspector_core::page_report::export;
use inspector_core::recording::mask::MaskContext;

/// Copies something, with masks where they are wished for. A report goes to other people: it always has them at first.
pub(super) fn copy(model: &mut Model, what: CopyWhat, masked: bool) -> Vec<Effect> {
    let wish = masked || what == CopyWhat::Report;
    let copied = Copied::next(model.copied.as_ref(), what.clone(), wish);
    let effect = match copied.masked || what == CopyWhat::Report {
        true => source(model, &copied).map(|source| Effect::CopySource(Box::new(source))),
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

/// What a lazy part writes the text of.
fn source(model: &Model, copied: &Copied<CopyWhat>) -> Option<CopySource> {
    let visitor = || Some(&model.report()?.visitor);
    Some(match &copied.what {
        CopyWhat::LookupCode => CopySource::Text(MaskContext::LookupCode, text_to_copy(model, &copied.what)?),
        CopyWhat::ShortId => CopySource::Text(MaskContext::ShortId, text_to_copy(model, &copied.what)?),
        CopyWhat::WatchLink => CopySource::Address(text_to_copy(model, &copied.what)?),
        CopyWhat::Field(field) => CopySource::Value(*field, visitor()?.field(*field).now.value()?.clone()),
        CopyWhat::Call => CopySource::Calls(model.edit.mode, model.patch().ok()??),
        CopyWhat::Report => {
            let frames = model.shown()?.frames.iter().map(|frame| frame.report.clone());
            CopySource::Report { frames: frames.collect(), at: model.now, masked: copied.masked }
        }
    })
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
