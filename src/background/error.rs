//! The errors of the background.

use crate::errors::{BrowserError, WireError};
use crate::lazy::NotLoaded;
use crate::messages::RecordingProblem;
use thiserror::Error;
use wasm_bindgen::JsValue;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackgroundError {
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// The message isn't a request.
    #[error("not a request: {0}")]
    NotARequest(#[source] WireError),
    #[error("a part of the background was not loaded")]
    NotLoaded,
    #[error(transparent)]
    Recording(#[from] RecordingProblem),
    #[error("a batch from no tab")]
    NoTab,
    #[error("a batch without entries")]
    NoEntries,
    #[error("not a batch")]
    NotABatch,
    #[error("a batch from nobody")]
    NoSender,
    /// A value couldn't be serialized.
    #[error("not written: {0}")]
    NotWritten(#[source] WireError),
}

impl From<NotLoaded> for BackgroundError {
    fn from(NotLoaded: NotLoaded) -> Self {
        Self::NotLoaded
    }
}

/// For the scripts that call the programs.
impl From<BackgroundError> for JsValue {
    fn from(error: BackgroundError) -> Self {
        error.to_string().into()
    }
}
