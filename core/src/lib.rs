//! What Upscope data means. No browser, no clock and no sentences for people, so that all of it runs natively: in tests, and in
//! any program that reads recordings.
//!
//! | module | holds |
//! |---|---|
//! | [`visitor`] | the identifying values, where each was read, and what is wrong with it |
//! | [`edit`] | drafts, the patch a draft makes, what became of it, and its inverse |
//! | [`page_report`] | the total reader of the probe's text, the state of the connection, the copied report |
//! | [`recording`] | recorded entries and the history derived from them: who set what, and what was not sent |
//! | [`checks`] | one rule a file: what a page does wrong, with the evidence |
//! | `expectations` | what a site must tell Upscope, and whether it did (feature `expectations`) |
//! | [`presets`], [`suggestions`] | values that a person keeps, and values offered while typing |
//! | [`upscope_api`] | Upscope's REST API: requests, answers, comparison with the page |
//! | [`policy`] | what an administrator allows |

pub mod checks;
pub mod edit;
#[cfg(feature = "expectations")]
pub mod expectations;
pub mod host;
pub mod js_text;
pub mod json_read;
pub mod json_text;
pub mod match_pattern;
pub mod ordered;
pub mod page_report;
pub mod policy;
pub mod presets;
pub mod recording;
pub mod suggestions;
pub mod upscope_api;
pub mod visitor;

#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
