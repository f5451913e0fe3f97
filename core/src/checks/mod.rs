//! Findings: mistakes in how a page uses Upscope, with evidence, and a fix if possible.
//!
//! Each check is one file. Its doc comment has a title, why it matters, the rule, the fix, and its false positives.
//! `docs/checks.md` and a page in `docs/checks` are generated from it. Its tests are at the end of the file. To add a
//! check, copy this template:
//!
//! ```text
//! //! Title of the check, as a noun phrase.
//! //!
//! //! Why it matters: What goes wrong for the visitor or the agent.
//! //!
//! //! Rule: Its source (documentation page, vendor, test, SDK code) and the SDK versions.
//! //!
//! //! Fix: The edit or the code. Omit the paragraph if there is none.
//! //!
//! //! False positive if: correct behavior that looks the same, and what removes the finding.
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
//! Then add the file to the modules and to `CHECKS`, which is the order of findings with the same severity.

mod by_time;
mod facts;
mod finding;
mod fix;
mod flawed;
mod patience;
pub mod verdict;

pub mod dead_queue;
pub mod empty_member;
pub mod escaped_text;
pub mod forced_connection;
pub mod framed;
pub mod hanging_update;
pub mod init_late;
pub mod init_missing;
pub mod init_not_first;
pub mod init_repeated;
pub mod integration_ids_growing;
pub mod integration_pattern;
pub mod live_chat_replaced;
pub mod logout_leftovers;
pub mod lost_waiting;
pub mod metadata_not_flat;
pub mod metadata_only_init;
pub mod metadata_too_large;
pub mod nested_call;
pub mod no_public_key;
pub mod overwritten;
pub mod padded_text;
pub mod placeholder;
pub mod prototype_js;
pub mod reset_same_tick;
pub mod script_blocked;
pub mod script_failed;
pub mod sdk_never_came;
pub mod server_complaint;
pub mod settings_override;
pub mod silent_logout;
pub mod snippet_missing;
pub mod snippet_twice;
pub mod stopped_by_server;
pub mod tag_pattern;
pub mod template;
pub mod testing_key;
pub mod two_sdks;
pub mod undefined_overwrites;
pub mod unique_id_changed;
pub mod unknown_function;
pub mod waiting_reset;
pub mod wrong_type;

pub use facts::{Facts, ProvidedValue, ReportFacts, SiteVisitor, WaitingCall};
pub use finding::{About, Checked, Evidence, Finding, Findings, Fix, Omission, ReportPart, Severity};

/// A check.
pub struct Check {
    /// A stable ID, used in exports, in message keys and as `data-check`.
    pub id: &'static str,
    pub severity: Severity,
    run: fn(&Facts, &mut Findings),
}

/// All checks, in the order of findings with the same severity.
pub static CHECKS: &[&Check] = &[
    &script_blocked::CHECK,
    &script_failed::CHECK,
    &sdk_never_came::CHECK,
    &snippet_missing::CHECK,
    &snippet_twice::CHECK,
    &prototype_js::CHECK,
    &framed::CHECK,
    &no_public_key::CHECK,
    &init_missing::CHECK,
    &init_not_first::CHECK,
    &init_repeated::CHECK,
    &init_late::CHECK,
    &template::CHECK,
    &placeholder::CHECK,
    &escaped_text::CHECK,
    &padded_text::CHECK,
    &wrong_type::CHECK,
    &empty_member::CHECK,
    &tag_pattern::CHECK,
    &integration_pattern::CHECK,
    &metadata_not_flat::CHECK,
    &metadata_too_large::CHECK,
    &two_sdks::CHECK,
    &server_complaint::CHECK,
    &stopped_by_server::CHECK,
    &testing_key::CHECK,
    &reset_same_tick::CHECK,
    &lost_waiting::CHECK,
    &hanging_update::CHECK,
    &nested_call::CHECK,
    &dead_queue::CHECK,
    &metadata_only_init::CHECK,
    &waiting_reset::CHECK,
    &unique_id_changed::CHECK,
    &silent_logout::CHECK,
    &logout_leftovers::CHECK,
    &integration_ids_growing::CHECK,
    &live_chat_replaced::CHECK,
    &undefined_overwrites::CHECK,
    &forced_connection::CHECK,
    &unknown_function::CHECK,
    &overwritten::CHECK,
    &settings_override::CHECK,
];

/// Runs all checks. Returns the most severe findings first.
pub fn check(facts: &Facts) -> Vec<Finding> {
    check_all(facts).findings
}

/// Runs all checks like [`check`], and also returns the checks of which some findings or evidence are omitted.
pub fn check_all(facts: &Facts) -> Checked {
    let mut findings = Findings::default();
    for check in CHECKS {
        findings.begin(check);
        (check.run)(facts, &mut findings);
    }
    findings.finish()
}

#[cfg(test)]
mod fixture;
