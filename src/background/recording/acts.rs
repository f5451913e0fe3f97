//! The acts of the inspector, added to the recording of their document.

use super::super::lock::lock;
use super::store;
use crate::protocol::message::Target;

/// Adds an entry for the act `id` before it begins.
pub async fn begin(target: &Target, id: u64, ask: &str) -> Result<(), String> {
    write(target, id, ask, "null").await
}

/// Adds an entry for the result: only whether there was a reply, because the page's text must not be part of the
/// extension's own entries.
pub async fn finish(target: &Target, id: u64, ask: &str, done: bool) -> Result<(), String> {
    write(target, id, ask, if done { r#"{"done":true}"# } else { r#"{"done":false}"# }).await
}

/// The page's entry numbers define the order, independent of the browser's clock.
async fn write(target: &Target, id: u64, ask: &str, reply: &str) -> Result<(), String> {
    let Some(document) = &target.document_id else { return Ok(()) };
    let text = |next: f64| {
        let after = next as u64;
        format!(r#"{{"k":"own","n":{id},"t":0,"after":{after},"ask":{ask},"reply":{reply}}}"#)
    };
    let _lock = lock().await;
    store::add_own(target.tab, document, text).await
}
