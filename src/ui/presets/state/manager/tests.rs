use super::*;
use inspector_core::named_list::ListChangeError;
use serde_json::json;

fn preset(name: &str) -> Preset {
    Preset::new(name, &["acme.test".to_owned()], json!({"uniqueId": name})).unwrap()
}

fn loaded() -> Model {
    let mut model = Model::default();
    update(&mut model, Event::Loaded(Ok(vec![preset("a"), preset("b")])));
    model
}

#[test]
fn a_valid_edit_is_stored() {
    let mut model = loaded();
    update(&mut model, Event::Edit("a".into()));
    update(&mut model, Event::Sites("no site\nacme.com, *.acme.com".into()));
    let wrong = EditError::Problems(vec![PresetProblem::Site("no site".into())]);
    assert_eq!(model.editing.as_ref().unwrap().finish(), Err(wrong));
    assert_eq!(update(&mut model, Event::Save), []);
    update(&mut model, Event::Sites("acme.com, *.acme.com".into()));
    update(&mut model, Event::Values("{\"tags\": [".into()));
    assert!(matches!(model.editing.as_ref().unwrap().finish(), Err(EditError::NotJson(_))));
    update(&mut model, Event::Values("{\"tags\": [\"#VIP\"]}".into()));
    update(&mut model, Event::Name("c".into()));
    let sites = ["acme.com".to_owned(), "*.acme.com".to_owned()];
    let with = Preset::new("c", &sites, json!({"tags": ["#VIP"]})).unwrap();
    let expected = PresetChange::Replace { of: "a".into(), with: with.clone() };
    assert_eq!(update(&mut model, Event::Save), [Effect::Change(expected)]);
    update(&mut model, Event::Stored(Err(ListError::Refused(ListChangeError::Full))));
    assert!(model.editing.is_some(), "what was typed stays");
    update(&mut model, Event::Move { name: "b".into(), up: true });
    update(&mut model, Event::Stored(Ok(vec![preset("b"), preset("a")])));
    assert!(model.editing.is_some(), "another change is not the end of it");
    update(&mut model, Event::Save);
    update(&mut model, Event::Stored(Ok(vec![with])));
    assert_eq!(model.editing, None);
}

#[test]
fn a_removed_preset_can_be_restored_until_the_next_change() {
    let mut model = loaded();
    assert_eq!(update(&mut model, Event::Remove("b".into())), [Effect::Change(PresetChange::Remove("b".into()))]);
    update(&mut model, Event::Stored(Ok(vec![preset("a")])));
    let back = PresetChange::PutBack { at: 1, item: preset("b") };
    assert_eq!(update(&mut model, Event::PutBack), [Effect::Change(back)]);
    assert_eq!(model.removed.last(), None);
}

#[test]
fn a_removal_that_cannot_be_undone_yet_stays() {
    let mut model = loaded();
    update(&mut model, Event::Remove("b".into()));
    update(&mut model, Event::Stored(Ok(vec![preset("a")])));
    let undo = update(&mut model, Event::PutBack);
    assert_eq!((undo.len(), update(&mut model, Event::PutBack)), (1, vec![]), "a second click does nothing");
    update(&mut model, Event::Stored(Err(ListError::Refused(ListChangeError::Full))));
    assert_eq!((model.removed.last().cloned(), model.focus), (Some((1, preset("b"))), Some(Focus::Undo)));
    assert!(model.failed.is_some());
    assert_eq!(update(&mut model, Event::PutBack), undo);
    update(&mut model, Event::Stored(Ok(vec![preset("a"), preset("b")])));
    assert_eq!(model.removed.last(), None);
    // A removal that fails removes nothing.
    update(&mut model, Event::Remove("a".into()));
    update(&mut model, Event::Stored(Err(ListError::Browser(BrowserError::Full("quota".into())))));
    assert_eq!(model.removed.last(), None);
}

