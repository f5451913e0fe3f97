//! What the person does with the inspector, written into the recording of the document it was done to.

use super::store;
use super::turn::turn;
use crate::protocol::message::Target;

/// Writes down that an act begins; `at` is when, in milliseconds since the epoch, and the name of the entry.
pub async fn begin(target: &Target, at: i64, ask: &str) {
    write(target, at, ask, "null").await;
}

/// Writes down what came of it. Of the page's reply only that there is one: a page's text may not stand in our entry.
pub async fn finish(target: &Target, at: i64, ask: &str, done: bool) {
    write(target, at, ask, if done { r#"{"done":true}"# } else { r#"{"done":false}"# }).await;
}

async fn write(target: &Target, at: i64, ask: &str, reply: &str) {
    let Some(document) = &target.document_id else { return };
    let text = |origin: f64| {
        let t = (at - origin as i64).max(0);
        format!(r#"{{"k":"own","n":{at},"t":{t},"ask":{ask},"reply":{reply}}}"#)
    };
    let _turn = turn().await;
    // A recording that cannot be written must not keep an act from being done.
    let _ = store::add_own(target.tab, document, text).await;
}
