//! Tests of the popup's state machine.

mod copying;
mod drafts;
mod editors;
mod polling;
mod recording;
mod shortcut;
mod unresponsive;
mod waiting;

use super::*;
use crate::errors::BrowserError;
use crate::messages::{AccessProblem, ActionRefusal, FrameReport, InspectedTab, PageAction, Reply};
use crate::storage_format::session::{Drafts, JournalEntry, StoredTabState, VERSION};
use crate::ui::last_action::ActionStatus;
use crate::ui::request_error::RequestError;
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::edit::outcome::FieldOutcome;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;
use serde_json::{Value, json};

const HERE: &str = "1000.5";

fn tab() -> InspectedTab {
    InspectedTab { id: 7, url: Some("https://app.acme.test/home".into()), title: None, active: true, restriction: None }
}

/// The probe's text for a connected 2.x page with these keys in its configuration.
fn text(document: &str, config: Value, act: Value) -> String {
    let mut whole = json!({"apiKey": "key", "autoconnect": true});
    whole.as_object_mut().unwrap().extend(config.as_object().unwrap().clone());
    json!({
        "v": 1, "act": act,
        "page": {"url": "https://app.acme.test/home?q=1", "document": document, "at": 5, "since": 5, "top": true, "frames": 0, "type": "text/html"},
        "sdk": {"global": "function", "snippet": true, "version": "2.2.119", "configured": true, "queue": 0, "hooked": true, "manager": true},
        "config": whole, "local": {"shortId": "\"Q7XK2M9A\"", "lookupCode": "\"4821\""},
    })
    .to_string()
}

fn frame(id: i64, text: String) -> FrameReport {
    FrameReport { frame: id, document_id: Some(format!("D{id}")), text }
}

fn page(document: &str, config: Value) -> Event {
    Event::Inspected(Reply::Inspected {
        tab: tab(),
        frames: vec![frame(0, text(document, config, Value::Null))],
        left_out: 0,
    })
}

/// Applies the draft, and returns the act as the journal notes it.
fn apply(model: &mut Model, reply: Option<String>) -> JournalEntry {
    let effects = update(model, Event::Apply);
    let [Effect::Perform { target, edit, .. }] = &effects[..] else { panic!("{effects:?}") };
    JournalEntry { id: 1, at: 1, target: target.clone(), edit: Box::new(edit.clone()), reply }
}

fn stored(drafts: Drafts) -> Event {
    Event::Restored(Box::new(StoredTabState { drafts, ..StoredTabState::default() }))
}

fn no_drafts() -> Drafts {
    Drafts { v: VERSION, ..Drafts::default() }
}

/// A popup that shows a page with these keys in its configuration.
fn showing(config: Value) -> Model {
    let mut model = Model::default();
    update(&mut model, Event::Poll(1_000_000));
    update(&mut model, page(HERE, config));
    update(&mut model, stored(no_drafts()));
    model
}

fn tags(items: &[&str]) -> Change<Editor> {
    Change::Set(Editor::List(items.iter().map(|item| (*item).to_owned()).collect()))
}

fn acted(config: Value, act: Value) -> Event {
    Event::Performed(Ok(Reply::Performed { text: text(HERE, config, act), not_stored: None }))
}

fn saved(effects: &[Effect]) -> &Drafts {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::SaveDrafts { tab: 7, drafts } => Some(drafts),
        _ => None,
    });
    found.expect("drafts are saved")
}

fn patch(argument: Value) -> VisitorPatch {
    VisitorPatch::from_argument(&argument).unwrap()
}

fn asked(effects: &[Effect]) -> &PageAction {
    match effects {
        [Effect::Perform { command, target, .. }] => {
            assert_eq!((target.tab, target.frame, target.document.as_str()), (7, 0, HERE));
            assert_eq!(command.document, HERE);
            &command.action
        }
        other => panic!("one act expected, not {other:?}"),
    }
}

#[test]
fn inspecting_has_no_other_effect() {
    let mut model = Model::default();
    assert_eq!(model.state(), "loading");
    assert_eq!(update(&mut model, Event::Poll(1)), [Effect::Inspect { tab: None }]);
    assert_eq!(update(&mut model, Event::Poll(2)), [], "one inspection at a time");
    assert_eq!(update(&mut model, page(HERE, json!({}))), []);
    assert_eq!(model.state(), "connected");
    assert_eq!(update(&mut model, Event::Poll(3)), [Effect::Inspect { tab: Some(7) }]);
}

