//! Entries are missing: what they may have contained is unknown.

use super::*;

#[test]
fn a_value_before_a_gap_is_uncertain() {
    let mut tab = Tab::connected(json!({"uniqueId": "1"}));
    let init = tab.next();
    (0..50).for_each(|_| _ = tab.call("logEvent", json!([])));
    let doc = only(&tab.without(10..40));
    assert!(!doc.complete && doc.gaps.len() == 1);
    let now = doc.value_history(UNIQUE_ID).now().unwrap();
    assert_eq!((now.cause, &doc.call(now.entry).unwrap().call.name[..]), (Cause::Call, "init"));
    assert!(now.entry < init && !doc.is_certain(now));
}

#[test]
fn a_later_reading_makes_a_value_certain() {
    let mut tab = Tab::connected(json!({"uniqueId": "1"}));
    (0..50).for_each(|_| _ = tab.call("logEvent", json!([])));
    tab.config(json!({"uniqueId": "1"}));
    let doc = only(&tab.without(10..40));
    assert!(doc.is_certain(doc.value_history(UNIQUE_ID).now().unwrap()));
}

#[test]
fn without_the_beginning_no_init_is_effective() {
    let mut tab = Tab::connected(json!({"uniqueId": "1"}));
    tab.later(60_000).call("init", json!([{"uniqueId": "2"}])).waits("init", json!([{"uniqueId": "3"}])).done(2);
    let doc = only(&tab.without(0..6));
    assert!(doc.calls.iter().all(|call| call.result == CallResult::Unknown) && doc.init().is_none());
    assert_eq!(steps(&doc, UNIQUE_ID), []);
}

#[test]
fn calls_waiting_before_a_gap_have_unknown_results() {
    let mut tab = Tab::connected(json!({}));
    tab.socket(SocketMoment::Close).waits("updateConnection", json!([{"uniqueId": "2"}])).waits("logEvent", json!([]));
    (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
    tab.done(2).connect("S1").moment(PageMoment::Hide, "");
    let whole = only(&tab);
    let doc = only(&tab.without(9..14));
    assert_eq!((whole.calls[1].took_effect(), whole.marks.dead_queue.is_some()), (true, true));
    assert_eq!((doc.calls[1].result, doc.marks.dead_queue), (CallResult::Unknown, None));
    assert!(matches!(doc.calls[2].result, CallResult::Processed(_)), "it was seen to leave the queue");
}

#[test]
fn a_frame_proves_a_connection() {
    let mut tab = Tab::connected(json!({}));
    tab.frame_in("ping", json!([]));
    assert_eq!(only(&tab.without(0..6)).phase, Phase::Ready);
    let mut tab = Tab::connected(json!({}));
    tab.call("logEvent", json!([]));
    assert_eq!(only(&tab.without(0..6)).phase, Phase::Before);
}

#[test]
fn a_drop_entry_is_a_gap() {
    let mut tab = Tab::connected(json!({}));
    tab.waits("updateConnection", json!([{"tags": ["#A"]}])).dropped(3).call("init", json!([{}]));
    let doc = only(&tab);
    assert_eq!((doc.complete, doc.gaps.len()), (false, 1));
    assert_eq!([doc.calls[1].result, doc.calls[2].result], [CallResult::Unknown; 2]);
    assert_eq!(only(Tab::connected(json!({})).dropped(0)).gaps, []);
}

#[test]
fn a_gap_may_contain_the_frame_of_what_seemed_lost() {
    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", json!([{"metadata": {"a": 1}}]));
    tab.connect("S1");
    assert_eq!(only(&tab).calls[1].effects, [(METADATA, CallEffect::LostWaiting)]);
    tab.dropped(1);
    assert_eq!(only(&tab).calls[1].effects, []);
}

#[test]
fn entries_after_a_gap_are_later_than_those_before() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.lose().later(-50).call("updateConnection", json!([{"uniqueId": "bob"}]));
    let doc = only(&tab);
    let steps = &doc.value_history(UNIQUE_ID).steps;
    assert!(!doc.follows(&steps[0], &steps[1]), "{steps:?}");
    assert!(doc.calls[1].t > doc.gaps[0].t);
}

#[test]
fn a_call_of_a_missing_act_is_not_the_pages() {
    let mut tab = Tab::connected(json!({}));
    tab.acted("updateConnection", json!([{"tags": ["#A"]}]));
    let doc = only(&tab);
    assert!(doc.calls[1].own.is_none() && !doc.calls[1].is_by_page());
    assert_eq!(steps(&doc, TAGS), [(Cause::Unrecorded, json!(["#A"]))]);
}

#[test]
fn a_document_without_entries_is_a_gap() {
    let mut tab = Tab::new();
    let next = tab.here().1;
    tab.page("https://acme.test/2");
    let documents = tab.without(0..next).history().documents;
    assert_eq!((documents.len(), documents[0].gaps.len(), documents[0].complete), (2, 1, false));
}
