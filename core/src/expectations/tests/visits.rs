use super::*;
use crate::recording::entry::PageMoment;

fn judged(tab: &Tab, when: Value, pages: &[&str], expect: Value) -> Vec<(String, Outcome)> {
    let text =
        json!({"schema": SCHEMA, "expectations": [{"name": "it", "pages": pages, "when": when, "expect": expect}]});
    let file = read(&text.to_string(), Format::Json).unwrap();
    let visits = judge_at(tab, false, OVER, &file);
    visits.into_iter().map(|visit| (visit.url.clone(), visit.outcome())).collect()
}

#[test]
fn a_route_is_a_visit_and_values_stay() {
    let mut tab = Tab::connected(json!({"uniqueId": "a"}));
    let cart = ["https://acme.test/*#/cart*"];
    tab.later(20_000).moment(PageMoment::Route, "https://acme.test/#/cart");
    tab.later(20_000).moment(PageMoment::Route, "https://acme.test/#/cart/2");
    tab.moment(PageMoment::Route, "https://acme.test/#/home");
    tab.call("updateConnection", json!([{"tags": ["#A"]}]));
    tab.moment(PageMoment::Route, "https://acme.test/#/cart");
    let first = |outcome| ("https://acme.test/#/cart".to_owned(), outcome);
    let present = judged(&tab, json!({}), &cart, json!({"uniqueId": {"present": true}, "calls": {"made": ["init"]}}));
    assert_eq!(present, [first(Outcome::Met), first(Outcome::Met)]);
    let tags = judged(&tab, json!({}), &cart, json!({"tags": {"present": true}}));
    assert_eq!(tags, [first(Outcome::NotMet), first(Outcome::Met)]);
    assert_eq!(judged(&tab, json!({}), &["https://acme.test/other"], json!({"connected": true})), []);
}

#[test]
fn a_page_that_is_left_early_is_not_judged() {
    let mut tab = Tab::connected(json!({}));
    tab.page("https://acme.test/2");
    let expect = json!({"uniqueId": {"present": true}});
    let outcomes: Vec<_> =
        judged(&tab, json!({}), &["https://acme.test/*"], expect.clone()).into_iter().map(|(_, it)| it).collect();
    assert_eq!(outcomes, [Outcome::NotJudged, Outcome::NotMet]);
    let soon = judged(&tab, json!({"within": 0.02}), &["https://acme.test/"], expect);
    assert_eq!(soon[0].1, Outcome::NotMet, "its time was over");
}

#[test]
fn the_time_begins_with_a_trigger() {
    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{}])).later(30_000).connect("S1");
    tab.later(1000).call("updateConnection", json!([{"uniqueId": "a"}]));
    let all = ["https://acme.test/*"];
    let outcome = |when: Value, expect: Value| judged(&tab, when, &all, expect)[0].1;
    let named = json!({"uniqueId": {"present": true}});
    assert_eq!(outcome(json!({}), named.clone()), Outcome::NotMet);
    assert_eq!(outcome(json!({"after": "connected", "within": 2}), named.clone()), Outcome::Met);
    assert_eq!(outcome(json!({"after": "connected", "within": 0.5}), named.clone()), Outcome::NotMet);
    assert_eq!(outcome(json!({"after": {"call": "init"}, "within": 32}), named.clone()), Outcome::Met);
    assert_eq!(outcome(json!({"after": {"call": "reset"}}), named), Outcome::NotYet);
    let calls = json!({"calls": {"made": ["updateConnection"]}});
    assert_eq!(
        outcome(json!({"after": {"call": "updateConnection"}}), calls),
        Outcome::NotMet,
        "not the trigger itself"
    );
}

#[test]
fn login_and_logout_are_seen_in_addresses() {
    let mut tab = Tab::new();
    tab.page("https://acme.test/login").version("2.2.119").page("https://acme.test/account");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "a"}])).connect("S1");
    tab.moment(PageMoment::Route, "https://acme.test/logout").call("reset", json!([]));
    let all = ["https://acme.test/*"];
    let of = |when: &str, expect: Value| -> Vec<_> {
        judged(&tab, json!({"after": when}), &all, expect).into_iter().map(|(_, outcome)| outcome).collect()
    };
    let none = Outcome::NotJudged;
    assert_eq!(of("login", json!({"uniqueId": {"equals": "a"}})), [none, none, Outcome::Met]);
    assert_eq!(of("login", json!({"uniqueId": {"equals": "b"}})), [none, none, Outcome::NotMet]);
    let absent = of("logout", json!({"uniqueId": {"present": false}}));
    assert_eq!(absent, [none, none, Outcome::Met, Outcome::Met], "the address and the call");
}

