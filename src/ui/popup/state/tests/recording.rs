//! The recording of the shown document.

use super::*;
use crate::ui::recording::summary::{RecordedOrigin, RecordingSummary};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::recording::history::ValueKey;
use inspector_core::visitor::observed::{Observed, Source};
use inspector_core::visitor::page_value::PageValue;

fn summary(text: &str) -> Event {
    let sent = Some(PageValue::decode_plain(&json!(["#A"])));
    let origin = RecordedOrigin { key: ValueKey::Field(Field::Tags), text: text.into(), cause: "call".into(), sent };
    Event::RecordingChanged(Some(RecordingSummary { origins: vec![origin], problems: 2, failing: 1 }))
}

#[test]
fn the_recording_of_each_shown_document_is_followed() {
    let mut model = showing(json!({}));
    let watch = Effect::WatchRecording { tab: 7, document: "D0".into() };
    assert_eq!(update(&mut model, Event::FoundRecording), std::slice::from_ref(&watch));
    update(&mut model, summary("by init"));
    assert_eq!(model.recorded_cause(ValueKey::Field(Field::Tags)).map(|cause| cause.text.as_str()), Some("by init"));
    assert_eq!(update(&mut model, page(HERE, json!({}))), [], "the same document is already followed");
    assert_eq!(update(&mut model, page("2000.5", json!({}))), [watch]);
    assert_eq!(model.recorded_cause(ValueKey::Field(Field::Tags)), None, "the summary is of the previous document");
}

#[test]
fn a_sent_value_replaces_an_unreadable_one() {
    let unread = || json!({"tags": {"$": "proxy", "v": []}});
    let mut model = showing(unread());
    let tags = |model: &Model| model.report().unwrap().visitor.field(Field::Tags).now.clone();
    let sent = Observed::Value(PageValue::decode_plain(&json!(["#A"])), Source::Frame);
    update(&mut model, Event::FoundRecording);
    update(&mut model, summary("by init"));
    assert_eq!(tags(&model), sent);
    update(&mut model, page(HERE, unread()));
    assert_eq!(tags(&model), sent, "after every inspection");
    update(&mut model, page(HERE, json!({"tags": ["#B"]})));
    assert_eq!(tags(&model).source(), Some(&Source::Configuration));
}

#[test]
fn without_a_recording_nothing_is_followed() {
    let mut model = showing(json!({}));
    assert_eq!(update(&mut model, page("2000.5", json!({}))), []);
}

#[test]
fn a_proposed_edit_is_reviewed_and_the_current_one_stored() {
    let mut model = showing(json!({"tags": ["#vip"]}));
    update(&mut model, Event::Edit(Field::UniqueId, Change::Set(Editor::Text("typed".into()))));
    update(&mut model, Event::Show(Panel::Recorded(RecordedView::Checks)));
    let offered = json!({"tags": ["#VIP"], "uniqueId": null, "metadata": {"$a": 1}});
    let effects = update(&mut model, Event::Propose(VisitorPatch::from_argument(&offered).unwrap()));
    assert!(matches!(effects.as_slice(), [Effect::SaveDrafts { .. }]));
    assert_eq!((model.panel, model.stored_drafts.len()), (Panel::Visitor, 1));
    let patch = model.patch().unwrap().unwrap();
    assert_eq!(patch.argument(), json!({"uniqueId": null, "tags": ["#VIP"], "metadata": {"$a": 1}}));
}
