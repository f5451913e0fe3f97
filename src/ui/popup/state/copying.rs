//! Copying to the clipboard.

use super::calls::calls_text;
use super::copy_source::CopySource;
use super::event::Effect;
use super::model::Model;
use super::parts::CopyTarget;
use crate::ui::copying::CopyState;
use inspector_core::page_report::export;
use inspector_core::recording::mask::MaskContext;

/// Copies something, masked if requested. The first copy of a report is always masked, because reports are sent to
/// other people.
pub(super) fn copy(model: &mut Model, what: CopyTarget, masked: bool) -> Vec<Effect> {
    let wish = masked || what == CopyTarget::Report;
    let copied = CopyState::next(model.copied.as_ref(), what.clone(), wish);
    let effect = match copied.masked || what == CopyTarget::Report {
        true => source(model, &copied).map(|source| Effect::CopySource(Box::new(source))),
        false => text_to_copy(model, &copied.what).map(Effect::CopyText),
    };
    if effect.is_some() {
        model.copied = Some(copied);
    }
    effect.into_iter().collect()
}

fn text_to_copy(model: &Model, what: &CopyTarget) -> Option<String> {
    let report = model.report()?;
    let visitor = &report.visitor;
    match what {
        CopyTarget::LookupCode => visitor.lookup_code.code.value().cloned(),
        CopyTarget::ShortId => visitor.short_id.value().cloned(),
        CopyTarget::WatchLink => visitor.watch_link.value().cloned(),
        CopyTarget::Field(field) => visitor.field(*field).now.value().map(export::plain_text),
        CopyTarget::Call => model.patch().ok()?.map(|patch| calls_text(model.edit.mode, &patch)),
        CopyTarget::Report => None,
    }
}

/// Returns the source of a text that a lazy part writes.
fn source(model: &Model, copied: &CopyState<CopyTarget>) -> Option<CopySource> {
    let visitor = || Some(&model.report()?.visitor);
    Some(match &copied.what {
        CopyTarget::LookupCode => CopySource::Text(MaskContext::LookupCode, text_to_copy(model, &copied.what)?),
        CopyTarget::ShortId => CopySource::Text(MaskContext::ShortId, text_to_copy(model, &copied.what)?),
        CopyTarget::WatchLink => CopySource::Address(text_to_copy(model, &copied.what)?),
        CopyTarget::Field(field) => CopySource::Value(*field, visitor()?.field(*field).now.value()?.clone()),
        CopyTarget::Call => CopySource::Calls(model.edit.mode, model.patch().ok()??),
        CopyTarget::Report => {
            let frames = model.page()?.frames.iter().map(|frame| frame.report.clone());
            CopySource::Report { frames: frames.collect(), at: model.now, masked: copied.masked }
        }
    })
}
