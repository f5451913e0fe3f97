//! Two SDKs, versions or public keys on one page.
//!
//! Why it matters: only the first is used; what was meant for the other account never gets there.
//!
//! Rule: *ran* in 2.2.119: a second load is ignored with a warning.
//!
//! Example:
//!
//! ```html
//! <script src="https://code.upscope.io/demoAcme01.js"></script>
//! <script src="https://code.upscope.io/otherKey02.js"></script> <!-- ignored -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::domain::timeline::entry::SdkMoment;
use crate::domain::timeline::story::Mark;

pub static CHECK: Check = Check { id: "two-sdks", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        for texts in [&doc.marks.versions, &doc.marks.keys] {
            for Mark { entry, value, .. } in texts.iter().skip(1) {
                findings.add(About::name(value), Evidence::Entry(*entry));
            }
        }
        for second in doc.marks.snippets.iter().filter(|mark| mark.value == SdkMoment::Second) {
            findings.add(About::default(), Evidence::Entry(second.entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    #[test]
    fn another_version_or_key_is_named() {
        let mut tab = Tab::connected(json!({}));
        tab.version("2.2.119");
        assert_eq!(found(&CHECK, &tab), []);
        tab.version("2026.3.2").account(json!({"apiKey": "OTHER"})).snippet(SdkMoment::Second);
        let names: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.name).collect();
        assert_eq!(names, [Some("2026.3.2".into()), Some("OTHER".into()), None]);
    }
}
