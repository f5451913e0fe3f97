//! The domain of Upscope data, without a browser, a clock or sentences for people. All of it runs natively: in tests,
//! and in any program that reads recordings.
//!
//! | module | contents |
//! |---|---|
//! | [`visitor`] | identifying values with their sources and flaws |
//! | [`edit`] | drafts, the patch of a draft, its outcome and its inverse |
//! | [`page_report`] | the reader of the probe's report, the state of the connection, the exported report |
//! | [`recording`] | recorded entries and their history: who set a value, and what was not sent |
//! | [`checks`] | one file for each mistake that a page can make, with the evidence |
//! | `expectations` | what a site must send to Upscope, and whether it did (feature `expectations`) |
//! | [`sdk_version`] | what follows from the SDK's version |
//! | [`presets`], [`suggestions`] | saved values, and values suggested while typing |
//! | [`upscope_api`] | Upscope's REST API: requests, responses, comparison with the page |
//! | [`policy`] | the organization's policy |

pub mod checks;
pub mod edit;
#[cfg(feature = "expectations")]
pub mod expectations;
pub mod host;
pub mod js_number;
pub mod js_text;
pub mod json;
pub mod json_read;
pub mod json_text;
pub mod match_pattern;
pub mod named_list;
pub mod ordered;
pub mod page_report;
pub mod policy;
pub mod presets;
pub mod recording;
pub mod sdk_version;
pub mod suggestions;
pub mod upscope_api;
pub mod visitor;

#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
