//! Warnings before a patch is sent.

use super::model::Model;
use super::parts::Mode;
use inspector_core::edit::draft::oddities;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::visitor::Field;
use inspector_core::visitor::flaw::FlawKind;
use inspector_core::visitor::integration_id::is_clearing;
use inspector_core::visitor::observed::Observed;

/// A warning before a patch is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The SDK doesn't accept calls in this state.
    NotTaken,
    /// The call will be queued for this reason.
    WillWait(Idle),
    /// The connection is down, so the call will be queued and stops the queue when the SDK reconnects.
    Down,
    /// This SDK loses metadata in a queued call.
    MetadataLost,
    /// The visitor's IDs are unknown, so only adding is safe.
    IdsUnknown,
    /// IDs of a system are cleared before others are set.
    ClearsSystem,
    /// The page changes how lists are serialized as JSON.
    ListsAsText,
    /// A text looks like a template, like a template with a missing part, or like escaped text.
    Unfinished,
    /// A number is beyond JavaScript's exact range, so the page sends another one.
    DigitsLost,
}

impl Warning {
    /// A stable name, for attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotTaken => "not-taken",
            Self::WillWait(_) => "will-wait",
            Self::Down => "down",
            Self::MetadataLost => "metadata-lost",
            Self::IdsUnknown => "ids-unknown",
            Self::ClearsSystem => "clears-system",
            Self::ListsAsText => "lists-as-text",
            Self::Unfinished => "unfinished",
            Self::DigitsLost => "digits-lost",
        }
    }
}

/// The warnings for `patch`.
pub fn warnings(model: &Model, patch: &VisitorPatch) -> Vec<Warning> {
    let Some(report) = model.report() else { return vec![] };
    let mut found = vec![];
    match &report.sdk {
        Sdk::Loaded(Link::NotConnected(idle)) => found.push(Warning::WillWait(*idle)),
        Sdk::Loaded(_) if model.is_down() => found.push(Warning::Down),
        Sdk::Loaded(_) => {}
        _ => found.push(Warning::NotTaken),
    }
    let waits = model.expects_queueing();
    if !patch.change(Field::Metadata).is_keep() && waits && model.queue_loses_metadata() {
        found.push(Warning::MetadataLost);
    }
    if model.sends_lists_as_text() && patch.fields().any(Field::is_list) {
        found.push(Warning::ListsAsText);
    }
    if model.edit.mode == Mode::Update && !patch.change(Field::IntegrationIds).is_keep() {
        found.extend(integration_warning(model, patch));
    }
    let oddities = oddities(patch);
    if oddities.iter().any(|kind| *kind != FlawKind::DigitsLost) {
        found.push(Warning::Unfinished);
    }
    if oddities.contains(&FlawKind::DigitsLost) {
        found.push(Warning::DigitsLost);
    }
    found
}

fn integration_warning(model: &Model, patch: &VisitorPatch) -> Option<Warning> {
    let sent = patch.argument();
    let clears = sent[Field::IntegrationIds.key()].as_array()?.iter().any(|id| id.as_str().is_some_and(is_clearing));
    let ids = model.report()?.visitor.field(Field::IntegrationIds);
    let known = ids.is_whole() && !matches!(ids.now, Observed::Unknown(_));
    match (known, clears) {
        (false, _) => Some(Warning::IdsUnknown),
        (true, true) => Some(Warning::ClearsSystem),
        (true, false) => None,
    }
}
