//! Stopped tabs, unresponsive pages, and frames that aren't shown.

use super::*;
use inspector_core::page_report::connection::Sdk;

fn blocked(why: AccessProblem) -> Event {
    Event::Inspected(Reply::NoAccess { tab: Some(tab()), why })
}

#[test]
fn a_frozen_tab_preserves_values_and_draft() {
    for why in [AccessProblem::Frozen, AccessProblem::Busy] {
        let mut model = showing(json!({"tags": ["#OLD"]}));
        update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
        assert_eq!(update(&mut model, blocked(why.clone())), []);
        assert_eq!(model.state(), "connected");
        assert_eq!(model.page().unwrap().stale, Some(why));
        assert_eq!(model.edit.draft.change(Field::Tags), &tags(&["#VIP"]));
        update(&mut model, page(HERE, json!({"tags": ["#OLD"]})));
        assert_eq!((model.page().unwrap().stale.clone(), model.stored_drafts.len()), (None, 0));
    }
}

#[test]
fn a_tab_frozen_from_the_start_is_restricted() {
    let mut model = Model::new(Some(7), 0);
    update(&mut model, blocked(AccessProblem::Frozen));
    assert_eq!(model.state(), "restricted");
    assert_eq!(update(&mut model, Event::ShowTab), [Effect::ShowTab { tab: 7 }]);
}

#[test]
fn an_act_that_did_not_start_preserves_the_draft() {
    for why in [ActionRefusal::Frozen, ActionRefusal::Discarded, ActionRefusal::TooLate] {
        let mut model = showing(json!({}));
        update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
        update(&mut model, Event::Apply);
        update(&mut model, Event::Performed(Ok(Reply::Refused { why })));
        assert_eq!(model.edit.draft.change(Field::Tags), &tags(&["#VIP"]));
        assert!(!model.is_acting() && !model.last.as_ref().unwrap().is_made());
    }
}

#[test]
fn a_new_tab_id_is_followed() {
    let mut model = Model { tab: Some(7), ..showing(json!({})) };
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    assert_eq!(update(&mut model, Event::Replaced { was: 9, is: 8 }), [], "that was another tab");
    let effects = update(&mut model, Event::Replaced { was: 7, is: 8 });
    assert!(matches!(&effects[..], [Effect::SaveDrafts { tab: 8, .. }]), "{effects:?}");
    assert_eq!(update(&mut model, Event::Refresh), [Effect::Inspect { tab: Some(8) }]);
}

#[test]
fn a_closed_page_stays_closed_without_access() {
    for why in [AccessProblem::Policy, AccessProblem::ClosedSite, AccessProblem::ErrorPage, AccessProblem::Document] {
        let mut model = Model::new(Some(7), 0);
        update(&mut model, blocked(why));
        let summary = model.clone();
        update(&mut model, blocked(AccessProblem::NeedsGrant));
        assert_eq!(model, summary);
    }
}

#[test]
fn a_page_after_a_closed_one_is_inspected_anew() {
    let mut model = Model::new(Some(7), 0);
    update(&mut model, blocked(AccessProblem::ClosedSite));
    update(&mut model, Event::TabLoading(8));
    update(&mut model, blocked(AccessProblem::NeedsGrant));
    assert_eq!(model.state(), "restricted", "another tab loaded");
    update(&mut model, Event::TabLoading(7));
    update(&mut model, blocked(AccessProblem::NeedsGrant));
    assert_eq!(model.state(), "needs-access");
}

#[test]
fn frames_left_out_do_not_count_as_hidden() {
    let parent = text(HERE, json!({}), Value::Null).replace("\"frames\":0", "\"frames\":61");
    let inspection = |left_out| {
        let mut model = Model::default();
        let frames = vec![frame(0, parent.clone()), frame(4, text("44", json!({}), Value::Null))];
        update(&mut model, Event::Inspected(Reply::Inspected { tab: tab(), frames, left_out }));
        let shown = model.page().unwrap();
        (shown.hidden_frames, shown.left_out)
    };
    assert_eq!(inspection(60), (0, 60));
    assert_eq!(inspection(50), (10, 50));
    assert_eq!(inspection(0), (60, 0));
}

#[test]
fn a_snippet_waiting_for_consent_is_recognized() {
    let raw = json!({"v": 1, "found": true, "page": {"document": HERE, "top": true}, "sdk": {"global": "undefined"},
        "parked": [{"type": "text/template", "attributes": {"id": "x"}}, {"type": "text/plain", "attributes": {"data-category": "functional"}}]});
    let mut model = Model::default();
    let frames = vec![frame(0, raw.to_string())];
    update(&mut model, Event::Inspected(Reply::Inspected { tab: tab(), frames, left_out: 0 }));
    let Sdk::SnippetParked(parked) = &model.report().unwrap().sdk else { panic!("{:?}", model.report()) };
    assert_eq!((parked.kind.as_str(), parked.category.as_deref()), ("text/plain", Some("functional")));
}
