//! Text that was escaped once too often.
//!
//! Why it matters: agents see `O&#039;Brien` instead of `O'Brien`, and searching by the real name finds nobody.
//!
//! Rule: a template escaped the value for HTML inside a script, or wrote it as JSON inside quotes; the SDK sends it as it is
//! (*seen*). In metadata, which may hold sentences, only entities of HTML count.
//!
//! Repair: the decoded text.
//!
//! Wrong when: a visitor is really called by a name in quotes or with an entity in it. A text with an element of HTML in it is
//! left alone, and so is a backslash before a letter, as in a Windows account.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { identities: ['O&#039;Brien'], uniqueId: '"cust-1042"' });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "escaped-text", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| flaw.kind == FlawKind::Escaped);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_decoded_text_is_offered() {
        let tab = Tab::connected(json!({"uniqueId": "&quot;cust-1042&quot;", "identities": ["Ada", "O&#039;Brien"]}));
        let edits: Vec<_> =
            found(&CHECK, &tab).into_iter().map(|finding| finding.fix.unwrap().edit.unwrap().argument()).collect();
        assert_eq!(edits, [json!({"uniqueId": "cust-1042"}), json!({"identities": ["Ada", "O'Brien"]})]);
        assert_eq!(Looked::new(json!({"identities": ["Tom &amp; Co."]})).found(&CHECK).len(), 1);
    }

    #[test]
    fn a_company_an_account_and_html_are_fine() {
        let fine = json!({"uniqueId": "ACME\\nora", "identities": ["Tom & Co.", "AT&T"], "metadata": {"a": "\"quoted\"", "b": "<b>AT&amp;T</b>"}});
        assert_eq!(found(&CHECK, &Tab::connected(fine)), []);
    }
}
