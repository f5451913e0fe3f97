//! Errors of the browser, as plain data: the states of the pages carry them.

use thiserror::Error;

/// Why a browser API failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BrowserError {
    /// A storage is full. Both browsers mention the quota in the error (*seen*).
    #[error("{0}")]
    Full(String),
    /// Any other rejection or exception, with the browser's text.
    #[error("{0}")]
    Rejected(String),
    /// The web lock was refused, so nothing was done.
    #[error("no lock")]
    NoLock,
    /// There is no document.
    #[error("no document")]
    NoDocument,
}

/// Why a chosen file wasn't read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than any file of its kind.
    TooLarge,
    Browser(BrowserError),
}

impl From<BrowserError> for FileError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

/// Why a value isn't converted to or from JavaScript, with the converter's text: it names what doesn't match.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct WireError(pub String);
