//! Every matcher in every state: met, not met, not yet, unknown, and wrong in the file.

use super::reading::message;
use super::*;
use crate::recording::entry::{DocId, Entry, SdkEntry, SdkMoment};
use crate::recording::fixture::sdk;
use crate::recording::wire;
use serde_json::from_str;

/// A matcher: an expectation that [`rich`] meets, one that it doesn't meet, one that can't be known for a tab with the
/// reason, and one that a file must not contain.
struct Row {
    met: &'static str,
    not_met: &'static str,
    unknown: (Tab, &'static str, Reason),
    wrong: (&'static str, &'static str),
}

/// A visitor with everything but identities, whose tags were overwritten.
fn rich() -> Tab {
    let mut tab = Tab::connected(json!({
        "uniqueId": "cust-1042", "tags": ["#OLD"], "integrationIds": ["zendesk:1", "{{ id }}"], "metadata": {"plan": "pro"},
    }));
    tab.call("updateConnection", json!([{"tags": ["#VIP", "#EU"]}])).call("updateConnection", json!([{}]));
    tab.sdk(SdkEntry { region: Some("eu".into()), ..sdk(SdkMoment::Version) });
    tab
}

/// A visitor whose values can't be read, or not as a whole.
fn unread(value: Value) -> Tab {
    let mut tab = Tab::connected(
        json!({"uniqueId": value, "identities": value, "tags": value, "integrationIds": value, "metadata": value}),
    );
    tab.call("updateConnection", json!([{"tags": ["#NEW"]}]));
    tab
}

fn getter() -> Tab {
    unread(json!({"$": "accessor"}))
}

fn cut_list() -> Tab {
    unread(json!({"$": "list", "v": ["a"], "n": 3}))
}

/// A page that makes calls without the recorder's function.
fn unseen_calls() -> Tab {
    let mut tab = Tab::connected(json!({}));
    let call = r#"{"k": "call", "t": 500, "id": 9, "name": "logEvent", "args": [], "via": "queue"}"#;
    let entry = wire::read(call, DocId(0), 0).0;
    tab.timeline.push(Entry { id: tab.next(), ..entry });
    tab
}

/// A page whose handshake is missing.
fn no_handshake() -> Tab {
    let handshake = 5..6;
    later(Tab::connected(json!({})), |tab| _ = tab.call("logEvent", json!([]))).without(handshake)
}

fn later(mut tab: Tab, change: impl FnOnce(&mut Tab)) -> Tab {
    change(&mut tab);
    tab
}

fn rows_of_fields() -> Vec<Row> {
    let unread = Reason::Unread;
    let row = |met, not_met, unknown, wrong| Row { met, not_met, unknown, wrong };
    vec![
        row(
            r#"{"uniqueId": {"present": true}}"#,
            r#"{"identities": {"present": true}}"#,
            (getter(), r#"{"uniqueId": {"present": true}}"#, unread),
            (r#"{"uniqueId": {"present": "yes"}}"#, "expected a boolean"),
        ),
        row(
            r#"{"identities": {"present": false}}"#,
            r#"{"uniqueId": {"present": false}}"#,
            (getter(), r#"{"identities": {"present": false}}"#, unread),
            (r#"{"tags": {"present": false, "count": {"atMost": 1}}}"#, "nothing else"),
        ),
        row(
            r#"{"uniqueId": {"equals": "cust-1042"}}"#,
            r#"{"uniqueId": {"equals": "cust-1"}}"#,
            (getter(), r#"{"uniqueId": {"equals": "cust-1042"}}"#, unread),
            (r#"{"uniqueId": {"equals": null}}"#, "is for none"),
        ),
        row(
            r#"{"uniqueId": {"oneOf": ["a", "cust-1042"]}}"#,
            r#"{"uniqueId": {"oneOf": ["a", "b"]}}"#,
            (getter(), r#"{"uniqueId": {"oneOf": ["a", "b"]}}"#, unread),
            (r#"{"uniqueId": {"oneOf": []}}"#, "1 to 100 items"),
        ),
        row(
            r#"{"uniqueId": {"matches": "^cust-"}}"#,
            r#"{"uniqueId": {"matches": "^id-"}}"#,
            (getter(), r#"{"uniqueId": {"matches": "^id-"}}"#, unread),
            (r#"{"uniqueId": {"matches": "("}}"#, "unclosed group"),
        ),
        row(
            r#"{"uniqueId": {"type": "string"}}"#,
            r#"{"uniqueId": {"type": "number"}}"#,
            (getter(), r#"{"uniqueId": {"type": "string"}}"#, unread),
            (r#"{"uniqueId": {"type": "text"}}"#, "unknown variant"),
        ),
        row(
            r#"{"tags": {"count": {"atLeast": 2}}}"#,
            r#"{"tags": {"count": {"atLeast": 3}}}"#,
            (getter(), r#"{"tags": {"count": {"atLeast": 2}}}"#, unread),
            (r#"{"tags": {"count": "many"}}"#, "invalid type"),
        ),
        row(
            r##"{"tags": {"includes": ["#EU"]}}"##,
            r##"{"tags": {"includes": ["#US"]}}"##,
            (cut_list(), r##"{"identities": {"includes": ["#US"]}}"##, unread),
            (r#"{"uniqueId": {"includes": ["a"]}}"#, "`includes` is not for"),
        ),
        row(
            r#"{"integrationIds": {"systems": ["zendesk"]}}"#,
            r#"{"integrationIds": {"systems": ["front"]}}"#,
            (cut_list(), r#"{"integrationIds": {"systems": ["front"]}}"#, unread),
            (r#"{"tags": {"systems": ["zendesk"]}}"#, "`systems` is not for"),
        ),
        row(
            r#"{"uniqueId": {"setBy": ["init"]}}"#,
            r#"{"uniqueId": {"setBy": ["liveChat"]}}"#,
            (
                later(Tab::connected(json!({})), |tab| _ = tab.config(json!({"uniqueId": "a"}))),
                r#"{"uniqueId": {"setBy": ["init"]}}"#,
                Reason::SetterUnknown,
            ),
            (r#"{"uniqueId": {"setBy": ["me"]}}"#, "unknown variant `me`"),
        ),
        row(
            r#"{"uniqueId": {"before": 1}}"#,
            r#"{"uniqueId": {"before": 0.001}}"#,
            (Tab::connected(json!({"$": "deep"})), r#"{"uniqueId": {"before": 1}}"#, unread),
            (r#"{"uniqueId": {"before": -1}}"#, "0 to 3600 seconds"),
        ),
        row(
            r##"{"tags": {"excludes": ["#US"]}}"##,
            r##"{"tags": {"excludes": ["#VIP"]}}"##,
            (cut_list(), r##"{"tags": {"excludes": ["#US"]}}"##, unread),
            (r#"{"tags": {"excludes": []}}"#, "1 to 100 items"),
        ),
        row(
            r#"{"uniqueId": {"never": ["template"]}}"#,
            r#"{"integrationIds": {"never": ["template"]}}"#,
            (cut_list(), r#"{"tags": {"never": ["template"]}}"#, unread),
            (r#"{"tags": {"never": ["nonsense"]}}"#, "unknown variant"),
        ),
        row(
            r#"{"uniqueId": {"overwritten": false}}"#,
            r#"{"tags": {"overwritten": false}}"#,
            (cut_list(), r#"{"tags": {"overwritten": false}}"#, unread),
            (r#"{"tags": {"overwritten": true}}"#, "expected `false`"),
        ),
        row(
            r#"{"metadata": {"keys": {"plan": {"oneOf": ["pro"]}}}}"#,
            r#"{"metadata": {"keys": {"plan": {"type": "number"}}}}"#,
            (getter(), r#"{"metadata": {"keys": {"plan": {"present": true}}}}"#, unread),
            (r#"{"tags": {"keys": {"a": {}}}}"#, "`keys` is not for"),
        ),
    ]
}

fn rows_of_the_rest() -> Vec<Row> {
    let unseen = Reason::CallsUnseen;
    let row = |met, not_met, unknown, wrong| Row { met, not_met, unknown, wrong };
    let odd = || later(Tab::new(), |tab| _ = tab.version("next"));
    vec![
        row(
            r#"{"calls": {"made": ["init"]}}"#,
            r#"{"calls": {"made": ["reset"]}}"#,
            (unseen_calls(), r#"{"calls": {"made": ["reset"]}}"#, unseen),
            (r#"{"calls": {"made": [""]}}"#, "1 to 500 characters"),
        ),
        row(
            r#"{"calls": {"notMade": ["reset"]}}"#,
            r#"{"calls": {"notMade": ["init"]}}"#,
            (unseen_calls(), r#"{"calls": {"notMade": ["reset"]}}"#, unseen),
            (r#"{"calls": {"notMade": []}}"#, "1 to 100 items"),
        ),
        row(
            r#"{"calls": {"once": ["init"]}}"#,
            r#"{"calls": {"once": ["updateConnection"]}}"#,
            (unseen_calls(), r#"{"calls": {"once": ["init"]}}"#, unseen),
            (r#"{"calls": {"once": "init"}}"#, "invalid type"),
        ),
        row(
            r#"{"calls": {"order": ["init", "updateConnection"]}}"#,
            r#"{"calls": {"order": ["updateConnection", "init"]}}"#,
            (unseen_calls(), r#"{"calls": {"order": ["init", "reset"]}}"#, unseen),
            (r#"{"calls": {"order": [1]}}"#, "invalid type"),
        ),
        row(
            r#"{"connected": true}"#,
            r#"{"connected": false}"#,
            (no_handshake(), r#"{"connected": false}"#, Reason::EntriesMissing),
            (r#"{"connected": 1}"#, "expected a boolean"),
        ),
        row(
            r#"{"sdk": {"atLeast": "2.2.9"}}"#,
            r#"{"sdk": {"atLeast": "2026.1"}}"#,
            (odd(), r#"{"sdk": {"atLeast": "2.2"}}"#, Reason::NotReported),
            (r#"{"sdk": {"atLeast": "two"}}"#, "a version such as"),
        ),
        row(
            r#"{"sdk": {"region": ["eu"]}}"#,
            r#"{"sdk": {"region": ["us"]}}"#,
            (odd(), r#"{"sdk": {"region": ["eu"]}}"#, Reason::NotReported),
            (r#"{"sdk": {"region": []}}"#, "1 to 100 items"),
        ),
    ]
}

#[test]
fn every_matcher_has_every_state() {
    for Row { met, not_met, unknown: (tab, unknown_expect, reason), wrong } in
        rows_of_fields().into_iter().chain(rows_of_the_rest())
    {
        let expect = |text: &str| from_str::<Value>(text).unwrap();
        assert!(is_met(&verdict(&rich(), expect(met))), "{met}: {:?}", verdict(&rich(), expect(met)));
        let failed = verdict(&rich(), expect(not_met));
        assert_eq!(failed.outcome(), Outcome::NotMet, "{not_met}: {failed:?}");
        // On a page without entries, before the time is over.
        for text in [met, not_met] {
            let open = verdict_at(&Tab::new(), 4000, expect(text));
            assert_eq!(open, Verdict::NotYet { awaited: Awaited::End(6000) }, "{text}");
        }
        assert_eq!(verdict(&tab, expect(unknown_expect)), unknown(reason), "{unknown_expect}");
        let message = message(wrong.0);
        assert!(message.contains(wrong.1), "{}: {message}", wrong.0);
    }
}

#[test]
fn the_number_of_keys_is_limited() {
    let keys: serde_json::Map<_, _> = (0..=MAX_ITEMS).map(|n| (n.to_string(), json!({"present": true}))).collect();
    let message = message(&json!({"metadata": {"keys": keys}}).to_string());
    assert!(message.contains("1 to 100 keys"), "{message}");
}

#[test]
fn everyone_who_sets_a_value_is_known() {
    let set_by = |tab: &Tab, field: &str, setter: &str| {
        let visits = judge_at(tab, false, OVER, &file(json!({}), json!({field: {"setBy": [setter]}})));
        is_met(&visits.last().unwrap().verdicts[0].1)
    };
    let mut updated = Tab::connected(json!({}));
    updated.call("updateConnection", json!([{"uniqueId": "a"}]));
    let mut account = Tab::new();
    account.waits("init", json!([{"uniqueId": "1"}])).account(json!({"apiKey": "K", "identities": ["Acme"]}));
    account.config(json!({"apiKey": "K", "uniqueId": "1", "identities": ["Acme"]}));
    let mut chat = Tab::connected(json!({}));
    chat.chats(json!(["intercom"])).config(json!({"integrationIds": ["intercom:7"]}));
    chat.frame_out("hello", json!({"integrationIds": ["intercom:7"]}));
    let mut address = Tab::new();
    address.page("https://acme.test/?__upscope_unique_id=ada").version("2.2.119").call("init", json!([{}]));
    address.config(json!({"uniqueId": "ada"}));
    let init = Tab::connected(json!({"uniqueId": "a"}));
    let setters = ["init", "updateConnection", "liveChat", "accountSettings", "urlParameter"];
    for (tab, field, by) in [
        (&init, "uniqueId", "init"),
        (&updated, "uniqueId", "updateConnection"),
        (&chat, "integrationIds", "liveChat"),
        (&account, "identities", "accountSettings"),
        (&address, "uniqueId", "urlParameter"),
    ] {
        let met: Vec<_> = setters.into_iter().filter(|setter| set_by(tab, field, setter)).collect();
        assert_eq!(met, [by]);
    }
}