#[test]
fn an_edit_is_stored_as_typed_and_sent_only_if_valid() {
    let mut model = showing(json!({"tags": ["#OLD"]}));
    let effects = update(&mut model, Event::Edit(Field::Tags, tags(&["#vip"])));
    assert_eq!(saved(&effects).current.as_ref().unwrap().document, HERE);
    assert_eq!(saved(&effects).current.as_ref().unwrap().page, "https://app.acme.test/home");
    assert_eq!(update(&mut model, Event::Apply), [], "invalid input is never sent");

    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let effects = update(&mut model, Event::Apply);
    assert_eq!(asked(&effects), &PageAction::Update { update: patch(json!({"tags": ["#VIP"]})) });
    assert_eq!(update(&mut model, Event::Apply), [], "one act at a time");
    assert!(!model.edit.is_empty(), "the draft stays until the call is made");
}

#[test]
fn a_value_read_back_completes_the_draft() {
    let mut model = showing(json!({"tags": ["#OLD"]}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, Event::Apply);
    let effects = update(&mut model, acted(json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false})));
    assert_eq!(saved(&effects).current, None);
    let last = model.last.clone().unwrap();
    assert_eq!(last.outcomes(model.report().unwrap()), [(Field::Tags, FieldOutcome::ReadBack)]);
}

#[test]
fn undo_sends_the_inverse() {
    let mut model = showing(json!({"tags": ["#OLD"]}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, Event::Apply);
    update(&mut model, acted(json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false})));
    let effects = update(&mut model, Event::Undo);
    assert_eq!(asked(&effects), &PageAction::Update { update: patch(json!({"tags": ["#OLD"]})) });
}

#[test]
fn an_unknown_earlier_value_cannot_be_undone() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, Event::Apply);
    update(&mut model, acted(json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false})));
    assert_eq!(model.last.as_ref().unwrap().edit.no_undo, [Field::Tags]);
    assert_eq!(update(&mut model, Event::Undo), []);
}

#[test]
fn a_failed_act_preserves_the_draft() {
    for answer in [
        Ok(Reply::Refused { why: ActionRefusal::Moved }),
        Err(RequestError::Unreachable(BrowserError::Rejected("The message port closed.".to_owned()))),
        Ok(Reply::Performed { text: "no report".into(), not_stored: None }),
        Ok(Reply::Performed {
            text: text(HERE, json!({}), json!({"name": "update", "refused": "gone"})),
            not_stored: None,
        }),
    ] {
        let mut model = showing(json!({}));
        update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
        update(&mut model, Event::Apply);
        update(&mut model, Event::Performed(answer.clone()));
        assert_eq!(model.edit.draft.change(Field::Tags), &tags(&["#VIP"]), "{answer:?}");
        assert!(!model.is_acting() && !model.last.as_ref().unwrap().is_made(), "{answer:?}");
    }
}

#[test]
fn a_draft_is_restored_only_on_its_document() {
    let mut model = showing(json!({}));
    let drafts = saved(&update(&mut model, Event::Edit(Field::Tags, tags(&["#vip"])))).clone();

    for order in [[page(HERE, json!({})), stored(drafts.clone())], [stored(drafts.clone()), page(HERE, json!({}))]] {
        let mut again = Model::default();
        order.into_iter().for_each(|event| drop(update(&mut again, event)));
        assert_eq!((&again.edit.draft, again.stored_drafts.len()), (&model.edit.draft, 0));
    }

    let mut moved = Model::default();
    update(&mut moved, page("2000", json!({})));
    let effects = update(&mut moved, stored(drafts));
    assert!(moved.edit.is_empty());
    assert_eq!(saved(&effects).others.len(), 1);
    update(&mut moved, Event::RestoreDraft(0));
    assert_eq!((&moved.edit.draft, moved.stored_drafts.len()), (&model.edit.draft, 0));
}

