//! Server-side template that wasn't rendered.
//!
//! Why it matters: Every visitor to this page gets the same meaningless identity, and a search for a real one finds no
//! one.
//!
//! Rule: Real pages send texts such as `${user.id}`, `{{ user.email }}`, or `<?= $id ?>`. The SDK sends them unchanged
//! (read in the SDK's code).
//!
//! False positive if: the value only resembles a template, or text in metadata is nothing but a quoted one. In
//! metadata, a sentence that contains a template has no finding, since it may quote one, such as the subject of a
//! campaign: `Hi {{first_name}}`. Prices, email addresses, handles, and percent-encoded URLs have no finding. A name without
//! delimiters counts only if it is a known one, such as `USER_ID` or `your-user-id`, or an expression, such as
//! `currentUser.id` or `getUserId()`. A common word such as *email* counts only with marks, and only if it is the whole
//! text: `#EMAIL#` or `$email`.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: '{{ user.id }}', identities: ['${user.name}'] });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "template", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| flaw.kind == FlawKind::Template);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn it_is_found_anywhere() {
        let tab = Tab::connected(json!({"uniqueId": "${user.id}", "metadata": {"plan": "{{ plan }}", "a": "b"}}));
        assert_eq!(found(&CHECK, &tab).len(), 2);
        assert_eq!(found(&CHECK, &Tab::connected(json!({"uniqueId": "a$b"}))), []);
        assert_eq!(ReportFixture::new(json!({"identities": ["%s"]})).found(&CHECK).len(), 1);
    }

    #[test]
    fn prices_addresses_and_handles_are_fine() {
        let fine =
            json!({"uniqueId": "A$AP.Rocky", "identities": ["$5.00", "100%", "@ada.marsh", "j@acme.example", "a%20b"]});
        assert_eq!(found(&CHECK, &Tab::connected(fine)), []);
    }

    #[test]
    fn an_edit_with_the_inspector_is_not_the_pages() {
        let mut tab = Tab::connected(json!({}));
        tab.act(json!({"act": "update", "update": {"uniqueId": "{{id}}"}}));
        tab.acted("updateConnection", json!([{"uniqueId": "{{id}}"}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("updateConnection", json!([{"uniqueId": "{{id}}"}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn metadata_may_quote_a_template() {
        let in_metadata = |text: &str| found(&CHECK, &Tab::connected(json!({"metadata": {"campaign": text}}))).len();
        assert_eq!(in_metadata("Hi {{first_name}}"), 0);
        assert_eq!(in_metadata("Save 20 %, *|FNAME|*!"), 0);
        for text in ["{{first_name}}", "plan-{{ plan }}", "${first} ${last}", "<?= $plan ?>", "USER_ID"] {
            assert_eq!(in_metadata(text), 1, "{text}");
        }
        assert_eq!(found(&CHECK, &Tab::connected(json!({"identities": ["Hi {{first_name}}"]}))).len(), 1);
    }
}
