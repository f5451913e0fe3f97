//! Findings: mistakes in how a page uses Upscope, with evidence, and a repair if possible.
//!
//! Each check is one file. Its doc comment has a title, why it matters, the rule, the repair and when it is wrong;
//! `docs/checks.md` and a page in `docs/checks` are generated from it. Its tests are at the end of the file. To add a
//! check, copy this template:
//!
//! ```text
//! //! Title of the check, as a noun phrase.
//! //!
//! //! Why it matters: what goes wrong for the visitor or the agent.
//! //!
//! //! Rule: its source (documentation page, vendor, seen) and the SDK versions.
//! //!
//! //! Repair: the edit or the code; omit the paragraph if there is none.
//! //!
//! //! Wrong when: correct behavior that looks the same, and what removes the finding.
//! //!
//! //! Example:
//! //!
//! //! (a fenced block of code with the mistake)
//!
//! use super::{About, Check, Evidence, Facts, Findings, Severity};
//!
//! pub static CHECK: Check = Check { id: "kebab-case-of-the-file", severity: Severity::Warning, run };
//!
//! fn run(facts: &Facts, findings: &mut Findings) {
//!     for doc in facts.docs() {
//!         // Check `doc`, and `facts.report` if the report alone is sufficient evidence.
//!         // The absence of an entry is evidence only if `doc.complete`.
//!         findings.add(About::default(), Evidence::Entry(entry));
//!     }
//! }
//! ```
//!
//! Then add the file to the list below, which is the order of findings with the same severity.

mod facts;
mod finding;
mod fix;
mod flawed;
pub mod verdict;

pub use facts::{Facts, ProvidedValue, ReportFacts, WaitingCall};
pub use finding::{About, Evidence, Finding, Findings, Fix, ReportPart, Severity};

/// A check.
pub struct Check {
    /// A stable ID, used in exports, in message keys and as `data-check`.
    pub id: &'static str,
    pub severity: Severity,
    run: fn(&Facts, &mut Findings),
}

macro_rules! checks {
    ($($name:ident)*) => {
        $(pub mod $name;)*
        /// All checks.
        pub static CHECKS: &[&Check] = &[$(&$name::CHECK),*];
    };
}

checks! {
    script_blocked
    script_failed
    sdk_never_came
    snippet_missing
    snippet_twice
    prototype_js
    framed
    no_public_key
    init_missing
    init_not_first
    init_repeated
    init_late
    template
    placeholder
    escaped_text
    padded_text
    wrong_type
    empty_member
    tag_pattern
    integration_pattern
    metadata_not_flat
    metadata_too_large
    two_sdks
    server_complaint
    stopped_by_server
    testing_key
    reset_same_tick
    lost_waiting
    hanging_update
    nested_call
    dead_queue
    metadata_only_init
    waiting_reset
    unique_id_changed
    silent_logout
    logout_leftovers
    integration_ids_growing
    live_chat_replaced
    undefined_overwrites
    forced_connection
    unknown_function
    overwritten
    settings_override
}

/// Runs all checks. Returns the most severe findings first.
pub fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Findings::default();
    for check in CHECKS {
        findings.begin(check);
        (check.run)(facts, &mut findings);
    }
    findings.finish()
}

#[cfg(test)]
mod fixture;
