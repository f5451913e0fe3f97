//! Placeholder of the snippet, or a value with a missing part.
//!
//! Why it matters: The intended value isn't sent. `undefined` and `null` within a longer list are sent and become
//! identities of this visitor.
//!
//! Rule: Read in the code of SDK 2.2.119: the SDK silently ignores the snippet's placeholder of a field, as a string or
//! as a list, and that of `integrationIds` only in `init`. In `uniqueId` and `identities`, it also ignores the texts
//! `undefined` and `null`. A text in which `undefined`, `null`, `None`, `NaN`, `Invalid Date`, or `[object Object]`
//! replaces a part is sent unchanged. So is the text that a program writes for a function, an object, or an error, such
//! as `(null)` or `#N/A`.
//!
//! False positive if: the text is a name. Case matters (*Null* and *Nan* are names), and so does the context: `null` in
//! an email address, a domain, a company such as "undefined GmbH", a surname as in `jennifer-null`, "null island", or a
//! sentence about a missing value, such as an error message, has no finding. Neither does the text `null` as a value in
//! `metadata`.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'USER UNIQUE ID', identities: ['undefined'] });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "placeholder", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| is_meaningless(flaw.kind));
}

fn is_meaningless(kind: FlawKind) -> bool {
    matches!(kind, FlawKind::Placeholder | FlawKind::NothingAsText | FlawKind::MissingPart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn dropped_and_sent_ones_are_found() {
        let tab = Tab::connected(json!({"uniqueId": "USER UNIQUE ID", "identities": ["undefined", "undefined"]}));
        let kinds: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.flaw.unwrap()).collect();
        assert_eq!(kinds, [FlawKind::Placeholder, FlawKind::NothingAsText]);
        assert_eq!(found(&CHECK, &Tab::connected(json!({"uniqueId": "1"}))), []);
    }

    #[test]
    fn a_part_that_is_missing_is_found_and_a_name_is_fine() {
        let tab = Tab::connected(json!({"uniqueId": "user-undefined", "identities": ["Ms. null", "[object Object]"]}));
        assert_eq!(found(&CHECK, &tab).len(), 3);
        let named = json!({"uniqueId": "j.null@acme.example", "identities": ["Jennifer Null", "Undefined Labs", "Nan", "null island"]});
        assert_eq!(found(&CHECK, &Tab::connected(named)), []);
    }

    #[test]
    fn a_value_that_is_shown_after_an_unread_argument_is_found() {
        let mut tab = Tab::connected(json!({}));
        tab.call("updateConnection", json!([{"$": "proxy", "v": {}}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.change(json!({"identities": ["Ada undefined"]}));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_partly_read_value_that_differs_is_found() {
        let mut tab = Tab::connected(json!({"identities": ["Ada", "ada@acme.example"]}));
        tab.config(json!({"identities": ["Ada", {"$": "text", "v": "ada@", "n": 16}]}));
        assert_eq!(found(&CHECK, &tab), []);
        tab.config(json!({"identities": ["Ada undefined", {"$": "text", "v": "ada@", "n": 16}]}));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_page_report_is_sufficient() {
        assert_eq!(ReportFixture::new(json!({"identities": ["null", "null"]})).found(&CHECK).len(), 1);
    }
}
