//! The cause of a value and the losses of a recording, as text.

use super::entry_text;
use crate::ui::i18n::*;
use crate::ui::recording::state::Provenance;
use crate::ui::text::clock;
use crate::ui::text::number::grouped;
use inspector_core::recording::document::LossCounts;
use inspector_core::recording::history::Cause;

/// The cause of a value, as `updateConnection · app.js:14`; without a location if it is unknown.
pub fn cause(provenance: &Provenance) -> String {
    let call = provenance.call.map(|call| &call.call);
    let what = match (provenance.step.cause, call) {
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
    let is_call = matches!(provenance.step.cause, Cause::Call | Cause::Reset);
    match call.and_then(|call| call.at.as_ref()).filter(|_| is_call) {
        Some(at) => format!("{what} · {}", entry_text::place(at)),
        None => what,
    }
}

/// The cause with the time of day, and with a note if the value may have been set again since.
pub fn cause_and_time(provenance: &Provenance) -> String {
    let cause = format!("{} · {}", cause(provenance), clock::time(provenance.doc.time(provenance.step.t)));
    if provenance.doc.is_certain(provenance.step) { cause } else { words::cause_uncertain(&cause) }
}

/// The losses, one sentence for each reason.
pub fn losses(losses: LossCounts, unreadable: u64) -> Vec<String> {
    let some = |count: u64, text: fn(&str) -> String| (count > 0).then(|| text(&grouped(count)));
    let parts = [
        some(losses.evicted, words::lost_evicted),
        some(losses.reported, words::lost_shown),
        some(losses.missing, words::lost_missing),
        some(unreadable, words::lost_unreadable),
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

    fn provenance_text(tab: &Tab, field: Field) -> String {
        let history = tab.history();
        let (doc, subject) = (&history.documents[0], ValueKey::Field(field));
        let step = doc.value_history(subject).now().expect("something is known of the field");
        cause_and_time(&Provenance::new(doc, subject, step))
    }

    #[test]
    fn a_call_has_its_location_and_time() {
        let tab = Tab::connected(json!({"uniqueId": "ada"}));
        assert_eq!(provenance_text(&tab, Field::UniqueId), "init · app.js:7 · 00:01:40");
    }

    #[test]
    fn an_edit_with_the_inspector_is_named() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.own(json!({"act": "update", "update": {"tags": ["#VIP"]}}));
        tab.call("updateConnection", json!([{"tags": ["#VIP"]}]));
        assert!(provenance_text(&tab, Field::Tags).starts_with("You, with the inspector · 00:"));
    }

    #[test]
    fn an_incomplete_recording_is_mentioned() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        (0..3).for_each(|_| _ = tab.call("logEvent", json!([])));
        let text = provenance_text(&tab.without(7..8), Field::UniqueId);
        assert_eq!(text, "init · app.js:7 · 00:01:40 (recording incomplete)");
    }

    #[test]
    fn each_loss_has_its_reason() {
        assert_eq!(losses(LossCounts::default(), 0), Vec::<String>::new());
        let all = losses(LossCounts { before: 5, missing: 1, reported: 2, evicted: 3 }, 4);
        assert_eq!(all[0], "Older entries removed to free space: 3");
        assert_eq!(all.len(), 4);
    }
}
