//! What a recording tells, beside the visitor.

use super::*;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::observed::{Observed, Source};
use inspector_core::visitor::page_value::PageValue;

fn told(words: &str) -> Event {
    let sent = Some(PageValue::decode_plain(&json!(["#A"])));
    let origin = Origin { key: "tags", words: words.into(), cause: "call".into(), sent };
    Event::Told(Some(Told { origins: vec![origin], problems: 2 }))
}

#[test]
fn a_recording_is_asked_about_every_document_shown() {
    let mut model = showing(json!({}));
    let watch = Effect::WatchRecording { tab: 7, document: "D0".into() };
    assert_eq!(update(&mut model, Event::FoundRecording), std::slice::from_ref(&watch));
    update(&mut model, told("by init"));
    assert_eq!(model.origin("tags").map(|origin| origin.words.as_str()), Some("by init"));
    assert_eq!(update(&mut model, page(HERE, json!({}))), [], "the same document is watched already");
    assert_eq!(update(&mut model, page("2000.5", json!({}))), [watch]);
    assert_eq!(model.origin("tags"), None, "that was told of the document before");
}

#[test]
fn what_the_sdk_sent_stands_in_for_what_could_not_be_read() {
    let unread = || json!({"tags": {"$": "proxy", "v": []}});
    let mut model = showing(unread());
    let tags = |model: &Model| model.report().unwrap().visitor.field(Field::Tags).now.clone();
    let sent = Observed::Value(PageValue::decode_plain(&json!(["#A"])), Source::Frame);
    update(&mut model, Event::FoundRecording);
    update(&mut model, told("by init"));
    assert_eq!(tags(&model), sent);
    update(&mut model, page(HERE, unread()));
    assert_eq!(tags(&model), sent, "at every look");
    update(&mut model, page(HERE, json!({"tags": ["#B"]})));
    assert_eq!(tags(&model).source(), Some(&Source::Configuration));
}

#[test]
fn without_a_recording_nobody_is_asked() {
    let mut model = showing(json!({}));
    assert_eq!(update(&mut model, page("2000.5", json!({}))), []);
}

#[test]
fn the_edit_of_a_check_is_reviewed_and_sets_the_one_in_the_making_aside() {
    let mut model = showing(json!({"tags": ["#vip"]}));
    update(&mut model, Event::Edit(Field::UniqueId, Change::Set(Editor::Text("typed".into()))));
    update(&mut model, Event::Show(Panel::Recorded("checks".into())));
    let offered = json!({"tags": ["#VIP"], "uniqueId": null, "metadata": {"$a": 1}});
    let effects = update(&mut model, Event::Propose(VisitorPatch::from_argument(&offered).unwrap()));
    assert!(matches!(effects.as_slice(), [Effect::SaveDrafts { .. }]));
    assert_eq!((model.panel.clone(), model.aside.len()), (Panel::Visitor, 1));
    let patch = model.patch().unwrap().unwrap();
    assert_eq!(patch.argument(), json!({"uniqueId": null, "tags": ["#VIP"], "metadata": {"$a": 1}}));
}