#[test]
fn a_navigation_stores_the_draft() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let effects = update(&mut model, page("2000", json!({})));
    assert_eq!(saved(&effects).current, None);
    assert_eq!(saved(&effects).others[0].document, HERE);
    assert!(model.edit.is_empty());
}

#[test]
fn another_inspection_of_the_document_preserves_the_draft() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#vip", ""])));
    assert_eq!(update(&mut model, page(HERE, json!({"uniqueId": "new"}))), []);
    assert_eq!(model.edit.draft.change(Field::Tags), &tags(&["#vip", ""]));
    let unique_id = &model.report().unwrap().visitor.field(Field::UniqueId).now;
    assert_eq!(unique_id.value().and_then(|value| value.as_text()), Some("new"));
}

#[test]
fn a_switch_sends_the_new_identity() {
    let mut model = showing(json!({"uniqueId": "old", "integrationIds": ["front:1"]}));
    update(&mut model, Event::BeginSwitch);
    update(&mut model, Event::Edit(Field::UniqueId, Change::Set(Editor::Text("new".into()))));
    update(&mut model, Event::Edit(Field::IntegrationIds, tags(&["drift:2"])));
    let table = inspector_core::edit::metadata::MetadataEditor::Json(r#"{"plan": "pro"}"#.into());
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(Editor::Metadata(table))));
    let effects = update(&mut model, Event::Apply);
    // The new visitor has no IDs to clear.
    let expected = PageAction::Switch {
        update: patch(json!({"uniqueId": "new", "integrationIds": ["drift:2"], "metadata": {"plan": "pro"}})),
    };
    assert_eq!(asked(&effects), &expected);
}

#[test]
fn logging_out_is_confirmed_first() {
    let mut model = showing(json!({}));
    assert_eq!(update(&mut model, Event::Open(Dialog::LogOut { reconnect: true })), []);
    assert_eq!(asked(&update(&mut model, Event::Confirm)), &PageAction::Reset { reconnect: true });
    assert_eq!(model.last.as_ref().unwrap().edit.short_id.as_deref(), Some("Q7XK2M9A"));
}

#[test]
fn only_four_digits_are_a_valid_code() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Open(Dialog::SetCode));
    update(&mut model, Event::TypeCode("12a4".into()));
    assert_eq!(update(&mut model, Event::Confirm), []);
    update(&mut model, Event::TypeCode("1234".into()));
    assert_eq!(asked(&update(&mut model, Event::Confirm)), &PageAction::SetCode { code: "1234".into() });
}

#[test]
fn the_chosen_frame_is_stored() {
    let frames = || vec![frame(0, text(HERE, json!({}), Value::Null)), frame(4, text("44", json!({}), Value::Null))];
    let inspection = || Event::Inspected(Reply::Inspected { tab: tab(), frames: frames(), left_out: 0 });
    let mut model = showing(json!({}));
    update(&mut model, inspection());
    let effects = update(&mut model, Event::ChooseFrame(1));
    let [Effect::SaveFrame { tab: 7, chosen }] = &effects[..] else { panic!("{effects:?}") };
    update(&mut model, inspection());
    assert_eq!(model.report().unwrap().page.document, "44");

    let mut again = Model::default();
    update(&mut again, inspection());
    let stored = StoredTabState { chosen: Some(chosen.clone()), ..StoredTabState::default() };
    update(&mut again, Event::Restored(Box::new(stored)));
    assert_eq!(again.report().unwrap().page.document, "44");
}

#[test]
fn an_interrupted_act_is_unanswered_in_the_next_popup() {
    let mut model = showing(json!({"tags": ["#OLD"]}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let last = Some(apply(&mut model, None));

    let mut again = Model::default();
    update(&mut again, page(HERE, json!({})));
    update(
        &mut again,
        Event::Restored(Box::new(StoredTabState { drafts: no_drafts(), last: last.clone(), chosen: None })),
    );
    assert!(matches!(again.last.as_ref().unwrap().status, ActionStatus::Unanswered));

    let mut elsewhere = Model::default();
    update(&mut elsewhere, page("2000", json!({})));
    update(&mut elsewhere, Event::Restored(Box::new(StoredTabState { drafts: no_drafts(), last, chosen: None })));
    assert_eq!(elsewhere.last, None, "it was about another document");
}

#[test]
fn a_sent_draft_is_not_restored() {
    let mut model = showing(json!({}));
    let drafts = saved(&update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])))).clone();
    let reply = Some(text(HERE, json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false})));
    let act = JournalEntry { id: 2, at: 2_000_000, ..apply(&mut model, reply) };
    let mut again = Model::default();
    update(&mut again, page(HERE, json!({"tags": ["#VIP"]})));
    let last = Some(act);
    update(&mut again, Event::Restored(Box::new(StoredTabState { drafts, last, chosen: None })));
    assert!(again.edit.is_empty());
}

