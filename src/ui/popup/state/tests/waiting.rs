//! Queued calls, lost connections, and values that only appear to be current.

use super::*;
use inspector_core::edit::metadata::MetadataEditor;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::page_report::raw_report;
use inspector_core::page_report::{Oddity, Report};
use inspector_core::visitor::observed::{Observed, Source, UnknownReason};

const MARK: &str = "1.5";

/// The probe's text with these changes to its sections. Waiting calls that are not given set nothing.
fn changed(act: Value, sections: Value) -> String {
    let mut whole: Value = serde_json::from_str(&text(HERE, json!({}), act)).unwrap();
    for (name, changes) in sections.as_object().unwrap() {
        match (&mut whole[name], changes) {
            (Value::Object(section), Value::Object(changes)) => section.extend(changes.clone()),
            (section, changes) => *section = changes.clone(),
        }
    }
    if whole["calls"].is_null() {
        let waiting = whole["sdk"]["queue"].as_u64().unwrap_or(0);
        whole["calls"] = (0..waiting).map(|_| json!(["listen"])).collect();
    }
    whole.to_string()
}

fn inspection(sections: Value) -> Event {
    let frames = vec![frame(0, changed(Value::Null, sections))];
    Event::Inspected(Reply::Inspected { tab: tab(), frames, left_out: 0 })
}

fn answer(act: Value, sections: Value) -> Event {
    Event::Performed(Ok(Reply::Performed { text: changed(act, sections), not_stored: None }))
}

fn read(sections: Value) -> Report {
    raw_report::read(&changed(Value::Null, sections), |_| false).0
}

fn undefined() -> Value {
    json!({"$": "undefined"})
}

/// What a `reset` leaves in the configuration.
fn cleared() -> Value {
    json!({"uniqueId": undefined(), "identities": undefined(), "tags": undefined(), "integrationIds": undefined()})
}

fn outcome_of(model: &Model, field: Field) -> FieldOutcome {
    let last = model.last.as_ref().unwrap();
    let outcomes = last.outcomes(model.report().unwrap());
    outcomes.into_iter().find(|(own, _)| *own == field).unwrap().1
}

fn may_wait(effects: &[Effect]) -> bool {
    let [Effect::Perform { command, .. }] = effects else { panic!("one act expected, not {effects:?}") };
    command.may_wait
}

fn warned(model: &Model) -> Vec<&'static str> {
    warnings(model, &model.patch().unwrap().unwrap()).into_iter().map(Warning::name).collect()
}

#[test]
fn an_unexpected_wait_needs_a_second_apply() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    assert_eq!(warned(&model), [""; 0]);
    assert!(!may_wait(&update(&mut model, Event::Apply)));
    update(&mut model, answer(json!({"name": "update", "refused": "down"}), json!({})));
    assert_eq!(model.edit.draft.change(Field::Tags), &tags(&["#VIP"]), "the draft stays");
    assert_eq!(warned(&model), ["down"]);
    assert!(may_wait(&update(&mut model, Event::Apply)));
}

#[test]
fn calls_in_a_hooked_queue_mean_a_lost_connection() {
    let mut model = showing(json!({}));
    update(&mut model, inspection(json!({"sdk": {"queue": 1}})));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let table = inspector_core::edit::metadata::MetadataEditor::Json(r#"{"plan": "pro"}"#.into());
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(Editor::Metadata(table))));
    assert_eq!(warned(&model), ["down", "metadata-lost"]);
    assert!(may_wait(&update(&mut model, Event::Apply)));
    update(&mut model, answer(json!({"waiting": true, "mark": MARK}), json!({"sdk": {"queue": 2, "own": [MARK]}})));
    assert_eq!(outcome_of(&model, Field::Metadata), FieldOutcome::LostInQueue);
}

#[test]
fn a_later_call_of_the_page_is_distinguished_by_its_mark() {
    let mut model = showing(json!({}));
    update(&mut model, inspection(json!({"sdk": {"queue": 1}})));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, Event::Apply);
    update(&mut model, answer(json!({"waiting": true, "mark": MARK}), json!({"sdk": {"queue": 1, "own": [MARK]}})));
    assert_eq!(outcome_of(&model, Field::Tags), FieldOutcome::Waiting);
    // The SDK has reconnected and run the call. The queued calls are the page's own.
    let config = json!({"tags": ["#VIP"]});
    update(&mut model, inspection(json!({"config": config, "sdk": {"queue": 3, "hooked": false, "own": ["other"]}})));
    assert_eq!(outcome_of(&model, Field::Tags), FieldOutcome::ReadBack);
}

#[test]
fn a_call_without_a_mark_waits_while_the_queue_has_calls() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, Event::Apply);
    update(&mut model, answer(json!({"waiting": true}), json!({"sdk": {"queue": 1}})));
    assert_eq!(outcome_of(&model, Field::Tags), FieldOutcome::Waiting);
}

fn switching() -> Model {
    let mut model = showing(json!({"uniqueId": "old"}));
    update(&mut model, Event::BeginSwitch);
    update(&mut model, Event::Edit(Field::UniqueId, Change::Set(Editor::Text("new".into()))));
    update(&mut model, Event::Apply);
    model
}

