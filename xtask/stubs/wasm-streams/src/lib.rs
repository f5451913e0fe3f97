//! Stands in for the crate `wasm-streams`, put in its place by `[patch.crates-io]` in the workspace's `Cargo.toml`.
//!
//! Leptos always brings its server functions along, and they stream by that crate. Nothing here calls them, but the real
//! crate *exports* functions to JavaScript, which no linker may drop: with the executor they use they weighed 5 KB gzip
//! in each of our two programs. This holds what the server functions need to compile; it is never called.

use futures_util::stream::{Pending, Stream, pending};
use wasm_bindgen::JsValue;

pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        unimplemented!("nothing here streams")
    }

    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream that never has an item.
    pub fn into_stream(self) -> Pending<Result<JsValue, JsValue>> {
        pending()
    }
}
