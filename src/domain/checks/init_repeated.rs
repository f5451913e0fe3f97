//! `init` called again.
//!
//! Why it matters: the later call is ignored with the identity it gives, so the visitor keeps the old one.
//!
//! Rule: *ran* in 2.2.119: a warning in the console, nothing taken.
//!
//! Repair: what it wanted to say, as `updateConnection`.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { tags: ['#VIP'] });
//! Upscope('init', { tags: ['#VIP', '#TRIAL'] }); // not taken: use updateConnection
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::domain::timeline::story::{Fate, Loss};
use crate::domain::visitor::Field;

pub static CHECK: Check = Check { id: "init-repeated", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls().filter(|(_, call)| call.fate == Fate::Lost(Loss::SecondInit)) {
        findings.add_with(About::default(), Evidence::Entry(call.entry), || {
            fix::again(call.call.arg(0), &Field::ALL, facts.is_live(doc), |code| code)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    #[test]
    fn what_it_wanted_to_say_is_offered() {
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("init", json!([{"uniqueId": "2", "tags": null, "identities": 7}]));
        let fix = found(&CHECK, &tab).remove(0).fix.unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"uniqueId": "2", "tags": null}));
        assert!(fix.code.unwrap().starts_with("Upscope('updateConnection'"));
    }
}
