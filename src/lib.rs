//! The Upscope visitor inspector: who does Upscope think the visitor of this page is, and how to put it right.
//!
//! What Upscope data means is in the crate [`inspector_core`], which every module may use.
//!
//! | module | holds | may use |
//! |---|---|---|
//! | [`protocol`] | messages between popup and background; stored formats | nothing of ours |
//! | [`app`] | states, events and `update` functions | `protocol` |
//! | [`browser`] | the WebExtensions API, typed; the only `extern "C"` | nothing of ours |
//! | [`background`] | performs what the popup asks; every touch of a page; badge and API client | `browser`, `recordings`, `app`, `protocol` |
//! | [`i18n`] | the messages, by Rust names | nothing of ours |
//! | [`lazy`] | functions in parts of a program that are loaded when they are first called | nothing of ours |
//! | [`ui`] | the popup: components, views, words | the same, but never `background` |
//! | [`recorded`] | what was recorded, in Leptos: timeline, checks, provenance; lazy parts of the popup's program | the same, and `ui` |
//! | [`account`] | the server's view, in Leptos: options, search, comparison; lazy parts of the popup's program | the same, and `ui` |
//! | [`managed`] | reading what the organisation has set | `browser` |
//! | [`recordings`] | reading the recordings that are kept | `browser`, `protocol` |
//!
//! `protocol` and `app` are free of any browser and are tested natively; the others exist only
//! with the features `popup` and `background`. `ARCHITECTURE.md` follows a click through all of them.

#[cfg(feature = "popup")]
pub mod account;
pub mod app;
#[cfg(feature = "background")]
pub mod background;
#[cfg(feature = "wasm")]
pub mod webext;
pub mod i18n;
#[cfg(feature = "wasm")]
pub mod lazy;
#[cfg(feature = "wasm")]
pub mod managed;
pub mod protocol;
#[cfg(feature = "popup")]
pub mod recorded;
#[cfg(feature = "wasm")]
pub mod stored_recordings;
pub mod ui;
