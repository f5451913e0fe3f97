use super::*;
use crate::messages::{DocumentTarget, PendingEdit};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::suggestions::LastUsed;
use inspector_core::visitor::Field;
use serde_json::json;

fn input(text: &str) -> Input {
    Input { slot: Slot::Text(Field::Tags), text: text.to_owned(), beside: vec![] }
}

/// A site where these tags were used, the newest first.
fn model(tags: &[&str]) -> Model {
    let applied = tags.iter().map(|tag| FieldValue { field: Field::Tags, value: (*tag).into() }).collect();
    let values =
        LastUsed::default().changed(LastUsedChange::Remember("acme.com".into(), applied)).of("acme.com").cloned();
    let mut model = Model::default();
    update(&mut model, Event::Loaded { host: Some("acme.com".into()), values: values.unwrap_or_default() });
    model
}

fn focused(tags: &[&str], text: &str) -> Model {
    let mut model = model(tags);
    update(&mut model, Event::Focus(input(text)));
    model
}

#[test]
fn the_list_is_open_while_the_text_matches() {
    let mut model = focused(&["#VIP", "#TRIAL"], "#OLD");
    assert!(model.has_any() && !model.is_open());
    update(&mut model, Event::Typed(input("#t")));
    assert!(model.is_open());
    assert_eq!((model.rows(), model.selected), (vec!["#TRIAL".to_owned()], None));
    update(&mut model, Event::Typed(input("#tx")));
    assert!(!model.is_open());
    update(&mut model, Event::Typed(input("#TRIAL")));
    assert!(!model.is_open(), "the current value is not offered");
}

#[test]
fn the_arrow_keys_open_the_list_and_wrap_around() {
    let mut model = focused(&["#A", "#B", "#C"], "#OLD");
    let mut at = |key| {
        assert!(model.handles(key));
        update(&mut model, Event::Key(key));
        model.selected
    };
    assert_eq!([Key::Down, Key::Down, Key::Down, Key::Down, Key::Up].map(&mut at), [0, 1, 2, 0, 2].map(Some));
    let mut other = focused(&["#A", "#B"], "");
    update(&mut other, Event::Key(Key::Up));
    assert_eq!(other.selected, Some(1));
}

#[test]
fn enter_belongs_to_the_editor_without_a_selection() {
    let mut model = focused(&["#A", "#B"], "");
    update(&mut model, Event::OpenList);
    assert!(model.is_open() && !model.handles(Key::Enter));
    update(&mut model, Event::Key(Key::Down));
    assert!(model.handles(Key::Enter));
    assert_eq!(update(&mut model, Event::Key(Key::Enter)), [Effect::EnterText("#A".into()), Effect::FocusInput]);
    assert!(!model.is_open());
}

#[test]
fn escape_belongs_to_the_list_only_while_it_is_open() {
    let mut model = focused(&["#A"], "");
    assert!(!model.handles(Key::Escape));
    update(&mut model, Event::OpenList);
    assert!(model.handles(Key::Escape));
    update(&mut model, Event::Key(Key::Escape));
    assert!(!model.is_open() && !model.handles(Key::Escape));
}

#[test]
fn another_input_resets_the_list() {
    let mut model = focused(&["#A"], "");
    update(&mut model, Event::Key(Key::Down));
    update(&mut model, Event::Focus(input("#B")));
    assert_eq!((model.is_open(), model.selected), (false, None));
    update(&mut model, Event::Blur);
    assert_eq!((model.rows().len(), model.handles(Key::Down)), (0, false));
    assert_eq!(update(&mut model, Event::Choose(0)), []);
}

#[test]
fn an_unchanged_list_preserves_the_selection() {
    let mut chosen = focused(&["#A", "#B"], "");
    update(&mut chosen, Event::Key(Key::Down));
    let loaded = |model: &Model| Event::Loaded { host: model.host.clone(), values: model.values.clone() };
    let same = loaded(&chosen);
    update(&mut chosen, same);
    assert_eq!(chosen.selected, Some(0));
    update(&mut chosen, loaded(&model(&["#C", "#A"])));
    assert_eq!(chosen.selected, None, "the row has another value");
}

#[test]
fn the_values_of_a_site_can_be_deleted() {
    let mut model = focused(&["#A"], "");
    let forget = Effect::Change(LastUsedChange::Forget("acme.com".into()));
    assert_eq!(update(&mut model, Event::Forget), [Effect::FocusInput, forget]);
    assert_eq!(update(&mut Model::default(), Event::Forget), [Effect::FocusInput]);
}

fn act(kind: EditKind, sent: Value, undo: Value, reply: Value) -> JournalEntry {
    let edit = PendingEdit {
        kind,
        sent: VisitorPatch::from_argument(&sent),
        undo: VisitorPatch::from_argument(&undo),
        no_undo: vec![],
        short_id: None,
        code: None,
        loses_metadata: false,
        draft: None,
    };
    JournalEntry {
        id: 1,
        at: 1,
        target: DocumentTarget { tab: 7, frame: 0, document_id: None, document: "1".into() },
        edit: Box::new(edit),
        reply: Some(json!({"v": 1, "act": reply, "page": {"document": "1"}}).to_string()),
    }
}

#[test]
fn only_accepted_values_are_remembered() {
    let (sent, undo) = (json!({"tags": ["#OLD", "#NEW"]}), json!({"tags": ["#OLD"]}));
    let made = json!({"name": "update", "waiting": false});
    let refused = json!({"name": "update", "refused": "moved"});
    let new = [FieldValue { field: Field::Tags, value: json!("#NEW") }];
    let of = |kind, reply: &Value| applied_values(&act(kind, sent.clone(), undo.clone(), reply.clone()), &[]);
    assert_eq!(of(EditKind::Update, &made), new);
    assert_eq!(of(EditKind::Update, &refused), []);
    assert_eq!(of(EditKind::Undo, &made), []);
    assert_eq!(of(EditKind::Reset, &made), []);
    let running = JournalEntry { reply: None, ..act(EditKind::Update, sent.clone(), undo.clone(), made.clone()) };
    assert_eq!(applied_values(&running, &[]), []);
    assert_eq!(
        applied_values(&act(EditKind::Update, sent.clone(), undo.clone(), made.clone()), &new),
        [],
        "the page said it before"
    );
    assert_eq!(
        applied_values(&act(EditKind::Switch, json!({"tags": ["#NEW"]}), Value::Null, made), &new),
        new,
        "a new visitor has none"
    );
}

#[test]
fn what_another_site_reported_can_be_remembered() {
    let tag = |text: &str| FieldValue { field: Field::Tags, value: text.into() };
    let mut known = KnownFromPage::default();
    known.add(Some("acme.com"), vec![tag("#A")]);
    known.add(Some("acme.com"), vec![tag("#B"), tag("#A")]);
    assert_eq!(known.values, [tag("#A"), tag("#B")]);
    known.add(Some("other.com"), vec![tag("#C")]);
    assert_eq!(known.values, [tag("#C")]);
}
