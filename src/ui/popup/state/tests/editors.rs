//! Tests of what an editor begins with, and of values that a draft keeps.

use super::*;
use inspector_core::edit::draft::ErrorKind;
use inspector_core::edit::metadata::{CellKind, MetadataEditor, MetadataError, Row};

fn list(items: &[&str]) -> Editor {
    Editor::List(items.iter().map(|item| (*item).to_owned()).collect())
}

/// Opens the editor of the tags, as a person does.
fn open(inputs: &mut UnfinishedInputs, model: &mut Model) -> Editor {
    let editor = inputs.restore(model, Field::Tags);
    update(model, Event::Edit(Field::Tags, Change::Set(editor.clone())));
    editor
}

fn close(inputs: &mut UnfinishedInputs, model: &mut Model) {
    inputs.remember(model, Field::Tags);
    update(model, Event::Edit(Field::Tags, Change::Keep));
}

#[test]
fn an_untouched_editor_opens_again_with_the_present_value() {
    let (mut inputs, mut model) = (UnfinishedInputs::default(), showing(json!({"tags": ["#ADA"]})));
    assert_eq!(open(&mut inputs, &mut model), list(&["#ADA"]));
    close(&mut inputs, &mut model);
    update(&mut model, page(HERE, json!({"tags": ["#BOB"]})));
    assert_eq!(open(&mut inputs, &mut model), list(&["#BOB"]));
    update(&mut model, page(HERE, json!({"tags": ["#CAL"]})));
    close(&mut inputs, &mut model);
    assert_eq!(open(&mut inputs, &mut model), list(&["#CAL"]), "it changed while the editor was open");
}

#[test]
fn what_was_typed_is_there_again_on_its_document() {
    let (mut inputs, mut model) = (UnfinishedInputs::default(), showing(json!({"tags": ["#ADA"]})));
    let change = |model: &mut Model, items: &[&str]| drop(update(model, Event::Edit(Field::Tags, tags(items))));
    open(&mut inputs, &mut model);
    change(&mut model, &["#ADA", "#half typ"]);
    close(&mut inputs, &mut model);
    update(&mut model, page(HERE, json!({"tags": ["#BOB"]})));
    assert_eq!(open(&mut inputs, &mut model), list(&["#ADA", "#half typ"]));
    close(&mut inputs, &mut model);
    assert_eq!(open(&mut inputs, &mut model), list(&["#ADA", "#half typ"]));
    change(&mut model, &["#ADA"]);
    close(&mut inputs, &mut model);
    assert_eq!(open(&mut inputs, &mut model), list(&["#BOB"]), "the person typed it back");

    change(&mut model, &["#TYPED"]);
    close(&mut inputs, &mut model);
    let mut elsewhere = showing(json!({}));
    update(&mut elsewhere, page("2000", json!({"tags": ["#CAL"]})));
    assert_eq!(open(&mut inputs.clone(), &mut elsewhere), list(&["#CAL"]), "another document");
    update(&mut model, Event::BeginSwitch);
    assert_eq!(open(&mut inputs.clone(), &mut model), list(&[]), "a new visitor has no tags");
}

#[test]
fn a_repaired_value_is_there_again() {
    let (mut inputs, mut model) = (UnfinishedInputs::default(), showing(json!({"tags": ["#vip"]})));
    let flaw = model.report().unwrap().visitor.field(Field::Tags).flaws[0].clone();
    let repaired = model.repairing_editor(Field::Tags, &flaw);
    update(&mut model, Event::Edit(Field::Tags, Change::Set(repaired)));
    close(&mut inputs, &mut model);
    assert_eq!(open(&mut inputs, &mut model), list(&["#VIP"]));
}

#[test]
fn a_restored_draft_shows_what_the_page_does_not_have() {
    let accessor = || json!({"$": "accessor"});
    let mut model = showing(json!({"metadata": {"plan": accessor(), "seats": 2}}));
    let metadata = model.starting_editor(Field::Metadata);
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(metadata)));
    assert!(model.patch().is_ok());
    for (metadata, is_missing) in
        [(json!({"seats": 2}), true), (json!(null), true), (json!({"plan": accessor()}), false)]
    {
        let mut model = model.clone();
        update(&mut model, page("2000", json!({ "metadata": metadata })));
        update(&mut model, Event::RestoreDraft(0));
        let missing = ErrorKind::Metadata(MetadataError::NotOnPage("plan".into()));
        let errors = model.patch().err().unwrap_or_default();
        let found: Vec<_> = errors.iter().map(|error| (error.item, error.kind.clone())).collect();
        assert_eq!(found, if is_missing { vec![(Some(0), missing)] } else { vec![] }, "{metadata}");
        assert_eq!(update(&mut model, Event::Apply).is_empty(), is_missing);
    }
}

#[test]
fn a_restored_draft_describes_the_values_of_this_page() {
    let date = |text: &str| json!({"metadata": {"at": {"$": "Date", "v": text}, "f": {"$": "accessor"}}});
    let mut model = showing(date("2024-03-01T09:00:00.000Z"));
    let metadata = model.starting_editor(Field::Metadata);
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(metadata)));
    update(&mut model, page("2000", date("2025-01-01T00:00:00.000Z")));
    update(&mut model, Event::RestoreDraft(0));
    let Some(MetadataEditor::Table(rows)) = model.edited_metadata() else { panic!() };
    let at = Row { key: "at".into(), kind: CellKind::Kept, text: "2025-01-01T00:00:00.000Z".into() };
    assert_eq!(rows[0], at);
}
