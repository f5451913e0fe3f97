//! The Upscope visitor inspector shows which visitor Upscope identifies on a page, and edits the identifying data.
//!
//! The crate [`inspector_core`] defines what Upscope data means. Every module may use it.
//!
//! | module | contents | may use |
//! |---|---|---|
//! | [`errors`] | errors of the browser, as plain data | no other module |
//! | [`messages`] | messages between the pages and the background | no other module |
//! | [`storage_format`] | formats of what is stored | `messages` |
//! | [`restriction`] | why a page can't be inspected | `messages` |
//! | [`retry`] | when a request to Upscope's API is repeated | no other module |
//! | [`i18n`] | the messages, by Rust names | no other module |
//! | [`lazy`] | functions in parts of a program that are loaded on the first call | no other module |
//! | [`webext`] | the WebExtensions API, typed; the only `extern "C"` but that of `i18n` | `errors` |
//! | [`managed`] | reads the organization's policy | `webext` |
//! | [`stored_recordings`] | reads the recordings that the background stores | `errors`, `webext`, `storage_format` |
//! | [`background`] | performs the requests of the pages; every access to a page; toolbar button and API client | all above |
//! | [`ui`] | every page of the extension, a folder for each feature | all above except `background`, `restriction`, and `retry` |
//!
//! `errors`, `messages`, `storage_format`, `restriction`, `retry` and the `state` of each feature in `ui` use no browser and are
//! tested natively. The other modules exist only with the features `popup` and `background`. `ARCHITECTURE.md` follows
//! a click through all of them.

#[cfg(feature = "background")]
pub mod background;
pub mod errors;
pub mod i18n;
#[cfg(feature = "wasm")]
pub mod lazy;
#[cfg(feature = "wasm")]
pub mod managed;
pub mod messages;
pub mod restriction;
pub mod retry;
pub mod storage_format;
#[cfg(feature = "wasm")]
pub mod stored_recordings;
pub mod ui;
#[cfg(feature = "wasm")]
pub mod webext;