#[test]
fn a_trigger_that_did_not_happen_hides_no_verdict() {
    let mut tab = Tab::new();
    tab.page("https://acme.test/login").version("2.2.119").page("https://acme.test/account");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "a"}])).later(20_000);
    tab.page("https://acme.test/orders").version("2.2.119");
    for when in [json!({"after": "login"}), json!({"after": {"call": "init"}})] {
        let file = file(when, json!({"uniqueId": {"present": true}}));
        let live = judge_at(&tab, false, OVER, &file);
        assert_eq!(
            live.last().unwrap().verdicts[0].1,
            Verdict::NotYet { awaited: Awaited::Trigger },
            "it may still happen"
        );
        let ended = judge_ended(&tab, OVER, &file);
        assert_eq!(ended.last().unwrap().verdicts[0].1, unknown(Reason::NotTriggered));
        assert_eq!(outcome_in(&ended, None), Outcome::Met);
    }
}

#[test]
fn a_masked_recording_hides_which_page_it_was() {
    let tab = Tab::connected(json!({"uniqueId": "a"}));
    let judged = |page: &str| {
        let text =
            json!({"schema": SCHEMA, "expectations": [{"name": "it", "pages": [page], "expect": {"connected": true}}]});
        judge_at(&tab, true, OVER, &read(&text.to_string(), Format::Json).unwrap())
    };
    assert_eq!(only(judged("https://acme.test/orders/*")), unknown(Reason::Masked));
    assert_eq!(judged("https://other.test/orders/*"), []);
    assert!(is_met(&only(judged("https://acme.test/*"))));
}

#[test]
fn a_page_loaded_ahead_begins_when_it_is_shown() {
    let mut tab = Tab::new();
    tab.prerendered("https://acme.test/ahead");
    let present = json!({"uniqueId": {"present": true}});
    assert_eq!(judged(&tab, json!({}), &["https://acme.test/ahead"], present.clone()), []);
    tab.later(30_000).moment(PageMoment::Activate, "https://acme.test/ahead");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "a"}]));
    assert_eq!(judged(&tab, json!({}), &["https://acme.test/ahead"], present)[0].1, Outcome::Met);
}

#[test]
fn a_page_load_that_is_gone_may_have_been_a_visit() {
    let mut tab = Tab::connected(json!({"uniqueId": "a"}));
    let outcome = |tab: &Tab, page: &str, expect: Value| {
        let text = json!({"schema": SCHEMA, "expectations": [{"name": "it", "pages": [page], "expect": expect}]});
        outcome_in(&judge_at(tab, false, OVER, &read(&text.to_string(), Format::Json).unwrap()), None)
    };
    let (all, other) = ("https://acme.test/*", "https://acme.test/other");
    let (met, failed) = (json!({"uniqueId": {"equals": "a"}}), json!({"uniqueId": {"equals": "b"}}));
    assert_eq!(outcome(&tab, all, met.clone()), Outcome::Met);
    assert_eq!(outcome(&tab, other, met.clone()), Outcome::NotVisited);
    tab.timeline.add_dropped(3);
    assert_eq!(outcome(&tab, all, met.clone()), Outcome::CannotBeKnown);
    assert_eq!(outcome(&tab, other, met.clone()), Outcome::CannotBeKnown);
    assert_eq!(outcome(&tab, all, failed), Outcome::NotMet, "what is there proves it");
    let visits = judge_at(&tab, false, OVER, &file(json!({}), met));
    assert_eq!(visits.last().map(|visit| &visit.verdicts[0].1), Some(&unknown(Reason::PagesMissing)));
    let document = tab.history().page().unwrap().document;
    assert_eq!(outcome_in(&visits, Some(document)), Outcome::Met, "the page that is shown");
}

#[test]
fn what_repeats_without_end_is_judged_in_part_and_marked() {
    let mut tab = Tab::connected(json!({}));
    for number in 0..600 {
        tab.moment(PageMoment::Route, &format!("https://acme.test/{}", number % 2));
        tab.call("logEvent", json!([]));
    }
    let visits = judged(&tab, json!({"within": 0}), &["https://acme.test/0"], json!({"connected": true}));
    assert_eq!(visits.len(), 300);
    let each =
        judged(&tab, json!({"after": {"call": "logEvent"}}), &["https://acme.test/*"], json!({"connected": true}));
    assert_eq!((each.len(), each[0].1, each[1].1), (201, Outcome::CannotBeKnown, Outcome::Met));
}
