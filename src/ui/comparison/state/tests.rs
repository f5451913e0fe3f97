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

fn server(tags: Value) -> Box<Result<ServerVisitor, Problem>> {
    Box::new(Ok(ServerVisitor::read(&json!({"short_id": "A1", "tags": tags})).unwrap()))
}

fn id() -> ShortId {
    ShortId::parse("A1").unwrap()
}

fn on(lines: &[ComparisonLine], key: &str) -> &'static str {
    lines.iter().find(|line| line.key == key).unwrap().agreement.name()
}

/// Connected, and both sides agreed on `#A` at the time 0.
fn agreed() -> Watcher {
    let mut watcher = Watcher::default();
    update(&mut watcher, Event::Account(Ok(Some(Kind::Cloud))));
    let asked = update(&mut watcher, Event::Looked(0, page("A1", json!({"tags": ["#A"]}))));
    assert_eq!(asked, [Effect::Ask { asked: 1, short_id: id() }]);
    update(&mut watcher, Event::Answered(1, server(json!(["#A"]))));
    assert_eq!((watcher.state(), on(&watcher.lines(), "tags")), (State::Compared, "same"));
    watcher
}

#[test]
fn without_an_account_or_an_id_nothing_is_asked() {
    let mut watcher = Watcher::default();
    assert_eq!(update(&mut watcher, Event::Looked(0, page("A1", json!({})))), []);
    assert_eq!(update(&mut watcher, Event::Account(Ok(None))), []);
    assert_eq!(watcher.state(), State::NoAccount);
    let mut watcher = Watcher::default();
    update(&mut watcher, Event::Account(Ok(Some(Kind::Cloud))));
    assert_eq!(update(&mut watcher, Event::Looked(0, page("../x", json!({})))), []);
    assert_eq!(watcher.state(), State::NoShortId);
}

#[test]
fn a_page_that_does_not_change_is_asked_about_once() {
    let mut watcher = agreed();
    for now in [600, 60_000, 600_000] {
        assert_eq!(update(&mut watcher, Event::Looked(now, page("A1", json!({"tags": ["#A"]})))), []);
    }
    assert_eq!(update(&mut watcher, Event::Account(Ok(Some(Kind::Cloud)))), [Effect::Ask { asked: 2, short_id: id() }]);
}

#[test]
fn an_edit_is_asked_about_until_the_server_has_it() {
    let mut watcher = agreed();
    let edited = || page("A1", json!({"tags": ["#B"]}));
    assert_eq!(update(&mut watcher, Event::Looked(1000, edited())), []);
    assert_eq!(on(&watcher.lines(), "tags"), "not-yet");
    assert_eq!(update(&mut watcher, Event::Looked(1600, edited())), [Effect::Ask { asked: 2, short_id: id() }]);
    assert_eq!(update(&mut watcher, Event::Looked(9000, edited())), [], "never two at once");
    update(&mut watcher, Event::Answered(2, server(json!(["#A"]))));
    assert_eq!(update(&mut watcher, Event::Looked(9600, edited())), [Effect::Ask { asked: 3, short_id: id() }]);
    update(&mut watcher, Event::Answered(3, server(json!(["#B"]))));
    assert!(agrees(&watcher.lines()));
    assert_eq!(update(&mut watcher, Event::Looked(19_000, edited())), []);
}

#[test]
fn after_the_time_limit_it_is_a_difference_and_nothing_is_asked() {
    let mut watcher = agreed();
    let edited = || page("A1", json!({"tags": ["#B"]}));
    update(&mut watcher, Event::Looked(1000, edited()));
    assert_eq!(update(&mut watcher, Event::Looked(1000 + SETTLE, edited())), []);
    assert_eq!(on(&watcher.lines(), "tags"), "differs");
    assert!(!agrees(&watcher.lines()));
}

#[test]
fn another_visitor_is_asked_about_at_once_and_the_old_answer_is_dropped() {
    let mut watcher = agreed();
    update(&mut watcher, Event::Account(Ok(Some(Kind::Cloud))));
    let effects = update(&mut watcher, Event::Looked(600, page("B2", json!({}))));
    assert!(matches!(&effects[..], [Effect::Cancel { asked: 2 }, Effect::Ask { asked: 3, .. }]));
    update(&mut watcher, Event::Answered(2, server(json!(["#A"]))));
    assert_eq!((watcher.there(), watcher.state()), (None, State::Asking));
}

