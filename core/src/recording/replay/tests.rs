mod missing;

use super::super::entry::{PageMoment, SdkMoment, SocketMoment};
use super::super::fixture::Tab;
use super::super::history::{CallEffect, RecordedCall};
use super::*;
use crate::visitor::Field;
use serde_json::json;

const UNIQUE_ID: ValueKey = ValueKey::Field(Field::UniqueId);
const TAGS: ValueKey = ValueKey::Field(Field::Tags);
const METADATA: ValueKey = ValueKey::Field(Field::Metadata);
const INTEGRATION_IDS: ValueKey = ValueKey::Field(Field::IntegrationIds);

fn only(tab: &Tab) -> DocumentHistory {
    let mut history = tab.history();
    assert_eq!(history.documents.len(), 1);
    history.documents.remove(0)
}

/// Cause and value of each step.
fn steps(doc: &DocumentHistory, key: ValueKey) -> Vec<(Cause, serde_json::Value)> {
    let shown = |step: &HistoryStep| (step.cause, step.value.as_ref().map(PageValue::to_json).unwrap_or_default());
    doc.value_history(key).steps.iter().map(shown).collect()
}

#[test]
fn calls_set_remove_and_overwrite() {
    let mut tab = Tab::connected(json!({"uniqueId": "1", "tags": ["#A"]}));
    tab.call("updateConnection", json!([{"uniqueId": "2", "tags": null, "identities": {"$": "undefined"}}]));
    tab.change(json!({"uniqueId": "2", "tags": null}));
    let doc = only(&tab);
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("1")), (Cause::Call, json!("2"))]);
    assert_eq!(steps(&doc, TAGS), [(Cause::Call, json!(["#A"])), (Cause::Call, json!(null))]);
    assert_eq!(steps(&doc, ValueKey::Field(Field::Identities)), []);
    let now = doc.value_history(UNIQUE_ID).now().unwrap();
    assert_eq!((now.entry, now.read), (doc.calls[1].entry, Some(tab.last())));
    assert_eq!(doc.calls[1].effects, [(UNIQUE_ID, CallEffect::Set), (TAGS, CallEffect::Removed)]);
}

#[test]
fn a_frame_replaces_an_unread_value() {
    let date = "2024-03-01T09:00:00.000Z";
    let unread = || json!({"$": "proxy", "v": []});
    let mut tab = Tab::connected(json!({"uniqueId": "1"}));
    let update = json!([{"tags": unread(), "metadata": {"at": {"$": "Date", "v": date}}}]);
    tab.call("updateConnection", update)
        .frame_out("connectionUpdate", json!({"tags": ["#A"], "metadata": {"at": date}}));
    let frame = tab.last();
    tab.change(json!({"tags": unread()}));
    let doc = only(&tab);
    assert_eq!(steps(&doc, TAGS), [(Cause::Call, json!(["#A"]))]);
    assert_eq!(doc.value_history(TAGS).now().unwrap().sent, Some(frame));
    assert_eq!(steps(&doc, METADATA), [(Cause::Call, json!({"at": date}))]);
    assert_eq!(doc.value_history(METADATA).now().unwrap().sent, Some(frame));
}

#[test]
fn the_configuration_confirms_an_argument_that_may_be_a_proxy() {
    let mut tab = Tab::connected(json!({"uniqueId": "1", "tags": ["#A"]}));
    let seen = json!({"uniqueId": "2", "tags": null, "metadata": {"$": "accessor"}});
    tab.call("updateConnection", json!([{"$": "proxy", "v": seen}]));
    let call = only(&tab);
    assert!(call.calls[1].call.given("uniqueId").is_some_and(|value| !value.is_whole()));
    tab.change(json!({"uniqueId": "2", "tags": null}));
    let doc = only(&tab);
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("1")), (Cause::Call, json!("2"))]);
    assert_eq!(steps(&doc, TAGS), [(Cause::Call, json!(["#A"])), (Cause::Call, json!(null))]);
    let effects = [(UNIQUE_ID, CallEffect::Set), (TAGS, CallEffect::Removed), (METADATA, CallEffect::Set)];
    assert_eq!(doc.calls[1].effects, effects);
}

