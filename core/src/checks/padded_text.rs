//! White space or invisible characters around a value.
//!
//! Why it matters: it looks right and is another text: an agent who searches for it as people write it may find nobody, and
//! the same person may count as two.
//!
//! Rule: a template broke the line, or a copied value brought a space that is not seen; the SDK sends it as it is (*seen*).
//! Metadata, which may hold sentences, is left out.
//!
//! Repair: the value without them.
//!
//! Wrong when: an id really begins or ends with a space. A joiner at the end of a word, as in Malayalam names, is part of it.
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
    use crate::checks::fixture::{Looked, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_trimmed_value_is_offered() {
        let tab = Tab::connected(json!({"uniqueId": "\n  cust-1042\n", "identities": ["\u{200b}Ada", "Bob\u{a0}"]}));
        let edits: Vec<_> =
            found(&CHECK, &tab).into_iter().map(|finding| finding.fix.unwrap().edit.unwrap().argument()).collect();
        let identities = json!({"identities": ["Ada", "Bob"]});
        assert_eq!(edits, [json!({"uniqueId": "cust-1042"}), identities.clone(), identities]);
        assert_eq!(Looked::new(json!({"tags": ["#VIP ", "#VIP"]})).found(&CHECK).len(), 1);
    }

    #[test]
    fn spaces_inside_words_of_other_scripts_and_sentences_are_fine() {
        let fine = json!({"identities": ["Ada  Marsh", "രാജന്\u{200d}"], "metadata": {"note": " see above "}});
        assert_eq!(found(&CHECK, &Tab::connected(fine)), []);
    }
}
