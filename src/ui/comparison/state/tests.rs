use super::*;
use inspector_core::page_report::raw_report::read;
use serde_json::{Value, json};

fn page(short_id: &str, config: Value) -> Box<Report> {
    let raw = json!({
        "v": 1,
        "page": {"url": "https://acme.com", "document": "1", "top": true},
        "sdk": {"global": "function", "version": "2.2.119", "configured": true, "queue": 0, "hooked": true},
        "config": config,
        "local": {"shortId": format!("\"{short_id}\"")},
    });
    Box::new(read(&raw.to_string(), |_| false).0)
}

fn server(tags: Value) -> Box<Result<ServerVisitor, ApiProblem>> {
    Box::new(Ok(ServerVisitor::read(&json!({"short_id": "A1", "tags": tags})).unwrap()))
}

fn id() -> ShortId {
    ShortId::parse("A1").unwrap()
}

fn on(lines: &[ComparisonLine], key: &str) -> &'static str {
    lines.iter().find(|line| line.key == key).unwrap().agreement.name()
}

/// Connected, and both sides agree on `#A` at time 0.
fn agreed() -> Comparison {
    let mut comparison = Comparison::default();
    update(&mut comparison, Event::Account(Ok(Some(Deployment::Cloud))));
    let requests = update(&mut comparison, Event::Inspected(0, page("A1", json!({"tags": ["#A"]}))));
    assert_eq!(requests, [Effect::GetVisitor { request: 1, short_id: id() }]);
    update(&mut comparison, Event::Answered(1, server(json!(["#A"]))));
    assert_eq!((comparison.state(), on(&comparison.lines(), "tags")), (State::Compared, "same"));
    comparison
}

#[test]
fn nothing_is_requested_without_an_account_and_an_id() {
    let mut comparison = Comparison::default();
    assert_eq!(update(&mut comparison, Event::Inspected(0, page("A1", json!({})))), []);
    assert_eq!(update(&mut comparison, Event::Account(Ok(None))), []);
    assert_eq!(comparison.state(), State::NoAccount);
    let mut comparison = Comparison::default();
    update(&mut comparison, Event::Account(Ok(Some(Deployment::Cloud))));
    assert_eq!(update(&mut comparison, Event::Inspected(0, page("../x", json!({})))), []);
    assert_eq!(comparison.state(), State::NoShortId);
}

#[test]
fn an_unchanged_page_is_requested_once() {
    let mut comparison = agreed();
    for now in [600, 60_000, 600_000] {
        assert_eq!(update(&mut comparison, Event::Inspected(now, page("A1", json!({"tags": ["#A"]})))), []);
    }
    assert_eq!(
        update(&mut comparison, Event::Account(Ok(Some(Deployment::Cloud)))),
        [Effect::GetVisitor { request: 2, short_id: id() }]
    );
}

#[test]
fn an_edit_is_requested_until_the_server_agrees() {
    let mut comparison = agreed();
    let edited = || page("A1", json!({"tags": ["#B"]}));
    assert_eq!(update(&mut comparison, Event::Inspected(1000, edited())), []);
    assert_eq!(on(&comparison.lines(), "tags"), "not-yet");
    assert_eq!(
        update(&mut comparison, Event::Inspected(1600, edited())),
        [Effect::GetVisitor { request: 2, short_id: id() }]
    );
    assert_eq!(update(&mut comparison, Event::Inspected(9000, edited())), [], "never two at once");
    update(&mut comparison, Event::Answered(2, server(json!(["#A"]))));
    assert_eq!(
        update(&mut comparison, Event::Inspected(9600, edited())),
        [Effect::GetVisitor { request: 3, short_id: id() }]
    );
    update(&mut comparison, Event::Answered(3, server(json!(["#B"]))));
    assert!(agrees(&comparison.lines()));
    assert_eq!(update(&mut comparison, Event::Inspected(19_000, edited())), []);
}

#[test]
fn after_the_time_limit_a_difference_is_final() {
    let mut comparison = agreed();
    let edited = || page("A1", json!({"tags": ["#B"]}));
    update(&mut comparison, Event::Inspected(1000, edited()));
    assert_eq!(update(&mut comparison, Event::Inspected(1000 + SETTLE, edited())), []);
    assert_eq!(on(&comparison.lines(), "tags"), "differs");
    assert!(!agrees(&comparison.lines()));
}

#[test]
fn another_visitor_is_requested_at_once() {
    let mut comparison = agreed();
    update(&mut comparison, Event::Account(Ok(Some(Deployment::Cloud))));
    let effects = update(&mut comparison, Event::Inspected(600, page("B2", json!({}))));
    assert!(matches!(&effects[..], [Effect::Cancel { request: 2 }, Effect::GetVisitor { request: 3, .. }]));
    update(&mut comparison, Event::Answered(2, server(json!(["#A"]))));
    assert_eq!((comparison.there(), comparison.state()), (None, State::Asking));
}