#[test]
fn each_frame_is_attributed_to_its_call() {
    let unread = || json!({"$": "proxy", "v": []});
    let mut tab = Tab::connected(json!({"tags": unread()}));
    tab.frame_out("hello", json!({"tags": ["#A"]}));
    // The page repeats the call, and its argument can't be read.
    tab.call("updateConnection", json!([{"tags": unread()}])).frame_out("connectionUpdate", json!({"tags": ["#A"]}));
    let frame = tab.last();
    tab.change(json!({"tags": unread()}));
    let doc = only(&tab);
    assert_eq!(steps(&doc, TAGS), [(Cause::Call, json!(["#A"])), (Cause::Call, json!(["#A"]))]);
    assert_eq!(doc.value_history(TAGS).now().unwrap().sent, Some(frame));
}

#[test]
fn an_edit_that_keeps_page_values_is_recognized() {
    let ask = json!({"act": "update", "update": {"metadata": {"plan": {"$": "keep"}, "city": "Paris"}}});
    let seen = json!({"plan": {"$": "accessor"}, "city": "Paris"});
    let proxy = |seen| json!({"$": "proxy", "v": seen});
    // If the argument contains a value of the page, the recorder may be unable to distinguish the edit's own objects
    // from proxies.
    for argument in [json!({"metadata": seen}), proxy(json!({"metadata": proxy(seen.clone())}))] {
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        tab.own(ask.clone()).call("updateConnection", json!([argument]));
        assert_eq!(steps(&only(&tab), METADATA)[0].0, Cause::OwnEdit);
    }
}

#[test]
fn an_edit_is_recognized_by_the_numbers_that_javascript_reads() {
    let text = r#"{"act":"update","update":{"metadata":{"a":1.50,"b":10203040506070809,"c":1e400,"d":-0}}}"#;
    let ask = |text: &str| serde_json::from_str(text).unwrap();
    let seen = json!({"a": 1.5, "b": 10_203_040_506_070_808_u64, "c": {"$": "NaN"}, "d": 0});
    let cause = |text: &str| {
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        tab.own(ask(text)).call("updateConnection", json!([{ "metadata": seen }]));
        steps(&only(&tab), METADATA)[0].0
    };
    assert_eq!(cause(text), Cause::OwnEdit);
    for other in ["1.51", "1e400", "\"1.5\""] {
        assert_eq!(cause(&text.replace("1.50", other)), Cause::Call, "{other}");
    }
}

#[test]
fn an_edit_is_recognized_in_a_page_that_gives_every_object_a_conversion() {
    let seen = json!({"uniqueId": "9", "metadata": {"$": "toJSON"}});
    let cause = |id: &str| {
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        tab.own(json!({"act": "update", "update": {"uniqueId": id, "metadata": {"city": "Paris"}}}));
        tab.call("updateConnection", json!([{"$": "proxy", "v": seen}]));
        steps(&only(&tab), METADATA)[0].0
    };
    assert_eq!((cause("9"), cause("8")), (Cause::OwnEdit, Cause::Call));
}

#[test]
fn a_waiting_init_takes_effect_over_the_account_settings() {
    let mut tab = Tab::new();
    tab.waits("init", json!([{"uniqueId": "1", "tags": "#list #of #tags #here"}]));
    tab.account(json!({"apiKey": "K", "tags": ["#X"], "identities": ["Acme"]}));
    assert_eq!(steps(&only(&tab), UNIQUE_ID), []);
    tab.config(json!({"apiKey": "K", "uniqueId": "1", "identities": ["Acme"]}));
    let doc = only(&tab);
    assert_eq!(doc.calls[0].result, CallResult::Processed(tab.last()));
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("1"))]);
    assert_eq!(steps(&doc, ValueKey::Field(Field::Identities)), [(Cause::AccountSettings, json!(["Acme"]))]);
    assert_eq!(steps(&doc, TAGS), []);
    assert!(doc.calls[0].had_effect(TAGS, CallEffect::Placeholder));
}

#[test]
fn a_waiting_update_loses_metadata_and_code_and_one_made_while_connecting_does_not() {
    let mut tab = Tab::new();
    let update = || json!([{"tags": ["#A"], "metadata": {"a": 1}, "lookupCode": "0001"}]);
    tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", update());
    tab.connect("S1");
    let doc = only(&tab);
    assert_eq!(steps(&doc, TAGS), [(Cause::Call, json!(["#A"]))]);
    assert_eq!((steps(&doc, METADATA), steps(&doc, ValueKey::LookupCode)), (vec![], vec![]));
    assert!(doc.calls[1].had_effect(METADATA, CallEffect::LostWaiting) && doc.calls[1].took_effect());

    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{}])).socket(SocketMoment::New);
    tab.waits("updateConnection", update()).frame_in("youAre", json!(["S1", "c"])).done(1);
    let doc = only(&tab);
    assert_eq!(steps(&doc, METADATA), [(Cause::Call, json!({"a": 1}))]);
    assert_eq!(steps(&doc, ValueKey::LookupCode), [(Cause::Call, json!("0001"))]);
}

