//! Another key's code is loaded for testing.
//!
//! Why it matters: this browser does not show what other visitors get.
//!
//! Rule: `localStorage.upscopeTestingKey` (*seen*).
//!
//! Repair: the line that ends it, for the page's console.
//!
//! Wrong when: the person who looks set it a moment ago; that is why this is a note.
//!
//! Example:
//!
//! ```js
//! localStorage.upscopeTestingKey = 'otherKey02'; // left there by somebody who tested
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity, fix};

pub static CHECK: Check = Check { id: "testing-key", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    if let Some(key) = facts.look.and_then(|look| look.testing_key) {
        findings.add_with(About::name(key), Evidence::Look(Seen::Settings), || {
            fix::code("localStorage.removeItem('upscopeTestingKey');")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Looked;
    use serde_json::json;

    #[test]
    fn a_page_report_shows_it() {
        let look = Looked { testing_key: Some("staging:K2".into()), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK)[0].about.name.as_deref(), Some("staging:K2"));
        assert_eq!(Looked::new(json!({})).found(&CHECK), []);
    }
}
