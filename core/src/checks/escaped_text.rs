//! Text that was escaped too often.
//!
//! Why it matters: Agents see `O&#039;Brien` instead of `O'Brien`, and a search for the real name finds no one.
//!
//! Rule: A template escaped the value for HTML inside a script, or wrote it as JSON inside quotes. Or the page took it
//! undecoded from a URL (`ada%40acme.example`), read UTF-8 in another character set (`RenÃ©e`), or kept the quotation
//! marks or escapes of a script (`'cust-1042'`, `Ren\u00e9e`). The SDK sends it unchanged (read in the SDK's code). In
//! metadata, which may contain sentences, only HTML entities count.
//!
//! Fix: The decoded text. There is none for `metadata`, for a list or an object written as JSON, or if the decoded text
//! has another mistake.
//!
//! False positive if: a visitor's name really contains an entity or is enclosed in quotes, or the site's IDs contain
//! `%20` or `%40`. A text with an HTML element has no finding. Neither does a backslash in a Windows account name
//! (`ACME\nora`), a part of a URL, or an ID such as `a%3D%3D` or the Base64 text `a%2Bb`.
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
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_decoded_text_is_offered() {
        let tab = Tab::connected(json!({"uniqueId": "&quot;cust-1042&quot;", "identities": ["Ada", "O&#039;Brien"]}));
        let edits: Vec<_> =
            found(&CHECK, &tab).into_iter().map(|finding| finding.fix.unwrap().edit.unwrap().argument()).collect();
        assert_eq!(edits, [json!({"uniqueId": "cust-1042"}), json!({"identities": ["Ada", "O'Brien"]})]);
        assert_eq!(ReportFixture::new(json!({"identities": ["Tom &amp; Co."]})).found(&CHECK).len(), 1);
    }

    #[test]
    fn a_company_an_account_and_html_are_fine() {
        let fine = json!({"uniqueId": "ACME\\nora", "identities": ["Tom & Co.", "AT&T"], "metadata": {"a": "\"quoted\"", "b": "<b>AT&amp;T</b>"}});
        assert_eq!(found(&CHECK, &Tab::connected(fine)), []);
    }
}
