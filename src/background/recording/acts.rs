//! The acts of the inspector, added to the recording of their document.

use super::super::error::BackgroundError;
use super::super::lock::lock;
use super::store;
use crate::messages::DocumentTarget;

/// Adds an entry for the command `id` before it begins.
pub async fn begin(target: &DocumentTarget, id: u64, command: &str) -> Result<(), BackgroundError> {
    write(target, id, command, "null").await
}

/// Adds an entry for the result: only whether there was a reply, because the page's text must not be part of the
/// extension's own entries.
pub async fn finish(target: &DocumentTarget, id: u64, command: &str, done: bool) -> Result<(), BackgroundError> {
    write(target, id, command, if done { r#"{"done":true}"# } else { r#"{"done":false}"# }).await
}

/// The page's entry numbers define the order, independent of the browser's clock.
async fn write(target: &DocumentTarget, id: u64, command: &str, reply: &str) -> Result<(), BackgroundError> {
    let Some(document) = &target.document_id else { return Ok(()) };
    let text = |next: f64| {
        let after = next as u64;
        format!(r#"{{"k":"own","n":{id},"t":0,"after":{after},"ask":{command},"reply":{reply}}}"#)
    };
    let _lock = lock().await;
    store::add_own(target.tab, document, text).await
}
