//! Tag that doesn't match its pattern.
//!
//! Why it matters: An agent who searches or filters by tag may not find this visitor.
//!
//! Rule: Documentation page "Identifying the Visitor": each tag matches `/^#[A-Z-]+$/`. Other vendor pages are less
//! strict.
//!
//! Fix: The tag with one `#`, in uppercase, and with hyphens for spaces, underscores, dots, and slashes, if that
//! matches the pattern.
//!
//! False positive if: the account uses tags that other vendor pages allow, in lowercase or with digits. The
//! documentation page is the contract.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { tags: ['high value'] }); // correct: '#HIGH-VALUE'
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "tag-pattern", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| flaw.kind == FlawKind::TagPattern);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn a_near_miss_is_repaired_with_its_neighbours_kept() {
        let tab = Tab::connected(json!({"tags": ["#VIP", "high value"]}));
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 1);
        let fix = findings[0].fix.clone().unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"tags": ["#VIP", "#HIGH-VALUE"]}));
        assert!(fix.code.unwrap().contains("'#HIGH-VALUE'"));
    }

    #[test]
    fn a_repeated_tag_is_one_finding() {
        let mut tab = Tab::connected(json!({"tags": ["#vip"]}));
        tab.call("updateConnection", json!([{"tags": ["#vip", "#level2"]}]));
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.iter().map(|finding| finding.count).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(findings[1].fix, None);
    }

    #[test]
    fn a_page_report_is_sufficient() {
        assert_eq!(ReportFixture::new(json!({"tags": ["#vip"]})).found(&CHECK).len(), 1);
        assert_eq!(ReportFixture::new(json!({"tags": ["#VIP"]})).found(&CHECK).len(), 0);
    }
}
