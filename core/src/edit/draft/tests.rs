use super::*;
use crate::edit::metadata::{CellKind, Row};
use crate::fixture::{encoded, visitor};
use serde_json::{Value, json};

fn set(field: Field, editor: Editor) -> Draft {
    let mut draft = Draft::default();
    draft.set(field, Change::Set(editor));
    draft
}

fn list(items: &[&str]) -> Editor {
    Editor::List(items.iter().map(|item| (*item).to_owned()).collect())
}

#[test]
fn an_untouched_draft_sends_nothing() {
    assert_eq!(Draft::default().finish(&visitor(json!({}))), Ok(None));
}

#[test]
fn an_editor_starts_from_what_is_there_however_malformed() {
    let odd = visitor(json!({"uniqueId": 42, "identities": "John", "tags": ["#A", null, 3], "metadata": {"a": 1}}));
    assert_eq!(Editor::starting_from(Field::UniqueId, &odd), Editor::Text("42".into()));
    assert_eq!(Editor::starting_from(Field::Identities, &odd), list(&["John"]));
    assert_eq!(Editor::starting_from(Field::Tags, &odd), list(&["#A", "3"]));
    assert_eq!(Editor::starting_from(Field::IntegrationIds, &odd), list(&[]));
    let map = json!({"a": 1}).as_object().unwrap().clone();
    assert_eq!(Editor::starting_from(Field::Metadata, &odd), Editor::Metadata(MetadataEditor::from_map(&map)));
}

#[test]
fn a_repair_goes_to_the_item_that_needs_it() {
    let odd = visitor(json!({"uniqueId": 42, "tags": [null, "#A", "#b"]}));
    let repaired = |field, index: usize| {
        let flaws = &odd.field(field).flaws;
        Editor::repairing(field, &odd, &flaws[index])
    };
    assert_eq!(repaired(Field::Tags, 1), list(&["#A", "#B"]));
    assert_eq!(repaired(Field::Tags, 0), list(&["#A", "#b"]));
    assert_eq!(repaired(Field::UniqueId, 0), Editor::Text("42".into()));
}

#[test]
fn each_error_stands_at_its_item_with_its_repair() {
    let errors = set(Field::Tags, list(&["#VIP", "#vip", "", "undefined"])).finish(&visitor(json!({}))).unwrap_err();
    let at = |item, kind, repair: Option<&str>| FieldError {
        field: Field::Tags,
        item: Some(item),
        kind,
        repair: repair.map(str::to_owned),
    };
    let expected = [
        at(1, ErrorKind::TagPattern, Some("#VIP")),
        at(2, ErrorKind::Empty, None),
        at(3, ErrorKind::DroppedBySdk, None),
    ];
    assert_eq!(errors, expected);
}

#[test]
fn metadata_that_could_not_be_read_is_kept_key_by_key() {
    let date = "2024-03-01T09:00:00.000Z";
    let page = encoded(json!({"metadata": {
        "plan": {"$": "accessor"}, "seats": 2, "at": {"$": "Date", "v": date}, "f": {"$": "function"},
    }}));
    let Editor::Metadata(MetadataEditor::Table(mut rows)) = Editor::starting_from(Field::Metadata, &page) else {
        panic!()
    };
    let row = |key: &str, kind, text: &str| Row { key: key.into(), kind, text: text.into() };
    let expected =
        [row("plan", CellKind::Kept, ""), row("seats", CellKind::Number, "2"), row("at", CellKind::Kept, date)];
    assert_eq!(rows, expected);
    rows.push(row("city", CellKind::Text, "Paris"));
    let draft = set(Field::Metadata, Editor::Metadata(MetadataEditor::Table(rows)));
    let keep = || json!({"$": "keep"});
    let sent = json!({"metadata": {"plan": keep(), "seats": 2, "at": keep(), "city": "Paris"}});
    let patch = draft.finish(&page).unwrap().unwrap();
    assert_eq!(patch.argument(), sent);
    assert_eq!(Draft::from_patch(&patch).finish(&page).unwrap().unwrap().argument(), sent);
}