#[test]
fn a_socket_proves_that_init_was_read() {
    let mut tab = Tab::new();
    tab.waits("init", json!([{"uniqueId": "1"}])).waits("updateConnection", json!([{"metadata": {"a": 1}}]));
    tab.connect("S1").version("2.2.119").config(json!({"uniqueId": "1"})).done(0).done(1);
    let doc = only(&tab);
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("1"))]);
    assert!(doc.calls[1].had_effect(METADATA, CallEffect::LostWaiting));
    assert!(doc.calls.iter().all(RecordedCall::took_effect));
}

#[test]
fn a_waiting_reset_runs_before_all_waiting_updates_and_clears_init_too() {
    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{"uniqueId": "1"}]));
    tab.waits("updateConnection", json!([{"tags": ["#A"]}])).waits("reset", json!([])).connect("S1");
    let doc = only(&tab);
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("1")), (Cause::Reset, json!(null))]);
    assert_eq!(steps(&doc, TAGS), [(Cause::Call, json!(["#A"]))]);
}

#[test]
fn an_update_in_the_tick_of_a_reset_is_wiped_and_a_later_one_is_not() {
    let mut tab = Tab::connected(json!({"uniqueId": "1"}));
    tab.call("reset", json!([])).same_task().call("updateConnection", json!([{"uniqueId": "2"}]));
    tab.same_task().change(json!({"uniqueId": "2"})).same_task().config(json!({"uniqueId": "2"}));
    let doc = only(&tab);
    assert_eq!(doc.value_history(UNIQUE_ID).value(), None);
    assert!(doc.calls[2].had_effect(UNIQUE_ID, CallEffect::Wiped));
    tab.call("updateConnection", json!([{"uniqueId": "3"}]));
    let doc = only(&tab);
    assert_eq!(doc.value_history(UNIQUE_ID).value(), Some(&PageValue::Text("3".into())));
    assert_eq!(doc.value_history(ValueKey::ShortId).value(), None);
}

#[test]
fn a_call_waiting_at_a_reconnect_stops_the_queue() {
    let mut tab = Tab::connected(json!({}));
    tab.socket(SocketMoment::Close).waits("updateConnection", json!([{"uniqueId": "2"}]));
    assert_eq!(only(&tab).marks.dead_queue, None);
    let reconnect = tab.next();
    tab.connect("S1").waits("updateConnection", json!([{"uniqueId": "3"}]));
    let doc = only(&tab);
    assert_eq!(doc.marks.dead_queue, Some(reconnect));
    assert_eq!((doc.calls[1].took_effect(), doc.calls[2].result), (true, CallResult::Waiting));
    tab.moment(PageMoment::Hide, "");
    assert_eq!(only(&tab).calls[2].result, CallResult::Lost(LossReason::PageLeft));
}

#[test]
fn lost_calls_have_a_reason() {
    let mut second = Tab::connected(json!({"uniqueId": "1"}));
    second.call("init", json!([{"uniqueId": "2"}]));
    let doc = only(&second);
    assert_eq!((doc.calls[1].result, steps(&doc, UNIQUE_ID).len()), (CallResult::Lost(LossReason::SecondInit), 1));

    let mut late = Tab::new();
    late.version("2.2.119").call("updateConnection", json!([{"uniqueId": "1"}])).call("init", json!([{}]));
    let doc = only(&late);
    assert!(doc.calls.iter().all(|call| call.result == CallResult::Lost(LossReason::NotInitFirst)));
    assert_eq!(steps(&doc, UNIQUE_ID), []);

    let mut hangs = Tab::new();
    hangs.version("2.2.119").call("init", json!([{}])).waits("updateConnection", json!([])).socket(SocketMoment::New);
    hangs.waits("updateConnection", json!([{"uniqueId": "1"}]));
    let doc = only(&hangs);
    assert_eq!(doc.marks.hung, Some(doc.calls[1].entry));
    assert_eq!(doc.calls[2].result, CallResult::Lost(LossReason::Hung));
}