#[test]
fn a_value_the_page_does_not_report_is_confirmed_by_the_server() {
    let mut comparison = agreed();
    let silent = || page("A1", json!({}));
    update(&mut comparison, Event::Inspected(1000, silent()));
    update(&mut comparison, Event::Edited(VisitorPatch::from_argument(&json!({"tags": ["#B"]})).unwrap()));
    assert_eq!(on(&comparison.lines(), "tags"), "not-yet");
    assert_eq!(
        update(&mut comparison, Event::Inspected(1600, silent())),
        [Effect::GetVisitor { request: 2, short_id: id() }]
    );
    update(&mut comparison, Event::Answered(2, server(json!(["#B"]))));
    assert_eq!(on(&comparison.lines(), "tags"), "same");
}

/// The page is in a session; the server's answer says whether it is.
fn in_session() -> Box<Report> {
    Box::new(Report { sdk: Sdk::Loaded(Link::InSession(vec!["Ada".to_owned()])), ..*page("A1", tags()) })
}

fn tags() -> Value {
    json!({"tags": ["#A"]})
}

fn in_session_there(there: bool) -> Box<Result<ServerVisitor, ApiProblem>> {
    let visitor = json!({"short_id": "A1", "tags": ["#A"], "is_online": true, "is_in_session": there});
    Box::new(Ok(ServerVisitor::read(&visitor).unwrap()))
}

fn ask(request: u32) -> [Effect; 1] {
    [Effect::GetVisitor { request, short_id: id() }]
}

#[test]
fn a_changed_session_is_requested_until_the_server_agrees() {
    let mut comparison = agreed();
    assert_eq!(update(&mut comparison, Event::Inspected(30_000, in_session())), []);
    assert_eq!(update(&mut comparison, Event::Inspected(30_600, in_session())), ask(2));
    update(&mut comparison, Event::Answered(2, in_session_there(false)));
    assert_eq!(update(&mut comparison, Event::Inspected(31_800, in_session())), ask(3));
    update(&mut comparison, Event::Answered(3, in_session_there(true)));
    assert_eq!(update(&mut comparison, Event::Inspected(36_000, in_session())), []);
    assert_eq!(update(&mut comparison, Event::Inspected(60_000, page("A1", tags()))), []);
    assert_eq!(update(&mut comparison, Event::Inspected(60_600, page("A1", tags()))), ask(4));
    update(&mut comparison, Event::Answered(4, in_session_there(false)));
    assert_eq!(update(&mut comparison, Event::Inspected(70_000, page("A1", tags()))), []);
}

#[test]
fn requests_for_a_session_end_after_the_time_limit() {
    let mut comparison = agreed();
    let mut requests = 1;
    for now in (30_000..300_000).step_by(600) {
        for effect in update(&mut comparison, Event::Inspected(now, in_session())) {
            requests += 1;
            assert_eq!(effect, Effect::GetVisitor { request: requests, short_id: id() });
            assert!(now < 30_000 + SETTLE, "{now}");
            update(&mut comparison, Event::Answered(requests, in_session_there(false)));
        }
    }
    assert!((4..12).contains(&requests), "{requests}");
}

#[test]
fn an_unstable_connection_does_not_repeat_requests() {
    let mut comparison = agreed();
    let mut requests = 1;
    for (turn, now) in (30_000..150_000).step_by(600).enumerate() {
        let there = turn % 2 == 0;
        let shown = if there { in_session() } else { page("A1", tags()) };
        for _ in update(&mut comparison, Event::Inspected(now, shown)) {
            requests += 1;
            update(&mut comparison, Event::Answered(requests, in_session_there(there)));
        }
    }
    assert!(requests < 50, "{requests} of 200 inspections");
}

#[test]
fn a_new_visitor_is_requested_until_found() {
    let mut comparison = agreed();
    let new = || page("B2", json!({}));
    update(&mut comparison, Event::Inspected(1000, new()));
    update(&mut comparison, Event::Answered(2, Box::new(Err(ApiProblem::NotFound))));
    let ask = |request| [Effect::GetVisitor { request, short_id: ShortId::parse("B2").unwrap() }];
    assert_eq!(update(&mut comparison, Event::Inspected(1400, new())), ask(3));
    update(&mut comparison, Event::Answered(3, Box::new(Err(ApiProblem::NotFound))));
    assert_eq!(update(&mut comparison, Event::Inspected(1000 + SETTLE, new())), []);
}

#[test]
fn a_problem_is_shown_until_the_next_answer() {
    let mut comparison = agreed();
    update(&mut comparison, Event::Account(Ok(Some(Deployment::Cloud))));
    update(&mut comparison, Event::Answered(2, Box::new(Err(ApiProblem::InvalidKey))));
    assert_eq!((comparison.state(), comparison.lines().len()), (State::Failed(ApiProblem::InvalidKey), 0));
    update(&mut comparison, Event::Account(Ok(Some(Deployment::Cloud))));
    update(&mut comparison, Event::Answered(3, server(json!([]))));
    assert_eq!(comparison.state(), State::Compared);
}
