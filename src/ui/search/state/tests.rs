//! Tests of the search's state machine.

use super::*;
use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base_url::Deployment;
use serde_json::{Value, json};

fn visitor(id: &str, more: Value) -> ServerVisitor {
    let mut value = more;
    value["short_id"] = json!(id);
    ServerVisitor::read(&value).unwrap()
}

fn id(text: &str) -> ShortId {
    ShortId::parse(text).unwrap()
}

fn typed(kind: SearchKind, text: &str) -> Model {
    let mut model = Model::default();
    update(&mut model, Event::Kind(kind));
    update(&mut model, Event::Value(text.into()));
    model
}

#[test]
fn each_form_has_its_query_and_a_code_requests_one_visitor() {
    let mut model = typed(SearchKind::Tag, "VIP");
    update(&mut model, Event::Presence(Presence::Online));
    let effects = update(&mut model, Event::Search);
    assert_eq!(effects, [Effect::Search { request: 1, query: "#VIP online".into(), limit: MAX_FOUND }]);
    let effects = update(&mut typed(SearchKind::LookupCode, "4821"), Event::Search);
    assert_eq!(effects, [Effect::Search { request: 1, query: "4821".into(), limit: 1 }]);
    assert_eq!(update(&mut typed(SearchKind::LookupCode, "48"), Event::Search), []);
    assert_eq!(update(&mut Model::default(), Event::Search).len(), 1, "the latest");
}

#[test]
fn a_visitor_in_the_url_is_opened_once_an_account_is_connected() {
    let (base, mask, agent) = (String::new(), Some("…1".into()), Agent::new("7", "Grace"));
    let account = AccountView { kind: Deployment::Cloud, base, mask, disk: false, agent };
    let mut model = Model { wanted: Some(id("A1")), ..Model::default() };
    assert_eq!(update(&mut model, Event::Loaded(Ok(None))), []);
    let effects = update(&mut model, Event::Loaded(Ok(Some(account.clone()))));
    assert_eq!(effects, [Effect::Read { request: 1, short_id: id("A1") }, Effect::FindTab(id("A1"))]);
    assert_eq!(update(&mut model, Event::Loaded(Ok(Some(account)))), [], "once");
}

#[test]
fn form_and_query_syntax_are_equivalent() {
    let mut model = typed(SearchKind::IntegrationId, "zendesk:8831");
    update(&mut model, Event::Presence(Presence::Online));
    update(&mut model, Event::ByHand(true));
    assert_eq!(model.form.by_hand_query, "integration_id:zendesk:8831 online");
    update(&mut model, Event::ByHandQuery("-online id:7".into()));
    update(&mut model, Event::ByHand(false));
    let form = &model.form;
    assert_eq!((form.kind, form.value.as_str(), form.presence), (SearchKind::UniqueId, "7", Presence::Offline));
}

#[test]
fn a_new_search_cancels_the_previous_one() {
    let mut model = Model::default();
    update(&mut model, Event::Search);
    let effects = update(&mut model, Event::Search);
    assert!(matches!(&effects[..], [Effect::Cancel { request: 1 }, Effect::Search { request: 2, .. }]));
    update(&mut model, Event::Found(1, Ok(vec![visitor("A1", json!({}))])));
    assert_eq!(model.results, Results::Searching(2));
    update(&mut model, Event::Found(2, Err(ApiProblem::Offline)));
    assert_eq!(model.results, Results::Failed(ApiProblem::Offline));
}

#[test]
fn a_canceled_search_is_told_from_none() {
    let mut model = Model::default();
    assert_eq!((update(&mut model, Event::Cancel), &model.results), (vec![], &Results::Nothing));
    update(&mut model, Event::Search);
    assert_eq!(update(&mut model, Event::Cancel), [Effect::Cancel { request: 1 }]);
    assert_eq!(model.results, Results::Canceled);
    update(&mut model, Event::Found(1, Ok(vec![visitor("A1", json!({}))])));
    assert_eq!(model.results, Results::Canceled);
}

#[test]
fn online_visitors_are_listed_first() {
    let mut model = Model::default();
    update(&mut model, Event::Search);
    let found = vec![
        visitor("OLD", json!({"last_seen_at": 1_700_000_000})),
        visitor("NEW", json!({"last_seen_at": 1_790_000_000})),
        visitor("HERE", json!({"is_online": true})),
    ];
    update(&mut model, Event::Found(1, Ok(found)));
    let Results::Found(found) = &model.results else { panic!() };
    assert_eq!(found.iter().map(|visitor| visitor.short_id.as_str()).collect::<Vec<_>>(), ["HERE", "NEW", "OLD"]);
}

#[test]
fn watching_first_checks_that_the_visitor_is_online() {
    let watched = |read: Result<ServerVisitor, ApiProblem>| {
        let mut model = Model::default();
        update(&mut model, Event::Open(id("A1")));
        update(&mut model, Event::Read(1, Box::new(Ok(visitor("A1", json!({"is_online": true}))))));
        assert_eq!(update(&mut model, Event::Watch), [Effect::Read { request: 2, short_id: id("A1") }]);
        assert_eq!(update(&mut model, Event::Watch), [], "once");
        let effects = update(&mut model, Event::Read(2, Box::new(read)));
        (effects, model.open.unwrap().watch)
    };
    let (effects, watch) = watched(Ok(visitor("A1", json!({"is_online": true}))));
    assert_eq!((effects, watch), (vec![Effect::Watch(id("A1"))], WatchState::Starting));
    let (effects, watch) = watched(Ok(visitor("A1", json!({"is_online": false}))));
    assert_eq!((effects, watch), (vec![], WatchState::Failed(ApiProblem::VisitorOffline)));
    assert_eq!(watched(Err(ApiProblem::NotFound)).1, WatchState::Failed(ApiProblem::NotFound));
}

#[test]
fn a_late_answer_is_ignored() {
    let mut model = Model::default();
    update(&mut model, Event::Open(id("A1")));
    update(&mut model, Event::Open(id("B2")));
    update(&mut model, Event::Read(1, Box::new(Ok(visitor("A1", json!({}))))));
    update(&mut model, Event::Tab(id("A1"), 7));
    let open = model.open.as_ref().unwrap();
    assert_eq!((open.short_id.as_str(), &open.visitor, open.tab), ("B2", &None, None));
    update(&mut model, Event::Tab(id("B2"), 8));
    assert_eq!(update(&mut model, Event::Jump), [Effect::Jump(8)]);
}

#[test]
fn a_failed_copy_is_not_shown_as_copied() {
    let mut model = Model::default();
    update(&mut model, Event::Copy { name: "copy-short-id", text: "A1".into(), masked: false });
    assert!(model.copied.is_some());
    update(&mut model, Event::NotCopied);
    assert_eq!(model.copied, None);
}