#[test]
fn a_live_chat_replaces_and_fills_in() {
    let mut tab = Tab::connected(json!({"integrationIds": ["crm:1"]}));
    let chat = tab.next();
    tab.chats(json!(["intercom"])).config(json!({"integrationIds": ["intercom:7"]}));
    tab.frame_out("hello", json!({"integrationIds": ["intercom:7"], "uniqueId": "chat-user"}));
    let doc = only(&tab);
    let now = doc.value_history(INTEGRATION_IDS).now().unwrap();
    assert_eq!((now.cause, now.entry, now.sent), (Cause::LiveChat, chat, Some(tab.last())));
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::LiveChat, json!("chat-user"))]);
}

#[test]
fn parameters_storage_and_server_are_different_causes() {
    let mut tab = Tab::new();
    tab.page("https://acme.test/?__upscope_unique_id=ada%40x&__upscope_short_id=URL1#x");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "1"}]));
    tab.config(json!({"uniqueId": "ada%40x"})).connect("S9").stored("shortId", Some("\"S9\""));
    tab.stored("lookupCode", Some("\"0042\""));
    let doc = tab.history().documents.remove(1);
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("1")), (Cause::UrlParameter, json!("ada%40x"))]);
    assert_eq!(steps(&doc, ValueKey::ShortId), [(Cause::UrlParameter, json!("URL1")), (Cause::Server, json!("S9"))]);
    assert_eq!(steps(&doc, ValueKey::LookupCode), [(Cause::Sdk, json!("0042"))]);
}

#[test]
fn an_edit_is_recognized_by_number_and_content() {
    let ask = json!({"act": "update", "document": "1", "update": {"uniqueId": "mine"}});
    let mut tab = Tab::connected(json!({}));
    tab.act(ask.clone());
    // The page makes the same call earlier, and reuses the number with other content.
    tab.call("updateConnection", json!([{"uniqueId": "mine"}]));
    tab.acted("updateConnection", json!([{"uniqueId": "forged"}]));
    tab.acted("updateConnection", json!([{"uniqueId": "mine"}]));
    tab.acted("updateConnection", json!([{"uniqueId": "mine"}]));
    let doc = only(&tab);
    let own: Vec<_> = doc.calls.iter().map(|call| call.own.is_some()).collect();
    assert_eq!(own, [false, false, false, true, false], "each call that was asked for counts once");
}

#[test]
fn a_long_edit_is_recognized_by_its_cut_copy() {
    let (whole, cut) = ("漢".repeat(3000), json!({"$": "text", "v": "漢".repeat(2048), "n": 3000}));
    let mut tab = Tab::connected(json!({}));
    tab.act(json!({"act": "update", "update": {"uniqueId": whole, "tags": ["#A"]}}));
    tab.acted("updateConnection", json!([{"uniqueId": cut, "tags": ["#A"]}]));
    tab.act(json!({"act": "update", "update": {"uniqueId": whole}}));
    tab.acted("updateConnection", json!([{"uniqueId": {"$": "text", "v": "漢", "n": 9}}]));
    let own: Vec<_> = only(&tab).calls.iter().map(|call| call.own.is_some()).collect();
    assert_eq!(own, [false, true, false]);
}

#[test]
fn an_edit_is_recognized_before_or_after_its_call() {
    for before in [true, false] {
        let mut tab = Tab::connected(json!({}));
        let ask = json!({"act": "update", "document": "1", "update": {"uniqueId": "mine"}});
        if before {
            tab.own(ask.clone());
        }
        tab.call("updateConnection", json!([{"uniqueId": "theirs"}]));
        tab.call("updateConnection", json!([{"uniqueId": "mine"}]));
        if !before {
            tab.own(ask);
        }
        let found = steps(&only(&tab), UNIQUE_ID);
        assert_eq!(found, [(Cause::Call, json!("theirs")), (Cause::OwnEdit, json!("mine"))], "{before}");
    }
}

#[test]
fn an_unexplained_value_is_unrecorded() {
    let mut tab = Tab::connected(json!({"uniqueId": "1"}));
    tab.config(json!({"uniqueId": "2"}));
    assert_eq!(steps(&only(&tab), UNIQUE_ID)[1], (Cause::Unrecorded, json!("2")));
    assert!(only(&tab).complete);
    tab.lose().call("reset", json!([]));
    assert!(!only(&tab).complete);
}

