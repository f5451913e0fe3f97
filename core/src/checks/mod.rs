//! Findings: what is wrong with how a page uses Upscope, with the evidence, and a repair where there is one.
//!
//! One check is one file: what it says to people stands in its doc comment (title, why it matters, rule, repair), from
//! which `docs/checks.md` and its page in `docs/checks` are made; its tests stand at its foot. To add the next one, copy this skeleton:
//!
//! ```text
//! //! Title of the check, as a noun phrase.
//! //!
//! //! Why it matters: what goes wrong for the visitor or the agent.
//! //!
//! //! Rule: where it is from (documentation page, vendor, seen) and in which SDK versions.
//! //!
//! //! Repair: the edit or the code it offers; leave the paragraph out when there is none.
//! //!
//! //! Wrong when: what an innocent page may do that looks the same, and what proves that it is innocent.
//! //!
//! //! Example:
//! //!
//! //! (a fenced block of code that it finds fault with)
//!
//! use super::{About, Check, Evidence, Facts, Findings, Severity};
//!
//! pub static CHECK: Check = Check { id: "kebab-case-of-the-file", severity: Severity::Warning, run };
//!
//! fn run(facts: &Facts, findings: &mut Findings) {
//!     for doc in facts.docs() {
//!         // Judge `doc`, and `facts.look()` where a mere look at the page is evidence enough.
//!         // What was not seen counts only where `doc.complete`.
//!         findings.add(About::default(), Evidence::Entry(entry));
//!     }
//! }
//! ```
//!
//! and name the file in the list below, which is the order in which findings of one severity are shown.

mod facts;
mod finding;
mod fix;
mod flawed;
pub mod verdict;

pub use facts::{Facts, Look, ProvidedValue, WaitingCall};
pub use finding::{About, Evidence, Finding, Findings, Fix, Seen, Severity};

/// One check.
pub struct Check {
    /// Stable and unique: in exports, in the interface's texts and as `data-check`.
    pub id: &'static str,
    pub severity: Severity,
    run: fn(&Facts, &mut Findings),
}

macro_rules! checks {
    ($($name:ident)*) => {
        $(pub mod $name;)*
        /// Every check.
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

/// Everything that is wrong, the gravest first.
pub fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Findings::default();
    for check in CHECKS {
        findings.of(check);
        (check.run)(facts, &mut findings);
    }
    findings.finish()
}

#[cfg(test)]
mod fixture;
