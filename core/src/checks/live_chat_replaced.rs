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
//! False positive if: the page's IDs were sent before, so the server has them. A list that still contains them, or
//! missing entries in between, remove the finding.
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
            let (given, chats) = (texts(pair[0].value.as_ref()), texts(pair[1].value.as_ref()));
            if given.iter().all(|id| chats.contains(id)) || !doc.follows(&pair[0], &pair[1]) {
                continue;
            }
            let now = facts.is_live(doc) && steps.last() == Some(&pair[1]);
            findings.add_with(About::field(Field::IntegrationIds), Evidence::Entry(pair[0].entry), || {
                fix::set(Field::IntegrationIds, [given, chats].concat().into(), now)
            });
            findings.add(About::field(Field::IntegrationIds), Evidence::Entry(pair[1].entry));
        }
    }
}

fn texts(value: Option<&PageValue>) -> Vec<&str> {
    match value {
        Some(PageValue::List(items, _)) => items.iter().filter_map(PageValue::as_text).collect(),
        Some(PageValue::Text(text)) => vec![text],
        _ => vec![],
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