#[test]
fn a_value_is_kept_only_under_a_key_of_the_page() {
    let page = encoded(json!({"metadata": {"plan": {"$": "accessor"}, "seats": 2}}));
    let kept = |key: &str| Row { key: key.into(), kind: CellKind::Kept, text: String::new() };
    let seats = || Row { key: "seats".into(), kind: CellKind::Number, text: "2".into() };
    let table = |rows: &[Row]| set(Field::Metadata, Editor::Metadata(MetadataEditor::Table(rows.to_vec())));
    let error = |item, key: &str| {
        let kind = ErrorKind::Metadata(MetadataError::NotOnPage(key.to_owned()));
        Err(vec![FieldError { field: Field::Metadata, item, kind, repair: None }])
    };
    assert_eq!(table(&[seats(), kept("tier")]).finish(&page), error(Some(1), "tier"), "the key was renamed");
    let draft = table(&[kept("plan"), seats()]);
    assert!(draft.finish(&page).is_ok());
    for other in [
        Visitor::unknown(),
        visitor(json!({"metadata": null})),
        visitor(json!({"metadata": {"seats": 2}})),
        encoded(json!({"metadata": {"$": "accessor"}})),
    ] {
        let errors = draft.finish(&other).unwrap_err();
        let missing = ErrorKind::Metadata(MetadataError::NotOnPage("plan".into()));
        assert_eq!(errors.iter().find(|error| error.kind == missing).map(|error| error.item), Some(Some(0)));
    }
    let json = MetadataEditor::Json(r#"{"plan": {"$": "keep"}, "tier": {"$": "keep"}}"#.into());
    assert_eq!(set(Field::Metadata, Editor::Metadata(json)).finish(&page), error(None, "tier"));
}

#[test]
fn a_kept_row_describes_the_present_value() {
    let of = |date: &str| encoded(json!({"metadata": {"at": {"$": "Date", "v": date}, "seats": 2}}));
    let (before, now) = (of("2024-03-01T09:00:00.000Z"), of("2025-01-01T00:00:00.000Z"));
    let Editor::Metadata(editor) = Editor::starting_from(Field::Metadata, &before) else { panic!() };
    let Editor::Metadata(fresh) = Editor::starting_from(Field::Metadata, &now) else { panic!() };
    let entries = |page: &Visitor| page.field(Field::Metadata).kept_keys().unwrap_or_default();
    assert_eq!(editor.describing(&entries(&now)), fresh);
    let MetadataEditor::Table(rows) = editor.describing(&entries(&visitor(json!({})))) else { panic!() };
    assert_eq!((rows[0].text.as_str(), rows[1].text.as_str()), ("", "2"));
}

#[test]
fn what_could_not_be_read_is_replaced_only_knowingly() {
    let unread = [
        (Field::Identities, json!({"$": "proxy", "v": []}), list(&["a"])),
        (Field::Tags, json!({"$": "list", "v": ["#A"], "n": 50}), list(&["#A"])),
        (Field::Metadata, json!({"$": "accessor"}), Editor::Metadata(MetadataEditor::Json("{}".into()))),
        (Field::Metadata, json!({"$": "proxy", "v": {}}), Editor::Metadata(MetadataEditor::Json("{}".into()))),
    ];
    for (field, value, editor) in unread {
        let page = encoded(json!({ field.key(): value }));
        let mut draft = set(field, editor);
        let error = FieldError { field, item: None, kind: ErrorKind::ReplacesUnread, repair: None };
        assert_eq!(draft.finish(&page), Err(vec![error]), "{value}");
        assert!(draft.finish(&Visitor::unknown()).is_ok());
        draft.replace_unread(field);
        assert!(draft.finish(&page).is_ok());
        draft.set(field, Change::Remove);
        assert!(draft.finish(&page).is_ok());
    }
}

#[test]
fn integration_ids_that_could_not_be_read_are_only_added_to() {
    let page = encoded(json!({"integrationIds": ["crm:1", {"$": "bigint"}]}));
    let patch = set(Field::IntegrationIds, list(&["drift:3"])).finish(&page).unwrap().unwrap();
    assert_eq!(patch.argument(), json!({"integrationIds": ["drift:3"]}));
}

#[test]
fn an_empty_list_is_not_a_removal() {
    let errors = set(Field::Identities, list(&[])).finish(&visitor(json!({}))).unwrap_err();
    assert_eq!((errors[0].item, &errors[0].kind), (None, &ErrorKind::EmptyList));
}

#[test]
fn integration_ids_are_sent_as_the_difference_to_what_is_known() {
    let known = visitor(json!({"integrationIds": ["zendesk:1", "front:2"]}));
    let patch = set(Field::IntegrationIds, list(&["front:2", "drift:3"])).finish(&known).unwrap().unwrap();
    assert_eq!(patch.argument(), json!({"integrationIds": ["zendesk:", "front:2", "drift:3"]}));
}

#[test]
fn what_no_one_sees_at_the_edges_is_not_sent() {
    let sent = |draft: Draft| draft.finish(&visitor(json!({}))).unwrap().unwrap().argument();
    let text = set(Field::UniqueId, Editor::Text(" cust-1042\u{a0}".into()));
    assert_eq!(sent(text), json!({"uniqueId": "cust-1042"}));
    let items = set(Field::Tags, list(&["\u{200b}#VIP", "#A\n"]));
    assert_eq!(sent(items), json!({"tags": ["#VIP", "#A"]}));
    let empty = set(Field::UniqueId, Editor::Text("\u{200b}".into())).finish(&visitor(json!({}))).unwrap_err();
    assert_eq!(empty[0].kind, ErrorKind::Empty);
}

#[test]
fn a_rounded_number_is_no_beginning_of_an_edit() {
    let rounded = visitor(json!({"uniqueId": 10203040506070808_u64}));
    assert_eq!(Editor::starting_from(Field::UniqueId, &rounded), Editor::Text(String::new()));
    let item = visitor(json!({"identities": ["Ada", 10203040506070808_u64, 42]}));
    assert_eq!(Editor::starting_from(Field::Identities, &item), Editor::List(vec!["Ada".into(), "42".into()]));
}

#[test]
fn what_is_judged_when_read_is_judged_when_typed() {
    let argument = json!({"uniqueId": "user-undefined", "identities": ["O&#039;Brien", "%{name}", "user-NaN"]});
    let patch = VisitorPatch::from_argument(&argument).unwrap();
    assert_eq!(oddities(&patch), [FlawKind::MissingPart, FlawKind::Escaped, FlawKind::Template]);
    let large = VisitorPatch::from_argument(&json!({"metadata": {"order": 10203040506070809_u64}})).unwrap();
    assert_eq!(oddities(&large), [FlawKind::DigitsLost]);
    let fine = VisitorPatch::from_argument(&json!({"uniqueId": "Jennifer Null", "tags": null})).unwrap();
    assert_eq!(oddities(&fine), []);
}

#[test]
fn a_draft_survives_storage_with_its_wrong_input() {
    let mut draft = set(Field::Tags, list(&["#vip", ""]));
    draft.set(Field::Metadata, Change::Set(Editor::Metadata(MetadataEditor::Json("{".into()))));
    draft.set(Field::UniqueId, Change::Remove);
    let stored = |draft: &Draft| serde_json::to_value(draft).unwrap();
    let read = |stored: Value| serde_json::from_value::<Draft>(stored);
    assert_eq!(read(stored(&draft)).unwrap(), draft);
    let rows = CellKind::ALL.map(|kind| Row { key: "k".into(), kind, text: "x".into() });
    draft.set(Field::Metadata, Change::Set(Editor::Metadata(MetadataEditor::Table(rows.into()))));
    draft.set(Field::UniqueId, Change::Set(Editor::Text(" a ".into())));
    assert_eq!(read(stored(&draft)).unwrap(), draft);
    for other in [json!(null), json!({"changes": []}), json!({"changes": ["keep", "keep", "keep", "keep", {"set": 1}]})]
    {
        assert!(read(other.clone()).is_err(), "{other}");
    }
}
