//! The parts of the model, the events and the effects: data alone.

use crate::ui::recording::state::View as RecordedView;
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::visitor::Field;

/// What applying the draft does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// Changes the shown visitor.
    #[default]
    Update,
    /// Logs the visitor out and identifies a new one.
    Switch,
}

/// An open dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    LogOut { reconnect: bool },
    AskCode,
    SetCode,
}

/// Something that a person can copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyTarget {
    LookupCode,
    ShortId,
    WatchLink,
    Field(Field),
    /// The JavaScript of the draft's call.
    Call,
    /// The report as JSON.
    Report,
}

/// The panel below the popup's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Panel {
    #[default]
    Visitor,
    Recorded(RecordedView),
}

/// The progress of a request to watch the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum WatchProgress {
    #[default]
    Idle,
    Starting,
    Failed(WatchError),
}

/// Why no tab was opened that watches the visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchError {
    /// The lazy part for the server's view couldn't be loaded.
    NotLoaded,
    Api(ApiProblem),
}

/// The result of the shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortcutResult {
    /// The browser hasn't answered yet.
    Pending,
    Copied,
    /// The browser requires a click in the popup.
    NeedsClick,
    /// There is no code to copy.
    NoCode(NoCode),
}

/// Why there is no code to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCode {
    /// There is no visitor to show. The view shows why.
    NoVisitor,
    /// No code is known.
    NotKnown,
    /// The code has expired.
    Expired,
    /// The page shows something other than a code.
    NotACode,
}
