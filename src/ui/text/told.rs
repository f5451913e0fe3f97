//! What a recording tells, in words: who set a value, and what is missing.

use super::{clock, entry};
use crate::ui::i18n::*;
use crate::ui::recording::state::Told;
use inspector_core::recording::document::LossCounts;
use inspector_core::recording::history::Cause;

/// What set a value, `updateConnection · app.js:14`; without a place where it is not known.
pub fn cause(told: &Told) -> String {
    let call = told.call.map(|call| &call.call);
    let what = match (told.step.cause, call) {
        (Cause::OwnEdit, _) => CAUSE_OWN_EDIT.text(),
        (Cause::Call | Cause::Reset, Some(call)) => call.name.clone(),
        (Cause::Reset, None) => CAUSE_RESET.text(),
        (Cause::AccountSettings, _) => CAUSE_ACCOUNT_SETTINGS.text(),
        (Cause::LiveChat, _) => CAUSE_LIVE_CHAT.text(),
        (Cause::UrlParameter, _) => CAUSE_URL_PARAMETER.text(),
        (Cause::Storage, _) => CAUSE_STORAGE.text(),
        (Cause::Server, _) => CAUSE_SERVER.text(),
        (Cause::Sdk, _) => CAUSE_SDK.text(),
        (Cause::Call, None) | (Cause::Unrecorded, _) => CAUSE_UNRECORDED.text(),
    };
    let is_call = matches!(told.step.cause, Cause::Call | Cause::Reset);
    match call.and_then(|call| call.at.as_ref()).filter(|_| is_call) {
        Some(at) => format!("{what} · {}", entry::place(at)),
        None => what,
    }
}

/// The same with the time of day, and with a word where it may have been set again since.
pub fn cause_and_time(told: &Told) -> String {
    let cause = format!("{} · {}", cause(told), clock::time(told.doc.time(told.step.t)));
    if told.doc.is_certain(told.step) { cause } else { cause_uncertain(&cause) }
}

/// What is not there, one sentence for each reason.
pub fn losses(losses: LossCounts, unreadable: u64) -> Vec<String> {
    let some = |count: u64, words: fn(&str) -> String| (count > 0).then(|| words(&count.to_string()));
    let parts = [
        some(losses.evicted, lost_evicted),
        some(losses.reported, lost_told),
        some(losses.missing, lost_missing),
        some(unreadable, lost_unreadable),
    ];
    parts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::recording::fixture::Tab;
    use inspector_core::recording::history::ValueKey;
    use inspector_core::visitor::Field;
    use serde_json::json;

    fn told(tab: &Tab, field: Field) -> String {
        let story = tab.history();
        let (doc, subject) = (&story.documents[0], ValueKey::Field(field));
        let step = doc.value_history(subject).now().expect("something is known of the field");
        cause_and_time(&Told::new(doc, subject, step))
    }

    #[test]
    fn a_call_is_told_with_its_place_and_time() {
        let tab = Tab::connected(json!({"uniqueId": "ada"}));
        assert_eq!(told(&tab, Field::UniqueId), "init · app.js:7 · 00:01:40");
    }

    #[test]
    fn our_own_edit_is_told_as_the_persons() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.own(json!({"act": "update", "update": {"tags": ["#VIP"]}}));
        tab.call("updateConnection", json!([{"tags": ["#VIP"]}]));
        assert!(told(&tab, Field::Tags).starts_with("You, with the inspector · 00:"));
    }

    #[test]
    fn what_may_have_been_set_again_is_told_with_a_doubt() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        (0..3).for_each(|_| _ = tab.call("logEvent", json!([])));
        let told = told(&tab.without(7..8), Field::UniqueId);
        assert_eq!(told, "init · app.js:7 · 00:01:40 (recording incomplete)");
    }

    #[test]
    fn what_is_missing_is_told_by_its_reason() {
        assert_eq!(losses(LossCounts::default(), 0), Vec::<String>::new());
        let all = losses(LossCounts { before: 5, missing: 1, reported: 2, evicted: 3 }, 4);
        assert_eq!(all[0], "Older entries removed to free space: 3");
        assert_eq!(all.len(), 4);
    }
}