#[test]
fn what_the_page_does_not_report_back_is_confirmed_by_the_server() {
    let mut watcher = agreed();
    let silent = || page("A1", json!({}));
    update(&mut watcher, Event::Looked(1000, silent()));
    update(&mut watcher, Event::Edited(VisitorPatch::from_argument(&json!({"tags": ["#B"]})).unwrap()));
    assert_eq!(on(&watcher.lines(), "tags"), "not-yet");
    assert_eq!(update(&mut watcher, Event::Looked(1600, silent())), [Effect::Ask { asked: 2, short_id: id() }]);
    update(&mut watcher, Event::Answered(2, server(json!(["#B"]))));
    assert_eq!(on(&watcher.lines(), "tags"), "same");
}

/// The page with a session, where the server answers whether there is one.
fn in_session() -> Box<Report> {
    Box::new(Report { sdk: Sdk::Loaded(Link::InSession(vec!["Ada".to_owned()])), ..*page("A1", tags()) })
}

fn tags() -> Value {
    json!({"tags": ["#A"]})
}

fn in_session_there(there: bool) -> Box<Result<ServerVisitor, Problem>> {
    let visitor = json!({"short_id": "A1", "tags": ["#A"], "is_online": true, "is_in_session": there});
    Box::new(Ok(ServerVisitor::read(&visitor).unwrap()))
}

fn ask(asked: u32) -> [Effect; 1] {
    [Effect::Ask { asked, short_id: id() }]
}

#[test]
fn a_session_that_begins_or_ends_is_asked_about_until_the_server_knows() {
    let mut watcher = agreed();
    assert_eq!(update(&mut watcher, Event::Looked(30_000, in_session())), []);
    assert_eq!(update(&mut watcher, Event::Looked(30_600, in_session())), ask(2));
    update(&mut watcher, Event::Answered(2, in_session_there(false)));
    assert_eq!(update(&mut watcher, Event::Looked(31_800, in_session())), ask(3));
    update(&mut watcher, Event::Answered(3, in_session_there(true)));
    assert_eq!(update(&mut watcher, Event::Looked(36_000, in_session())), []);
    assert_eq!(update(&mut watcher, Event::Looked(60_000, page("A1", tags()))), []);
    assert_eq!(update(&mut watcher, Event::Looked(60_600, page("A1", tags()))), ask(4));
    update(&mut watcher, Event::Answered(4, in_session_there(false)));
    assert_eq!(update(&mut watcher, Event::Looked(70_000, page("A1", tags()))), []);
}

#[test]
fn a_server_that_never_hears_of_the_session_is_asked_for_a_while() {
    let mut watcher = agreed();
    let mut asked = 1;
    for now in (30_000..300_000).step_by(600) {
        for effect in update(&mut watcher, Event::Looked(now, in_session())) {
            asked += 1;
            assert_eq!(effect, Effect::Ask { asked, short_id: id() });
            assert!(now < 30_000 + SETTLE, "{now}");
            update(&mut watcher, Event::Answered(asked, in_session_there(false)));
        }
    }
    assert!((4..12).contains(&asked), "{asked}");
}

#[test]
fn a_connection_that_comes_and_goes_is_not_asked_about_each_time() {
    let mut watcher = agreed();
    let mut asked = 1;
    for (turn, now) in (30_000..150_000).step_by(600).enumerate() {
        let there = turn % 2 == 0;
        let shown = if there { in_session() } else { page("A1", tags()) };
        for _ in update(&mut watcher, Event::Looked(now, shown)) {
            asked += 1;
            update(&mut watcher, Event::Answered(asked, in_session_there(there)));
        }
    }
    assert!(asked < 50, "{asked} of 200 looks");
}

#[test]
fn a_new_visitor_is_asked_about_until_the_server_knows_them() {
    let mut watcher = agreed();
    let new = || page("B2", json!({}));
    update(&mut watcher, Event::Looked(1000, new()));
    update(&mut watcher, Event::Answered(2, Box::new(Err(Problem::NotFound))));
    let ask = |asked| [Effect::Ask { asked, short_id: ShortId::parse("B2").unwrap() }];
    assert_eq!(update(&mut watcher, Event::Looked(1400, new())), ask(3));
    update(&mut watcher, Event::Answered(3, Box::new(Err(Problem::NotFound))));
    assert_eq!(update(&mut watcher, Event::Looked(1000 + SETTLE, new())), []);
}

#[test]
fn a_problem_is_told_and_forgotten_with_the_next_answer() {
    let mut watcher = agreed();
    update(&mut watcher, Event::Account(Ok(Some(Kind::Cloud))));
    update(&mut watcher, Event::Answered(2, Box::new(Err(Problem::InvalidKey))));
    assert_eq!((watcher.state(), watcher.lines().len()), (State::Failed(Problem::InvalidKey), 0));
    update(&mut watcher, Event::Account(Ok(Some(Kind::Cloud))));
    update(&mut watcher, Event::Answered(3, server(json!([]))));
    assert_eq!(watcher.state(), State::Compared);
}
