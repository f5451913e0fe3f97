//! A snippet's placeholder, or nothing as text.
//!
//! Why it matters: the value that was meant never reaches Upscope; the words `undefined` and `null` inside a longer list
//! even do, and become this visitor's identity.
//!
//! Rule: *seen* in 2.2.119, which drops the snippet's own placeholders, `undefined` and `null` without a word, as a string
//! or as a list.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'USER UNIQUE ID', identities: ['undefined'] });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::domain::flaw::FlawKind;

pub static CHECK: Check = Check { id: "placeholder", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| matches!(flaw.kind, FlawKind::Placeholder | FlawKind::NothingAsText));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::{Looked, found};
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;


    #[test]
    fn dropped_and_sent_ones_are_found() {
        let tab = Tab::connected(json!({"uniqueId": "USER UNIQUE ID", "identities": ["undefined", "undefined"]}));
        let kinds: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.flaw.unwrap()).collect();
        assert_eq!(kinds, [FlawKind::Placeholder, FlawKind::NothingAsText]);
        assert_eq!(found(&CHECK, &Tab::connected(json!({"uniqueId": "1"}))), []);
    }

    #[test]
    fn a_look_is_enough() {
        assert_eq!(Looked::new(json!({"identities": ["null", "null"]})).found(&CHECK).len(), 1);
    }
}
