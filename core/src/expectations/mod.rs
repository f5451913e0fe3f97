//! What a site must send to Upscope: a file of expectations, and a verdict on each from a recording.
//!
//! [`stored`] is the list of expectations that a person has saved. [`read`] reads the file, JSON or TOML. [`judge`]
//! compares it with a [`Recorded`] tab, the replay that the extension shows. Only recorded facts lead to
//! [`Verdict::NotMet`]. If something is missing, cut or masked, the verdict is [`Verdict::CannotBeKnown`].
//! `docs/expectations.md` describes the file for its authors.

mod field;
mod file;
mod judge;
mod limited;
mod literal;
mod masked;
mod matcher;
mod page;
mod page_pattern;
mod parts;
mod read;
mod recorded;
mod sdk_version;
mod seen;
pub mod stored;
mod text_pattern;
mod times;
mod truth;
mod verdict;
mod visit;

pub use field::{Count, FieldExpectation, FlawName, KeyExpectation, Setter, ValueType};
pub use file::{Expectation, Expectations, Expected, MAX_EXPECTATIONS, SCHEMA, Trigger, When};
pub use judge::judge;
pub use limited::{List, MAX_ITEMS, Name, Seconds};
pub use literal::Literal;
pub use page_pattern::PagePattern;
pub use parts::{CallsExpectation, FindingsExpectation, SdkExpectation};
pub use read::{Format, MAX_FILE, NotExpectations, read};
pub use recorded::{IN_TRANSIT, Recorded, recorded_until};
pub use sdk_version::SdkVersion;
pub use seen::{can_expect_seen, expect_seen, page_url};
pub use text_pattern::TextPattern;
pub use verdict::{Awaited, Judged, Outcome, Reason, Requirement, Subject, Verdict, VisitVerdict, outcome_in};

#[cfg(test)]
mod tests;
