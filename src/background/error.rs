//! Why the background did not do what it was asked.

use crate::webext::BrowserError;
use inspector_core::recording::storage::HELD;
use thiserror::Error;
use wasm_bindgen::JsValue;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackgroundError {
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// A message that is no request; says what is wrong with it.
    #[error("not a request: {0}")]
    NotARequest(String),
    #[error("no permission for this site")]
    NoPermission,
    /// The organization has not allowed the site: known to the pages by this word.
    #[error("{HELD}")]
    Held,
    #[error("a batch from no tab")]
    NoTab,
    #[error("a batch without entries")]
    NoEntries,
    #[error("not a batch")]
    NotABatch,
    #[error("a batch from nobody")]
    NoSender,
    /// A value of ours could not be written as JavaScript or JSON.
    #[error("not written: {0}")]
    NotWritten(String),
}

/// For the scripts that the programs are called from.
impl From<BackgroundError> for JsValue {
    fn from(error: BackgroundError) -> Self {
        error.to_string().into()
    }
}
