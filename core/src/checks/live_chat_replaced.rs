//! Live chat that replaced the page's `integrationIds`.
//!
//! Why it matters: The page's IDs are removed from the configuration. If they weren't sent before, they never reach the
//! server.
//!
//! Rule: Tested with SDK 2.2.119: the chat's ID replaces the list (freshchat, front, intercom, livechat, twilio_flex,
//! zendesk).
//!
//! Fix: After the chat has loaded, set both lists together.
//!
//! False positive if: the page sends its IDs again later. If its IDs were sent before, the server has them, and there
//! is no finding. A list that still contains them, a list that couldn't be read as a whole, or missing entries in
//! between remove the finding, too.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { integrationIds: ['crm:0031'] });
//! // If the page has a chat such as Intercom, only intercom:… is sent.
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::history::{Cause, HistoryStep, ValueKey};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "live-chat-replaced", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let steps = &doc.value_history(ValueKey::Field(Field::IntegrationIds)).steps;
        let is_replaced = |pair: &&[HistoryStep]| pair[1].cause == Cause::LiveChat && pair[0].cause != Cause::LiveChat;
        // What was sent before stays at the server, which adds IDs.
        for pair in steps.windows(2).filter(is_replaced).filter(|pair| pair[0].sent.is_none()) {
            let [Some(given), Some(chats)] = [&pair[0], &pair[1]].map(|step| step.value.as_ref().and_then(items))
            else {
                continue;
            };
            let left: Vec<_> = given.iter().filter(|id| !chats.contains(id)).collect();
            if !left.iter().any(|id| id.as_text().is_some()) || !doc.follows(&pair[0], &pair[1]) {
                continue;
            }
            let now = facts.is_live(doc) && steps.last() == Some(&pair[1]);
            findings.add_with(About::field(Field::IntegrationIds), Evidence::Entry(pair[0].entry), || {
                let both: Option<Vec<_>> = left.into_iter().chain(chats).map(PageValue::to_wire_json).collect();
                fix::set(Field::IntegrationIds, both?.into(), now)
            });
            findings.add(About::field(Field::IntegrationIds), Evidence::Entry(pair[1].entry));
        }
    }
}

/// The items of a list that could be read as a whole, or a single text.
fn items(value: &PageValue) -> Option<&[PageValue]> {
    match value {
        _ if !value.is_whole() => None,
        PageValue::List(items, _) => Some(items),
        PageValue::Text(_) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn both_lists_are_offered() {
        let mut tab = Tab::connected(json!({"integrationIds": ["crm:1"]}));
        tab.chats(json!(["intercom"])).config(json!({"integrationIds": ["intercom:7"]}));
        let finding = found(&CHECK, &tab).remove(0);
        assert_eq!(finding.evidence.len(), 2);
        assert_eq!(finding.fix.unwrap().edit.unwrap().argument(), json!({"integrationIds": ["crm:1", "intercom:7"]}));
    }

    #[test]
    fn no_list_without_some_of_the_items_is_offered() {
        let replaced = |given: serde_json::Value, chats: serde_json::Value| {
            let mut tab = Tab::connected(json!({ "integrationIds": given }));
            tab.chats(json!(["intercom"])).config(json!({ "integrationIds": chats }));
            found(&CHECK, &tab)
        };
        assert_eq!(replaced(json!(["crm:1", 7]), json!(["intercom:7"]))[0].fix, None);
        for (given, chats) in [
            (json!(["crm:1", {"$": "accessor"}]), json!(["intercom:7"])),
            (json!({"$": "list", "v": ["crm:1"], "n": 1}), json!(["intercom:7"])),
            (json!(["crm:1"]), json!({"$": "list", "v": ["intercom:7"], "n": 1})),
        ] {
            assert_eq!(replaced(given.clone(), chats), [], "{given}");
        }
    }

    #[test]
    fn a_chat_without_page_ids_replaces_nothing() {
        let mut tab = Tab::connected(json!({}));
        tab.chats(json!(["intercom"])).config(json!({"integrationIds": ["intercom:7"]}));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn ids_that_were_sent_before_are_not_lost() {
        let mut tab = Tab::connected(json!({"integrationIds": ["crm:1"]}));
        tab.frame_out("connectionUpdate", json!({"integrationIds": ["crm:1"]}));
        tab.chats(json!(["intercom"])).config(json!({"integrationIds": ["intercom:7"]}));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_list_that_keeps_the_pages_ids_and_one_after_a_gap_are_fine() {
        let mut tab = Tab::connected(json!({"integrationIds": ["crm:1"]}));
        tab.chats(json!(["intercom"])).config(json!({"integrationIds": ["crm:1", "intercom:7"]}));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"integrationIds": ["crm:1"]}));
        tab.lose().chats(json!(["intercom"])).config(json!({"integrationIds": ["intercom:7"]}));
        assert_eq!(found(&CHECK, &tab), []);
    }
}