#[test]
fn an_import_needs_a_confirmation() {
    let mut model = loaded();
    let text = r#"{"schema": "upscope-inspector/presets@1", "presets": [{"name": "a", "values": {"uniqueId": "x"}}, {"name": "b"}]}"#;
    assert_eq!(update(&mut model, Event::FileRead(Ok(text.into()))), []);
    assert_eq!(model.focus, Some(Focus::Offer));
    let taken = Preset::new("a", &[], json!({"uniqueId": "x"})).unwrap();
    assert_eq!(model.importable(), std::slice::from_ref(&taken));
    assert_eq!(update(&mut model, Event::ConfirmImport), [Effect::Change(PresetChange::Import(vec![taken]))]);
    update(&mut model, Event::Stored(Ok(vec![])));
    assert_eq!(model.import, Some(Import::Done(1)));
    assert_eq!(model.focus, Some(Focus::Import), "the button that had it is gone");
    update(&mut model, Event::FileRead(Ok("{".into())));
    assert!(matches!(model.import, Some(Import::Rejected(PresetFileError::NotJson { .. }))));
    update(&mut model, Event::FileChosen);
    assert_eq!(model.import, None);
}

fn offered() -> Model {
    let mut model = loaded();
    let text = r#"{"schema": "upscope-inspector/presets@1", "presets": [{"name": "c", "values": {"uniqueId": "x"}}]}"#;
    update(&mut model, Event::FileRead(Ok(text.into())));
    model
}

#[test]
fn an_offer_is_imported_once() {
    let mut model = offered();
    let import = update(&mut model, Event::ConfirmImport);
    assert_eq!((import.len(), update(&mut model, Event::ConfirmImport)), (1, vec![]), "a second click does nothing");
    update(&mut model, Event::Stored(Err(ListError::Refused(ListChangeError::Full))));
    assert_eq!(update(&mut model, Event::ConfirmImport), import, "the offer stays after a failure");
}

#[test]
fn a_canceled_offer_leaves_the_focus_at_the_import() {
    let mut model = offered();
    assert_eq!(update(&mut model, Event::CancelImport), []);
    assert_eq!((&model.import, model.focus), (&None, Some(Focus::Import)));
}

#[test]
fn the_focus_follows_the_list() {
    let mut model = loaded();
    update(&mut model, Event::Move { name: "b".into(), up: true });
    update(&mut model, Event::Stored(Ok(vec![preset("b"), preset("a")])));
    assert_eq!(model.focus, Some(Focus::Row(0, RowButton::Edit)), "it is the first: there is no further up");
    update(&mut model, Event::Remove("a".into()));
    update(&mut model, Event::Stored(Ok(vec![preset("b")])));
    assert_eq!(model.focus, Some(Focus::Undo));
    update(&mut model, Event::Loaded(Ok(vec![preset("b")])));
    assert_eq!(model.focus, Some(Focus::Undo), "the page also learns of its change from the storage");
    update(&mut model, Event::Search("b".into()));
    assert_eq!(model.focus, None);
}

#[test]
fn a_search_preserves_the_order() {
    let mut model = loaded();
    update(&mut model, Event::Search("B".into()));
    assert_eq!(model.rows(), ["b"]);
    update(&mut model, Event::Search("sites".into()));
    assert!(model.rows().is_empty() && model.has_no_match());
    update(&mut model, Event::Loaded(Ok(vec![])));
    assert!(!model.has_no_match(), "there is nothing to match");
}

#[test]
fn the_edited_preset_is_listed_whatever_the_search() {
    let mut model = loaded();
    update(&mut model, Event::Edit("a".into()));
    update(&mut model, Event::Search("b".into()));
    assert_eq!(model.rows(), ["a", "b"]);
    update(&mut model, Event::Loaded(Ok(vec![preset("b")])));
    assert_eq!(model.rows(), ["b", "a"], "another page deleted it: it is appended when it is saved");
    update(&mut model, Event::Loaded(Ok(vec![preset("a"), preset("b")])));
    update(&mut model, Event::Cancel);
    assert_eq!((model.rows(), model.focus), (vec!["b"], Some(Focus::Search)), "its button is hidden");
}

#[test]
fn an_edited_preset_is_saved_once() {
    let mut model = loaded();
    update(&mut model, Event::Edit("a".into()));
    update(&mut model, Event::Name("c".into()));
    let save = update(&mut model, Event::Save);
    assert_eq!((save.len(), update(&mut model, Event::Save)), (1, vec![]), "a second click does nothing");
    update(&mut model, Event::Stored(Err(ListError::Refused(ListChangeError::Full))));
    assert_eq!(update(&mut model, Event::Save), save, "the form stays after a failure");
}
