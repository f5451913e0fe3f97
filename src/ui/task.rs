//! Background tasks.

use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

/// Runs a task. One type for all, so that the executor is compiled once.
pub fn run(task: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(task);
}
