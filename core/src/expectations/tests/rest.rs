use super::*;
use crate::recording::entry::SdkEntry;
use crate::recording::entry::{DropReason, Entry, EntryData, PageMoment, SdkMoment, SocketMoment};
use crate::recording::fixture::sdk;
use crate::recording::history::MAX_ADDRESSES;
use crate::recording::mask::Masker;
use serde_json::from_str;

fn shop() -> Tab {
    let mut tab = Tab::connected(json!({"uniqueId": "a"}));
    tab.call("updateConnection", json!([{"tags": ["#A"]}])).call("updateConnection", json!([{"tags": ["#A"]}]));
    tab
}

#[test]
fn calls_are_counted_and_ordered() {
    for (expect, is_expected) in [
        (r#"{"made": ["init"]}"#, true),
        (r#"{"made": ["reset"]}"#, false),
        (r#"{"notMade": ["reset"]}"#, true),
        (r#"{"notMade": ["init"]}"#, false),
        (r#"{"once": ["init"]}"#, true),
        (r#"{"once": ["updateConnection"]}"#, false),
        (r#"{"order": ["init", "updateConnection"]}"#, true),
        (r#"{"order": ["updateConnection", "init"]}"#, false),
        (r#"{"order": ["init", "reset"]}"#, false),
    ] {
        let verdict = verdict(&shop(), json!({"calls": from_str::<Value>(expect).unwrap()}));
        assert_eq!(is_met(&verdict), is_expected, "{expect}: {verdict:?}");
    }
    let found = not_met(verdict(&shop(), json!({"calls": {"once": ["updateConnection"]}})));
    assert_eq!(found, (Requirement::CalledOnce("updateConnection".into()), None, Some(shop().last())));
    let yet = verdict_at(&Tab::new(), 1000, json!({"calls": {"made": ["init"]}}));
    assert_eq!(yet, Verdict::NotYet { awaited: Awaited::End(9000) });
}

#[test]
fn calls_that_are_not_recorded_accuse_nobody() {
    let lost = || shop().without(3..4);
    for expect in [
        r#"{"made": ["reset"]}"#,
        r#"{"notMade": ["reset"]}"#,
        r#"{"once": ["init"]}"#,
        r#"{"order": ["init", "reset"]}"#,
    ] {
        let expect = json!({"calls": from_str::<Value>(expect).unwrap()});
        assert_eq!(verdict(&lost(), expect.clone()), unknown(Reason::EntriesMissing), "{expect}");
    }
    let mut skipped = shop();
    let what = EntryData::Drop { count: 3, why: DropReason::Rate };
    skipped.timeline.push(Entry { id: skipped.next(), t: 500, task: None, what });
    assert_eq!(verdict(&skipped, json!({"calls": {"made": ["reset"]}})), unknown(Reason::EntriesMissing));
}

#[test]
fn the_inspectors_own_calls_do_not_count() {
    let mut tab = shop();
    tab.act(json!({"act": "reset"})).acted("reset", json!([]));
    assert!(is_met(&verdict(&tab, json!({"calls": {"notMade": ["reset"]}}))));
}

#[test]
fn a_visitor_who_logs_out_is_logged_out_of_upscope() {
    let expect = json!({"calls": {"resetOnLogout": true}});
    assert_eq!(verdict(&shop(), expect.clone()), Verdict::NotYet { awaited: Awaited::LogOut });
    let ended = only(judge_ended(&shop(), OVER, &file(json!({}), expect.clone())));
    assert_eq!((ended.outcome(), ended), (Outcome::NotJudged, unknown(Reason::NotLoggedOut)));
    let mut silent = shop();
    silent.moment(PageMoment::Route, "https://acme.test/logout");
    assert_eq!(not_met(verdict(&silent, expect.clone())).0, Requirement::ResetOnLogout);
    let mut said = shop();
    said.call("reset", json!([])).moment(PageMoment::Route, "https://acme.test/logout");
    assert!(is_met(&verdict(&said, expect.clone())));
    let mut removed = shop();
    removed.call("updateConnection", json!([{"uniqueId": null, "identities": null}]));
    assert!(is_met(&verdict(&removed, expect)));
}

#[test]
fn the_second_visit_of_a_url_for_logging_out_counts() {
    let expect = json!({"calls": {"resetOnLogout": true}});
    let mut tab = shop();
    tab.moment(PageMoment::Route, "https://acme.test/logout").call("reset", json!([]));
    tab.moment(PageMoment::Route, "https://acme.test/").call("updateConnection", json!([{"uniqueId": "b"}]));
    assert!(is_met(&verdict(&tab, expect.clone())));
    tab.moment(PageMoment::Route, "https://acme.test/logout");
    assert_eq!(not_met(verdict(&tab, expect)).2, Some(tab.last()));
}

#[test]
fn a_page_that_shows_more_urls_than_are_known_may_have_logged_out() {
    let expect = json!({"calls": {"resetOnLogout": true}});
    let mut tab = shop();
    tab.uncapped().call("reset", json!([]));
    for n in 1..MAX_ADDRESSES {
        tab.moment(PageMoment::Route, &format!("https://acme.test/{n}"));
    }
    assert!(is_met(&verdict(&tab, expect.clone())));
    tab.moment(PageMoment::Route, "https://acme.test/end");
    assert_eq!(verdict(&tab, expect), unknown(Reason::TooMany));
}

#[test]
fn findings_fail_from_a_severity_on() {
    let mut tab = Tab::connected(json!({"uniqueId": "a", "tags": ["vip"]}));
    tab.call("updateConnection", json!([{"uniqueId": "b"}]));
    let judged = |expect: &str| verdict(&tab, json!({"findings": from_str::<Value>(expect).unwrap()}));
    assert_eq!(not_met(judged("{}")).0, Requirement::NoFinding("unique-id-changed"));
    let found = not_met(judged(r#"{"allow": ["unique-id-changed"], "fail": "warning"}"#));
    assert_eq!((found.0, found.2), (Requirement::NoFinding("tag-pattern"), Some(entry(2))));
    assert!(is_met(&judged(r#"{"allow": ["unique-id-changed"]}"#)));
    let lost = shop().without(3..4);
    assert_eq!(verdict(&lost, json!({"findings": {}})), unknown(Reason::EntriesMissing));
    let early = verdict_at(&shop(), 500, json!({"findings": {}}));
    assert_eq!(early, Verdict::NotYet { awaited: Awaited::End(9500) });
}

#[test]
fn findings_that_are_not_kept_leave_the_verdict_open() {
    let mut tab = Tab::connected(json!({"uniqueId": "a"}));
    let flawed = |tab: &mut Tab, n: u32| _ = tab.call("updateConnection", json!([{"tags": [format!("x{n}")]}]));
    (0..50).for_each(|n| flawed(&mut tab, n));
    let after = |tab: &Tab, expect: Value| {
        let file = file(json!({"after": {"call": "logEvent"}}), expect);
        only(judge_at(tab, false, OVER, &file))
    };
    let (warnings, errors) = (json!({"findings": {"fail": "warning"}}), json!({"findings": {}}));
    tab.call("logEvent", json!([]));
    assert_eq!(after(&tab, warnings.clone()), Verdict::Met { entry: Some(tab.last()) });
    flawed(&mut tab, 50);
    assert_eq!(after(&tab, warnings.clone()), unknown(Reason::FindingsOmitted));
    assert!(is_met(&after(&tab, errors)), "the check is of another severity");
    let allowed = json!({"findings": {"fail": "warning", "allow": ["tag-pattern"]}});
    assert!(is_met(&after(&tab, allowed)));
    assert_eq!(not_met(verdict(&tab, warnings)).0, Requirement::NoFinding("tag-pattern"), "what is kept is known");
}

#[test]
fn the_connection_is_a_handshake() {
    let mut early = Tab::new();
    early.version("2.2.119").call("init", json!([{}])).socket(SocketMoment::New);
    assert!(is_met(&verdict(&shop(), json!({"connected": true}))));
    assert_eq!(not_met(verdict(&early, json!({"connected": true}))).0, Requirement::Connected);
    assert!(is_met(&verdict(&early, json!({"connected": false}))));
    assert_eq!(not_met(verdict(&shop(), json!({"connected": false}))).0, Requirement::NotConnected);
    assert_eq!(verdict_at(&early, 100, json!({"connected": true})), Verdict::NotYet { awaited: Awaited::End(9900) });
    assert_eq!(verdict(&shop().without(5..6), json!({"connected": true})), unknown(Reason::EntriesMissing));
}

#[test]
fn no_text_of_the_file_is_in_a_masked_verdict() {
    for expect in [
        r#"{"uniqueId": {"equals": "Ada"}}"#,
        r#"{"uniqueId": {"oneOf": ["Ada", ["Ada"]]}}"#,
        r#"{"uniqueId": {"matches": "^Ada@acme\\.example$"}}"#,
        r#"{"metadata": {"keys": {"name": {"matches": "Ada"}}}}"#,
        r#"{"tags": {"includes": ["Ada"]}}"#,
    ] {
        let tab = Tab::connected(json!({"uniqueId": "b", "tags": ["b"], "metadata": {"name": "b"}}));
        let visit = judge_at(&tab, false, OVER, &file(json!({}), from_str(expect).unwrap())).remove(0);
        let (subject, verdict) = &visit.verdicts[0];
        let Verdict::NotMet { requirement, .. } = verdict else { panic!("{expect}: {verdict:?}") };
        let shown = format!("{requirement:?}");
        let masked = format!("{:?}", requirement.masked(&mut Masker::default(), subject));
        assert!(shown.contains("Ada") && !masked.contains("Ada"), "{expect}: {masked}");
    }
}

#[test]
fn the_sdk_has_a_version_and_a_region() {
    let at_least = |tab: &Tab, version: &str| verdict(tab, json!({"sdk": {"atLeast": version}}));
    assert!(is_met(&at_least(&shop(), "2.2.9")));
    let found = not_met(at_least(&shop(), "2026.1"));
    assert_eq!(found, (Requirement::AtLeast("2026.1".into()), Some(json!("2.2.119")), Some(entry(1))));
    let mut odd = Tab::new();
    odd.version("next");
    assert_eq!(at_least(&odd, "2.2"), unknown(Reason::NotReported));
    assert_eq!(not_met(at_least(&Tab::new(), "2.2")).1, None);
    let mut tab = shop();
    let region = json!({"sdk": {"region": ["eu", "us"]}});
    assert_eq!(verdict(&tab, region.clone()), unknown(Reason::NotReported));
    tab.sdk(SdkEntry { region: Some("eu".into()), ..sdk(SdkMoment::Version) });
    assert!(is_met(&verdict(&tab, region.clone())));
    tab.stored("region", Some("\"au\""));
    assert_eq!(not_met(verdict(&tab, region)).1, Some(json!("au")));
}
