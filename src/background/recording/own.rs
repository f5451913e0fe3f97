//! What the person does with the inspector, written into the recording of the document it was done to.

use super::super::error::BackgroundError;
use super::super::turn::turn;
use super::store;
use crate::messages::DocumentTarget;

/// Writes down that the command `id` begins.
pub async fn begin(target: &DocumentTarget, id: u64, command: &str) -> Result<(), BackgroundError> {
    write(target, id, command, "null").await
}

/// Writes down what came of it. Of the page's reply only that there is one: a page's text may not stand in our entry.
pub async fn finish(target: &DocumentTarget, id: u64, command: &str, done: bool) -> Result<(), BackgroundError> {
    write(target, id, command, if done { r#"{"done":true}"# } else { r#"{"done":false}"# }).await
}

/// The page's entry numbers give the command its place. The browser's clock is not compared.
async fn write(target: &DocumentTarget, id: u64, command: &str, reply: &str) -> Result<(), BackgroundError> {
    let Some(document) = &target.document_id else { return Ok(()) };
    let text = |next: f64| {
        let after = next as u64;
        format!(r#"{{"k":"own","n":{id},"t":0,"after":{after},"ask":{command},"reply":{reply}}}"#)
    };
    let _turn = turn().await;
    store::add_own(target.tab, document, text).await
}