#[test]
fn a_replaced_function_has_a_separate_queue_and_init() {
    let mut tab = Tab::new();
    tab.snippet(SdkMoment::Snippet).waits("init", json!([{}])).waits("updateConnection", json!([{"tags": ["#LOST"]}]));
    tab.snippet(SdkMoment::Replaced).waits("init", json!([{"uniqueId": "ada"}])).version("2.2.119");
    // A recorder of an older version reports this for the first function's calls.
    tab.done(0).done(1).config(json!({"uniqueId": "ada"})).connect("S1");
    let doc = only(&tab);
    assert_eq!(doc.calls.iter().map(RecordedCall::took_effect).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(doc.init().unwrap().call.id, 2);
    assert_eq!((steps(&doc, UNIQUE_ID), steps(&doc, TAGS)), (vec![(Cause::Call, json!("ada"))], vec![]));
}

#[test]
fn a_processed_second_init_is_effective() {
    let mut tab = Tab::connected(json!({"uniqueId": "guest"}));
    tab.snippet(SdkMoment::Replaced).waits("init", json!([{"uniqueId": "ada"}])).config(json!({"uniqueId": "ada"}));
    let doc = only(&tab);
    assert!(doc.calls[1].took_effect());
    assert_eq!(steps(&doc, UNIQUE_ID), [(Cause::Call, json!("guest")), (Cause::Call, json!("ada"))]);
}

#[test]
fn order_does_not_decide_the_cause_of_a_short_id() {
    let cause = |hello: Option<serde_json::Value>, stored_first: bool| {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).socket(SocketMoment::New);
        if let Some(hello) = hello {
            tab.frame_out("hello", hello);
        }
        if stored_first {
            tab.stored("shortId", Some("\"S1\"")).frame_in("youAre", json!(["S1", "c"]));
        } else {
            tab.frame_in("youAre", json!(["S1", "c"])).stored("shortId", Some("\"S1\""));
        }
        only(&tab).value_history(ValueKey::ShortId).now().unwrap().cause
    };
    for stored_first in [true, false] {
        assert_eq!(cause(Some(json!({"shortId": null})), stored_first), Cause::Server, "{stored_first}");
        assert_eq!(cause(Some(json!({"shortId": "S1"})), stored_first), Cause::Storage, "{stored_first}");
    }
    let mut tab = Tab::connected(json!({}));
    tab.call("reset", json!([])).stored("shortId", Some("\"S2\""));
    assert_eq!(only(&tab).value_history(ValueKey::ShortId).now().unwrap().cause, Cause::Server);
}

#[test]
fn values_replaced_before_the_handshake_are_never_sent() {
    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{"uniqueId": "guest"}]));
    tab.waits("updateConnection", json!([{"uniqueId": "ada"}])).connect("S1");
    tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
    let doc = only(&tab);
    let reached: Vec<_> = (0..4).map(|place| doc.reached_server(UNIQUE_ID, place)).collect();
    assert_eq!(reached, [false, true, true, false]);
}

#[test]
fn a_frame_proves_that_a_waiting_update_was_processed() {
    let mut tab = Tab::connected(json!({}));
    tab.waits("getShortId", json!([{"$": "function"}]));
    tab.waits("updateConnection", json!([{"uniqueId": "ada", "tags": {"$": "undefined"}}]));
    tab.frame_out("connectionUpdate", json!({"uniqueId": "ada"}));
    let frame = tab.last();
    tab.done(1).done(2);
    let doc = only(&tab);
    assert_eq!(doc.calls[2].result, CallResult::Processed(frame));
    let [step] = doc.value_history(UNIQUE_ID).steps.as_slice() else { panic!("{doc:?}") };
    assert_eq!((step.cause, step.entry, step.sent), (Cause::Call, doc.calls[2].entry, Some(frame)));
}

#[test]
fn a_frame_shows_what_a_waiting_update_left_unread() {
    let mut tab = Tab::connected(json!({}));
    tab.waits("updateConnection", json!([{"tags": {"$": "proxy", "v": []}}]));
    tab.frame_out("connectionUpdate", json!({"tags": ["#A"]}));
    let frame = tab.last();
    tab.done(1);
    assert_eq!(only(&tab).value_history(TAGS).now().unwrap().sent, Some(frame));
}

#[test]
fn a_frame_of_another_call_does_not_end_the_wait() {
    let mut tab = Tab::connected(json!({}));
    tab.waits("updateConnection", json!([{"uniqueId": "ada"}]));
    tab.frame_out("connectionUpdate", json!({"uniqueId": "bob"})).frame_out("hello", json!({"uniqueId": "ada"}));
    assert_eq!(only(&tab).calls[1].result, CallResult::Waiting);
}
