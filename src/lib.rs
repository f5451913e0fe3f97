//! The Upscope visitor inspector: who does Upscope think the visitor of this page is, and how to put it right.
//!
//! What Upscope data means is in the crate [`inspector_core`], which every module may use.
//!
//! | module | holds | may use |
//! |---|---|---|
//! | [`protocol`] | messages between popup and background; stored formats | nothing of ours |
//! | [`restriction`] | why a page cannot be inspected | `protocol` |
//! | [`retry`] | when a request to Upscope's API is sent again | nothing of ours |
//! | [`i18n`] | the messages, by Rust names | nothing of ours |
//! | [`lazy`] | functions in parts of a program that are loaded when they are first called | nothing of ours |
//! | [`webext`] | the WebExtensions API, typed; the only `extern "C"` | nothing of ours |
//! | [`managed`] | reading what the organization has set | `webext` |
//! | [`stored_recordings`] | reading the recordings that the background stores | `webext`, `protocol` |
//! | [`background`] | performs what the pages ask; every touch of a page; toolbar button and API client | all above |
//! | [`ui`] | every page of the extension, a folder for each feature | all above, but never `background` |
//!
//! `protocol`, `restriction`, `retry` and the `state` of each feature in `ui` use no browser and are tested natively. The others exist
//! only with the features `popup` and `background`. `ARCHITECTURE.md` follows a click through all of them.

#[cfg(feature = "background")]
pub mod background;
pub mod i18n;
#[cfg(feature = "wasm")]
pub mod lazy;
#[cfg(feature = "wasm")]
pub mod managed;
pub mod protocol;
pub mod restriction;
pub mod retry;
#[cfg(feature = "wasm")]
pub mod stored_recordings;
pub mod ui;
#[cfg(feature = "wasm")]
pub mod webext;
