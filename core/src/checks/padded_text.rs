//! White space or invisible characters around a value.
//!
//! Why it matters: The value looks correct but contains extra characters. A search for the visible text may find no
//! one, and one person may become two visitors.
//!
//! Rule: A template added a line break, or a copied value contains an invisible space. The SDK sends it unchanged (read
//! in the SDK's code). Metadata, which may contain sentences, has no finding.
//!
//! Fix: The value without these characters.
//!
//! False positive if: an ID really begins or ends with a space. A joiner at the end of a word, as in Malayalam names,
//! is part of the word and has no finding.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: `
//!   cust-1042
//! ` });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "padded-text", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| flaw.kind == FlawKind::Padded);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_trimmed_value_is_offered() {
        let tab = Tab::connected(json!({"uniqueId": "\n  cust-1042\n", "identities": ["\u{200b}Ada", "Bob\u{a0}"]}));
        let edits: Vec<_> =
            found(&CHECK, &tab).into_iter().map(|finding| finding.fix.unwrap().edit.unwrap().argument()).collect();
        let identities = json!({"identities": ["Ada", "Bob"]});
        assert_eq!(edits, [json!({"uniqueId": "cust-1042"}), identities.clone(), identities]);
        assert_eq!(ReportFixture::new(json!({"tags": ["#VIP ", "#VIP"]})).found(&CHECK).len(), 1);
    }

    #[test]
    fn spaces_inside_words_of_other_scripts_and_sentences_are_fine() {
        let fine = json!({"identities": ["Ada  Marsh", "രാജന്\u{200d}"], "metadata": {"note": " see above "}});
        assert_eq!(found(&CHECK, &Tab::connected(fine)), []);
    }
}
