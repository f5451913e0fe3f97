use super::*;
use serde_json::from_str;

/// The visitor of most tests.
fn ada() -> Tab {
    Tab::connected(json!({
        "uniqueId": "cust-1042", "identities": ["Ada", "ada@acme.test"], "tags": ["#VIP"],
        "integrationIds": ["zendesk:1", "crm:"], "metadata": {"plan": "pro", "seats": 3, "trial": false, "old": null},
    }))
}

#[test]
fn each_matcher_is_met_or_not() {
    for (expect, is_expected) in [
        (r#"{"uniqueId": {"present": true}}"#, true),
        (r#"{"uniqueId": {"equals": "cust-1042"}}"#, true),
        (r#"{"uniqueId": {"equals": "cust-1"}}"#, false),
        (r#"{"uniqueId": {"oneOf": ["a", "cust-1042"]}}"#, true),
        (r#"{"uniqueId": {"oneOf": ["a", "b"]}}"#, false),
        (r#"{"uniqueId": {"matches": "^cust-\\d+$"}}"#, true),
        (r#"{"uniqueId": {"matches": "^\\d+$"}}"#, false),
        (r#"{"uniqueId": {"type": "string"}}"#, true),
        (r#"{"uniqueId": {"type": "number"}}"#, false),
        (r#"{"identities": {"count": {"atLeast": 2}}}"#, true),
        (r#"{"identities": {"count": {"atMost": 1}}}"#, false),
        (r#"{"identities": {"includes": ["Ada"]}}"#, true),
        (r#"{"identities": {"includes": ["Ada", "Bob"]}}"#, false),
        (r##"{"tags": {"excludes": ["#TRIAL"]}}"##, true),
        (r##"{"tags": {"excludes": ["#VIP"]}}"##, false),
        (r#"{"tags": {"matches": "^#"}}"#, true),
        (r#"{"identities": {"matches": "@"}}"#, false),
        (r#"{"integrationIds": {"systems": ["zendesk"]}}"#, true),
        (r#"{"integrationIds": {"systems": ["crm"]}}"#, false),
        (r#"{"metadata": {"keys": {"plan": {"oneOf": ["pro", "team"]}}}}"#, true),
        (r#"{"metadata": {"keys": {"seats": {"type": "number", "equals": 3.0}}}}"#, true),
        (r#"{"metadata": {"keys": {"seats": {"equals": "3"}}}}"#, false),
        (r#"{"metadata": {"keys": {"trial": {"present": true}}}}"#, true),
        (r#"{"metadata": {"keys": {"gone": {"present": true}}}}"#, false),
        (r#"{"metadata": {"keys": {"gone": {"present": false}}}}"#, true),
        (r#"{"metadata": {"keys": {"old": {"present": false}}}}"#, true),
        (r#"{"metadata": {"keys": {"plan": {"present": false}}}}"#, false),
        (r#"{"metadata": {"equals": {"plan": "pro", "seats": 3, "trial": false, "old": null}}}"#, true),
        (r#"{"metadata": {"equals": {"plan": "pro"}}}"#, false),
        (r#"{"uniqueId": {"setBy": ["init", "liveChat"]}}"#, true),
        (r#"{"uniqueId": {"setBy": ["updateConnection"]}}"#, false),
        (r#"{"uniqueId": {"before": 1}}"#, true),
        (r#"{"uniqueId": {"before": 0.001}}"#, false),
        (r#"{"uniqueId": {"overwritten": false}}"#, true),
        (r#"{"uniqueId": {"never": ["placeholder", "template"]}}"#, true),
        (r#"{"uniqueId": {"present": false}}"#, false),
    ] {
        let verdict = verdict(&ada(), from_str(expect).unwrap());
        assert_eq!(is_met(&verdict), is_expected, "{expect}: {verdict:?}");
        assert!(is_expected || verdict.outcome() == Outcome::NotMet, "{expect}: {verdict:?}");
    }
}

#[test]
fn what_is_not_met_is_proven() {
    let init = Some(entry(2));
    let expect = json!({"uniqueId": {"type": "string", "matches": "^x"}});
    assert_eq!(not_met(verdict(&ada(), expect)), (Requirement::Matches("^x".into()), Some(json!("cust-1042")), init));
    let bare = Tab::connected(json!({}));
    assert_eq!(not_met(verdict(&bare, json!({"tags": {"present": true}}))), (Requirement::Present, None, init));
    let mut waiting = Tab::new();
    waiting.waits("init", json!([{"uniqueId": "7"}]));
    let found = not_met(verdict(&waiting, json!({"uniqueId": {"equals": "7"}})));
    assert_eq!(found, (Requirement::OneOf(vec![json!("7")]), Some(json!("7")), Some(entry(1))));
}

#[test]
fn while_there_is_time_nothing_is_missing() {
    let bare = Tab::connected(json!({}));
    for expect in [
        r#"{"uniqueId": {"present": true}}"#,
        r#"{"uniqueId": {"present": false}}"#,
        r##"{"tags": {"excludes": ["#A"]}}"##,
        r#"{"tags": {"never": ["template"]}}"#,
        r#"{"tags": {"overwritten": false}}"#,
        r#"{"metadata": {"keys": {"plan": {"type": "string"}}}}"#,
    ] {
        let verdict = verdict_at(&bare, 4000, from_str(expect).unwrap());
        assert_eq!(verdict, Verdict::NotYet { awaited: Awaited::End(6000) }, "{expect}");
    }
    assert!(is_met(&verdict_at(&ada(), 4000, json!({"uniqueId": {"present": true}}))));
}

#[test]
fn missing_entries_make_unknown_what_they_may_hold() {
    let tab = || {
        let mut tab = Tab::connected(json!({"uniqueId": "a"}));
        tab.call("logEvent", json!([])).call("logEvent", json!([]));
        tab.without(6..7)
    };
    for expect in [
        r#"{"uniqueId": {"equals": "b"}}"#,
        r#"{"uniqueId": {"overwritten": false}}"#,
        r#"{"tags": {"present": true}}"#,
        r#"{"tags": {"present": false}}"#,
        r##"{"tags": {"excludes": ["#A"]}}"##,
        r#"{"tags": {"never": ["template"]}}"#,
    ] {
        assert_eq!(verdict(&tab(), from_str(expect).unwrap()), unknown(Reason::EntriesMissing), "{expect}");
    }
    assert!(is_met(&verdict(&tab(), json!({"uniqueId": {"equals": "a"}}))), "what is there proves it");
}

#[test]
fn a_value_that_was_not_read_whole_decides_only_what_it_shows() {
    let of = |value: Value| Tab::connected(json!({"uniqueId": value, "tags": value, "metadata": value}));
    let cut_text = json!({"$": "text", "v": "abc", "n": 5000});
    let cut_list = json!({"$": "list", "v": ["#A"], "n": 3});
    let cut_map = json!({"$": "map", "v": {"a": 1}, "n": 3});
    let getter = json!({"$": "accessor"});
    let proxy = json!({"$": "proxy", "v": {"a": 1}});
    let unread = Outcome::CannotBeKnown;
    for (value, expect, outcome) in [
        (&cut_text, r#"{"uniqueId": {"present": true}}"#, Outcome::Met),
        (&cut_text, r#"{"uniqueId": {"equals": "abc"}}"#, Outcome::NotMet),
        (&cut_text, r#"{"uniqueId": {"matches": "^abc"}}"#, unread),
        (&cut_text, r#"{"uniqueId": {"never": ["template"]}}"#, unread),
        (&cut_list, r##"{"tags": {"includes": ["#A"]}}"##, Outcome::Met),
        (&cut_list, r##"{"tags": {"includes": ["#B"]}}"##, unread),
        (&cut_list, r##"{"tags": {"excludes": ["#B"]}}"##, unread),
        (&cut_list, r##"{"tags": {"excludes": ["#A"]}}"##, Outcome::NotMet),
        (&cut_list, r#"{"tags": {"count": {"atLeast": 4, "atMost": 4}}}"#, Outcome::Met),
        (&cut_list, r##"{"tags": {"equals": ["#A", "#B", "#C", "#D"]}}"##, unread),
        (&cut_list, r##"{"tags": {"equals": ["#A", "#B"]}}"##, Outcome::NotMet),
        (&cut_map, r#"{"metadata": {"keys": {"a": {"equals": 1}}}}"#, Outcome::Met),
        (&cut_map, r#"{"metadata": {"keys": {"b": {"equals": 1}}}}"#, unread),
        (&cut_map, r#"{"metadata": {"keys": {"b": {"present": false}}}}"#, unread),
        (&cut_map, r#"{"metadata": {"equals": {"a": 1}}}"#, unread),
        (&cut_map, r#"{"metadata": {"equals": {"a": 2}}}"#, Outcome::NotMet),
        (&getter, r#"{"uniqueId": {"present": true}}"#, unread),
        (&getter, r#"{"uniqueId": {"present": false}}"#, unread),
        (&getter, r#"{"uniqueId": {"equals": "a"}}"#, unread),
        (&getter, r#"{"uniqueId": {"type": "string"}}"#, unread),
        (&proxy, r#"{"metadata": {"keys": {"a": {"equals": 1}}}}"#, unread),
        (&proxy, r#"{"metadata": {"type": "object"}}"#, Outcome::Met),
    ] {
        let verdict = verdict(&of(value.clone()), from_str(expect).unwrap());
        assert_eq!(verdict.outcome(), outcome, "{value} {expect}: {verdict:?}");
    }
    let digits = Tab::connected(json!({"metadata": {"n": 10203040506070808_u64}}));
    let expect = json!({"metadata": {"keys": {"n": {"equals": 10203040506070809_u64}}}});
    assert_eq!(verdict(&digits, expect), unknown(Reason::Unread));
}

#[test]
fn what_json_omits_is_not_there() {
    let omitted = || json!({"$": "function"});
    let metadata = json!({"plan": "pro", "save": omitted(), "mark": {"$": "symbol"}, "seats": {"$": "NaN"}});
    let tab = Tab::connected(json!({"uniqueId": omitted(), "metadata": metadata}));
    for (expect, is_expected) in [
        (r#"{"metadata": {"equals": {"plan": "pro", "seats": null}}}"#, true),
        (r#"{"metadata": {"equals": {"plan": "pro"}}}"#, false),
        (r#"{"metadata": {"keys": {"save": {"present": false}}}}"#, true),
        (r#"{"metadata": {"keys": {"save": {"present": true}}}}"#, false),
        (r#"{"metadata": {"keys": {"seats": {"present": true}}}}"#, false),
    ] {
        let verdict = verdict(&tab, from_str(expect).unwrap());
        assert_eq!(is_met(&verdict), is_expected, "{expect}: {verdict:?}");
    }
}

#[test]
fn a_call_that_was_not_read_may_have_given_the_value() {
    for argument in [json!({"$": "deep"}), json!({"$": "proxy", "v": {}}), json!({"$": "map", "v": {}, "n": 9})] {
        let tab = Tab::connected(argument);
        assert_eq!(verdict(&tab, json!({"uniqueId": {"present": true}})), unknown(Reason::Unread));
        assert_eq!(verdict(&tab, json!({"uniqueId": {"present": false}})), unknown(Reason::Unread));
        assert_eq!(verdict(&tab, json!({"uniqueId": {"never": ["template"]}})), unknown(Reason::Unread));
    }
}

#[test]
fn a_masked_recording_hides_texts_and_not_forms() {
    for (expect, outcome) in [
        (r#"{"uniqueId": {"present": true, "type": "string", "setBy": ["init"]}}"#, Outcome::Met),
        (r#"{"uniqueId": {"equals": "other"}}"#, Outcome::CannotBeKnown),
        (r#"{"uniqueId": {"matches": "^\\d+$"}}"#, Outcome::CannotBeKnown),
        (r#"{"uniqueId": {"equals": 7}}"#, Outcome::NotMet),
        (r#"{"identities": {"count": {"atLeast": 2, "atMost": 2}}}"#, Outcome::Met),
        (r#"{"identities": {"includes": ["Ada"]}}"#, Outcome::CannotBeKnown),
        (r##"{"tags": {"excludes": ["#OLD"]}}"##, Outcome::CannotBeKnown),
        (r#"{"integrationIds": {"systems": ["zendesk"]}}"#, Outcome::Met),
        (r#"{"integrationIds": {"systems": ["front"]}}"#, Outcome::NotMet),
        (r#"{"metadata": {"keys": {"seats": {"equals": 4}}}}"#, Outcome::CannotBeKnown),
        (r#"{"metadata": {"keys": {"trial": {"equals": false}}}}"#, Outcome::Met),
        (r#"{"uniqueId": {"never": ["placeholder"]}}"#, Outcome::Met),
    ] {
        let verdict = masked_verdict(&ada(), from_str(expect).unwrap());
        assert_eq!(verdict.outcome(), outcome, "{expect}: {verdict:?}");
    }
}

#[test]
fn flawed_values_are_found_where_they_were_given() {
    let never = json!({"uniqueId": {"never": ["placeholder", "template", "nothing-as-text"]}});
    let expect = |value: &str| not_met(verdict(&Tab::connected(json!({"uniqueId": value})), never.clone()));
    let init = Some(entry(2));
    assert_eq!(expect("USER UNIQUE ID"), (Requirement::Never("placeholder"), Some(json!("USER UNIQUE ID")), init));
    assert_eq!(expect("{{ user.id }}").0, Requirement::Never("template"));
    let mut edited = Tab::connected(json!({}));
    edited
        .act(json!({"act": "update", "update": {"uniqueId": "{{x}}"}}))
        .acted("updateConnection", json!([{"uniqueId": "{{x}}"}]));
    assert!(is_met(&verdict(&edited, never)), "the inspector gave it");
}

#[test]
fn another_value_within_the_load_overwrites() {
    let expect = json!({"tags": {"overwritten": false}});
    let mut tab = Tab::connected(json!({"tags": ["#A"]}));
    tab.call("updateConnection", json!([{"tags": ["#A"]}]));
    assert!(is_met(&verdict(&tab, expect.clone())));
    tab.call("reset", json!([])).call("updateConnection", json!([{"tags": ["#B"]}]));
    assert!(is_met(&verdict(&tab, expect.clone())), "another visitor");
    tab.call("updateConnection", json!([{"tags": ["#C"]}]));
    assert_eq!(not_met(verdict(&tab, expect)), (Requirement::NotOverwritten, Some(json!(["#C"])), Some(tab.last())));
}

#[test]
fn an_edit_with_the_inspector_accuses_nobody() {
    let mut tab = Tab::connected(json!({}));
    tab.act(json!({"act": "update", "update": {"uniqueId": "z"}}))
        .acted("updateConnection", json!([{"uniqueId": "z"}]));
    for expect in
        [r#"{"uniqueId": {"equals": "a"}}"#, r#"{"uniqueId": {"equals": "z"}}"#, r#"{"uniqueId": {"present": false}}"#]
    {
        assert_eq!(verdict(&tab, from_str(expect).unwrap()), unknown(Reason::Edited), "{expect}");
    }
}

#[test]
fn nobody_recorded_who_set_a_value() {
    let mut tab = Tab::connected(json!({}));
    tab.config(json!({"uniqueId": "a"}));
    assert_eq!(verdict(&tab, json!({"uniqueId": {"setBy": ["init"]}})), unknown(Reason::SetterUnknown));
}

#[test]
fn a_single_text_is_a_list_of_one() {
    let tab = Tab::connected(json!({"identities": "Ada"}));
    for expect in [r#"{"includes": ["Ada"]}"#, r#"{"equals": ["Ada"]}"#, r#"{"count": {"atMost": 1}}"#] {
        assert!(is_met(&verdict(&tab, json!({"identities": from_str::<Value>(expect).unwrap()}))), "{expect}");
    }
    assert!(!is_met(&verdict(&tab, json!({"identities": {"type": "array"}}))));
}
