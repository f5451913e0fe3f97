//! Testing key of another account.
//!
//! Why it matters: What this browser shows may differ from what other visitors get.
//!
//! Rule: Read in the SDK's code: `localStorage.upscopeTestingKey` makes the browser load another key's script. Only the
//! current page shows it, not a recording.
//!
//! Fix: The line that removes it, for the page's console.
//!
//! False positive if: the person who inspects the page set it. Therefore, this is a note.
//!
//! Example:
//!
//! ```js
//! localStorage.upscopeTestingKey = 'staging:otherKey02'; // still stored after a test
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity, fix};

pub static CHECK: Check = Check { id: "testing-key", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    if let Some(key) = facts.report.and_then(|report| report.testing_key) {
        findings.add_with(About::name(key), Evidence::Report(ReportPart::Settings), || {
            fix::code("localStorage.removeItem('upscopeTestingKey');")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::ReportFixture;
    use serde_json::json;

    #[test]
    fn a_page_report_shows_it() {
        let report = ReportFixture { testing_key: Some("staging:K2".into()), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK)[0].about.name.as_deref(), Some("staging:K2"));
        assert_eq!(ReportFixture::new(json!({})).found(&CHECK), []);
    }
}