#[test]
fn a_switch_waits_for_the_new_short_id() {
    let reply = || json!({"name": "switch", "sent": false, "mark": MARK});
    let said_new = || json!({"uniqueId": "new"});
    for local in [json!({"shortId": null}), json!({"shortId": "\"Q7XK2M9A\""})] {
        let mut model = switching();
        update(&mut model, answer(reply(), json!({"config": said_new(), "local": local, "sdk": {"own": []}})));
        assert_eq!(outcome_of(&model, Field::UniqueId), FieldOutcome::Waiting, "{local}");
        update(&mut model, inspection(json!({"config": said_new(), "local": {"shortId": "\"NEW\""}})));
        assert_eq!(outcome_of(&model, Field::UniqueId), FieldOutcome::ReadBack, "{local}");
    }
    let mut model = switching();
    update(&mut model, answer(reply(), json!({"sdk": {"own": [MARK]}, "local": {"shortId": "\"NEW\""}})));
    assert_eq!(outcome_of(&model, Field::UniqueId), FieldOutcome::Waiting, "its question still waits");
}

#[test]
fn a_log_out_without_reconnecting_is_not_connected() {
    let after_reset = Sdk::Loaded(Link::NotConnected(Idle::AfterReset));
    let gone = || json!({"config": cleared(), "local": {"shortId": null}});
    let report = read(gone());
    assert_eq!(report.sdk, after_reset);
    assert_eq!(
        report.visitor.field(Field::UniqueId).now,
        Observed::Unknown(UnknownReason::NotSet),
        "the server may know"
    );
    let connected = Sdk::Loaded(Link::HandshakeSeen);
    assert_eq!(read(json!({"config": cleared()})).sdk, connected, "a new visitor came");
    assert_eq!(read(json!({"local": {"shortId": null}})).sdk, connected, "the page cleared its storage");
    let own = json!({"config": cleared(), "local": {"shortId": null}, "cookie": {"shortId": "\"C1\""}});
    assert_eq!(read(own).sdk, connected, "the cookie has it");

    let mut model = showing(json!({}));
    update(&mut model, inspection(gone()));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    assert_eq!(warned(&model), ["will-wait"]);
}

#[test]
fn a_code_only_in_the_page_belongs_to_an_earlier_visitor() {
    let shown = |sections: Value| {
        let mut whole = json!({"marks": {"code": "Your code: 4821"}});
        whole.as_object_mut().unwrap().extend(sections.as_object().unwrap().clone());
        read(whole).visitor.lookup_code.code
    };
    assert_eq!(shown(json!({"local": {"lookupCode": null}})), Observed::Unknown(UnknownReason::LeftOver));
    assert_eq!(shown(json!({})), Observed::Value("4821".into(), Source::LocalStorage));
    assert_eq!(shown(json!({"local": null})), Observed::Value("4821".into(), Source::PageMark));
    let own = json!({"config": {"storageImplementation": {}}});
    assert_eq!(shown(own), Observed::Value("4821".into(), Source::PageMark));
}

#[test]
fn a_queued_reset_shows_the_values_it_clears() {
    let calls = json!([["reset"], ["updateConnection", {"tags": ["#NEW"]}]]);
    let config = json!({"uniqueId": "old", "identities": ["Ada"], "metadata": {"a": 1}});
    let report = read(json!({"config": config, "calls": calls, "sdk": {"queue": 2}}));
    let queued = |field| report.visitor.field(field).queued.clone();
    use inspector_core::visitor::page_value::PageValue;
    assert_eq!(queued(Field::UniqueId), Some(PageValue::Null));
    assert_eq!(queued(Field::Identities), Some(PageValue::Null));
    assert_eq!(queued(Field::IntegrationIds), None, "nothing is there to take");
    assert_eq!(queued(Field::Metadata), None, "a reset leaves it");
    assert_eq!(report.visitor.field(Field::Tags).now.source(), Some(&Source::Queue));
    assert!(report.reset_waits());
}

#[test]
fn a_foreign_to_json_is_a_warning() {
    let page = |sections| raw_report::read(&changed(Value::Null, sections), |_| false);
    let (report, oddities) = page(json!({"page": {"toJSON": true}}));
    assert_eq!((report.sdk, oddities), (Sdk::Loaded(Link::HandshakeSeen), vec![Oddity::ListsAsText]));
    let (_, oddities) = page(json!({"page": {"toJSON": true, "prototypeJs": true}}));
    assert_eq!(oddities, []);

    let mut model = showing(json!({}));
    update(&mut model, inspection(json!({"page": {"toJSON": true}})));
    update(&mut model, Event::Edit(Field::UniqueId, Change::Set(Editor::Text("7".into()))));
    assert_eq!(warned(&model), [""; 0]);
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    assert_eq!(warned(&model), ["lists-as-text"]);
}

#[test]
fn a_typed_number_that_loses_digits_is_a_warning() {
    let mut model = showing(json!({}));
    let metadata = json!({"order": 10203040506070809_u64}).as_object().unwrap().clone();
    let editor = Editor::Metadata(MetadataEditor::from_map(&metadata));
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(editor)));
    assert_eq!(warned(&model), ["digits-lost"]);
}

#[test]
fn an_undo_refused_as_down_can_be_repeated() {
    let mut model = showing(json!({"tags": ["#OLD"]}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, Event::Apply);
    update(&mut model, acted(json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false})));
    assert!(!may_wait(&update(&mut model, Event::Undo)));
    update(&mut model, acted(json!({"tags": ["#VIP"]}), json!({"name": "update", "refused": "down"})));
    let effects = update(&mut model, Event::Undo);
    assert_eq!(asked(&effects), &PageAction::Update { update: patch(json!({"tags": ["#OLD"]})) });
    assert!(may_wait(&effects));
}