#[test]
fn a_draft_newer_than_the_act_is_restored_despite_a_clock_change() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let reply = Some(text(HERE, json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false})));
    // An hour later than the next draft.
    let act = JournalEntry { id: 3, at: 5_000_000_000, ..apply(&mut model, reply) };
    let mut later = showing(json!({"tags": ["#VIP"]}));
    let drafts = saved(&update(&mut later, Event::Edit(Field::Tags, tags(&["#NEXT"])))).clone();
    let mut again = Model::default();
    update(&mut again, page(HERE, json!({"tags": ["#VIP"]})));
    update(&mut again, Event::Restored(Box::new(StoredTabState { drafts, last: Some(act), chosen: None })));
    assert_eq!(again.edit.draft.change(Field::Tags), &tags(&["#NEXT"]));
}

#[test]
fn unreadable_data_is_not_overwritten() {
    let mut model = Model::default();
    update(&mut model, page(HERE, json!({})));
    update(&mut model, Event::NotRestored(RestoreError::NotLoaded));
    assert_eq!(update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"]))), []);
    update(&mut model, Event::Saved(Ok(())));
    assert_eq!(model.unsaved, Some(StorageFailure::NotRead(RestoreError::NotLoaded)));
}

#[test]
fn a_storage_failure_is_shown_until_a_write_succeeds() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Saved(Err(BrowserError::Full("no room".into()))));
    assert_eq!(model.unsaved, Some(StorageFailure::NotWritten(BrowserError::Full("no room".into()))));
    update(&mut model, Event::Saved(Ok(())));
    assert_eq!(model.unsaved, None);
}

#[test]
fn a_restricted_page_stores_the_draft() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let effects =
        update(&mut model, Event::Inspected(Reply::NoAccess { tab: Some(tab()), why: AccessProblem::Restricted }));
    assert_eq!(model.state(), "restricted");
    assert_eq!(saved(&effects).others.len(), 1);
    assert_eq!(model.stored_drafts.len(), 1);
}

#[test]
fn a_missing_answer_preserves_the_page() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Poll(9));
    update(&mut model, Event::NotInspected(RequestError::Timeout));
    assert_eq!(model.state(), "connected");
    assert_eq!(update(&mut model, Event::Poll(10)), [Effect::Inspect { tab: Some(7) }]);
}

/// Inspections of a page whose own SDK was never initialized, before and after a frame with a working SDK has loaded.
fn inspections_with_a_late_frame() -> [Event; 2] {
    let bare = text(HERE, json!({}), Value::Null).replace("\"configured\":true", "\"configured\":false");
    let inspection = |frames| Event::Inspected(Reply::Inspected { tab: tab(), frames, left_out: 0 });
    let late = frame(4, text("44", json!({}), Value::Null));
    [inspection(vec![frame(0, bare.clone())]), inspection(vec![frame(0, bare), late])]
}

#[test]
fn a_late_frame_does_not_replace_a_frame_with_a_draft() {
    let [early, late] = inspections_with_a_late_frame();
    let mut model = Model::default();
    update(&mut model, early);
    update(&mut model, stored(no_drafts()));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, late);
    assert_eq!(model.report().unwrap().page.document, HERE);
    assert_eq!(model.edit.draft.change(Field::Tags), &tags(&["#VIP"]));
}

#[test]
fn a_late_frame_is_shown_without_a_draft() {
    let mut model = Model::default();
    inspections_with_a_late_frame().into_iter().for_each(|event| drop(update(&mut model, event)));
    assert_eq!(model.report().unwrap().page.document, "44");
}
