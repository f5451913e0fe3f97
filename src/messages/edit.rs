//! What the popup stores about an edit: with a command that is performed, and in drafts.

use inspector_core::edit::draft::Draft;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;
use serde::{Deserialize, Serialize};

/// An edit that is not applied yet.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct EditInput {
    /// Whether it identifies a new visitor instead of changing the one shown.
    pub switch: bool,
    pub draft: Draft,
    /// The lookup code being chosen.
    pub code: Option<String>,
}

/// The kinds of edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EditKind {
    Update,
    Undo,
    Reset,
    /// Logging out without reconnecting.
    ResetAndStay,
    Switch,
    AskCode,
    SetCode,
}

impl EditKind {
    /// Whether it sends the draft. The draft is then deleted.
    pub fn uses_draft(self) -> bool {
        matches!(self, Self::Update | Self::Switch)
    }
}

/// What the popup needs to show the result of a command, and to undo it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PendingEdit {
    pub kind: EditKind,
    /// What was sent, for `Update`, `Undo` and `Switch`.
    pub sent: Option<VisitorPatch>,
    /// The patch that undoes it.
    pub undo: Option<VisitorPatch>,
    /// Fields that can't be undone, because their earlier value is unknown.
    pub no_undo: Vec<Field>,
    /// The visitor's short ID before the command.
    pub short_id: Option<String>,
    /// The chosen lookup code, for `SetCode`.
    pub code: Option<String>,
    /// Whether metadata is lost if the call waits (see `Model::queue_loses_metadata`).
    pub loses_metadata: bool,
    /// The edit that the command sends. It is deleted once the call is made.
    pub draft: Option<Box<EditInput>>,
}
