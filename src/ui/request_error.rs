//! Why a request to the background failed.

use crate::errors::{BrowserError, WireError};
use crate::messages::RecordingProblem;
use thiserror::Error;

/// Why a request has no usable reply.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    #[error("no answer in time")]
    Timeout,
    /// The browser didn't deliver the request or the reply.
    #[error(transparent)]
    Unreachable(BrowserError),
    /// The request couldn't be converted to a message.
    #[error(transparent)]
    NotWritten(WireError),
    /// The reply isn't one of this build.
    #[error(transparent)]
    NotUnderstood(WireError),
    /// The reply belongs to another kind of request.
    #[error("the reply is of another kind")]
    OtherReply,
    /// An error in the background itself, with its text.
    #[error("{0}")]
    Failed(String),
}

/// Why an action on recordings failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordingError {
    #[error(transparent)]
    Browser(#[from] BrowserError),
    #[error(transparent)]
    Refused(#[from] RecordingProblem),
    #[error(transparent)]
    NoReply(#[from] RequestError),
}
