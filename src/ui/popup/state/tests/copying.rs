//! Tests of the copied text, masked and unmasked.

use super::*;
use inspector_core::edit::metadata::MetadataEditor;

/// The text written to the clipboard.
fn copied_text(effects: &[Effect]) -> String {
    match effects {
        [Effect::CopyText(text)] => text.clone(),
        [Effect::CopySource(source)] => source.clone().write().unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The JSON of the copied report.
fn copied_report(model: &mut Model) -> Value {
    let effects = update(model, Event::Copy { what: CopyTarget::Report, masked: false });
    serde_json::from_str(&copied_text(&effects)).unwrap()
}

#[test]
fn the_copied_report_distinguishes_unknown_from_empty() {
    let mut model = showing(json!({"tags": null, "uniqueId": 42}));
    for masked in [true, false] {
        let report = copied_report(&mut model);
        let visitor = &report["frames"][0]["visitor"];
        assert_eq!((&report["schema"], &report["masked"]), (&json!("upscope-inspector/report@1"), &json!(masked)));
        assert_eq!(visitor["tags"], json!({"value": null, "source": "configuration"}));
        assert_eq!(visitor["identities"], json!({"unknown": "not-said"}));
        assert_eq!(visitor["uniqueId"]["value"], json!(if masked { 1 } else { 42 }));
        assert_eq!(visitor["uniqueId"]["flaws"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn a_masked_report_has_no_personal_data() {
    let personal = json!({
        "uniqueId": "cust-1042", "identities": ["Ada Lovelace", "ada@acme.com"], "tags": ["#VIP", "vip"],
        "integrationIds": ["zendesk:991", "Front: 7"], "metadata": {"mrr": 4821, "note": "calls at five"},
    });
    let mut model = showing(personal);
    let (masked, whole) = (copied_report(&mut model).to_string(), copied_report(&mut model).to_string());
    for text in ["1042", "Ada", "ada@", "VIP", "991", "4821", "five"] {
        assert!(whole.contains(text), "{text}: {whole}");
        assert!(!masked.contains(text), "{text}: {masked}");
    }
    assert!(masked.contains("mrr"), "keys stay: {masked}");
}

#[test]
fn single_values_are_masked() {
    let mut model = showing(json!({"uniqueId": "cust-1042", "tags": ["#VIP"], "metadata": {"plan": "gold"}}));
    let whats = [CopyTarget::ShortId, CopyTarget::WatchLink, CopyTarget::LookupCode].into_iter();
    for what in whats.chain(Field::ALL.map(CopyTarget::Field)) {
        let mut copied = || copied_text(&update(&mut model, Event::Copy { what: what.clone(), masked: true }));
        let is_known = what != CopyTarget::Field(Field::Identities) && what != CopyTarget::Field(Field::IntegrationIds);
        assert!(!is_known || copied() != copied(), "{what:?}");
    }
}

#[test]
fn a_masked_call_has_the_same_shape() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let text = copied_text(&update(&mut model, Event::Copy { what: CopyTarget::Call, masked: true }));
    assert_eq!(text, "Upscope('updateConnection', {\n  tags: ['#TAG-B'],\n});");
}

#[test]
fn a_masked_call_has_every_key() {
    let mut model = showing(json!({}));
    let typed = r#"{"$plan": "gold", "a": {"$": "Date", "v": "x"}, "b": 1}"#;
    let editor = Editor::Metadata(MetadataEditor::Json(typed.into()));
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(editor)));
    let text = copied_text(&update(&mut model, Event::Copy { what: CopyTarget::Call, masked: true }));
    for key in ["$plan: '", "a: {", "$: '", "v: '", "b: "] {
        assert!(text.contains(key), "{key}: {text}");
    }
    for value in ["gold", "Date"] {
        assert!(!text.contains(value), "{value}: {text}");
    }
}

#[test]
fn a_masked_call_keeps_values_of_the_page() {
    let mut model = showing(json!({"metadata": {"plan": {"$": "accessor"}, "seats": 2}}));
    let metadata = Editor::starting_from(Field::Metadata, &model.report().unwrap().visitor);
    update(&mut model, Event::Edit(Field::Metadata, Change::Set(metadata)));
    let text = copied_text(&update(&mut model, Event::Copy { what: CopyTarget::Call, masked: true }));
    assert!(text.contains("plan: Upscope._config.metadata.plan"), "{text}");
}

#[test]
fn the_copied_switch_has_the_safe_order() {
    let mut model = showing(json!({}));
    update(&mut model, Event::BeginSwitch);
    update(&mut model, Event::Edit(Field::UniqueId, Change::Set(Editor::Text("7".into()))));
    let effects = update(&mut model, Event::Copy { what: CopyTarget::Call, masked: false });
    let [Effect::CopyText(text)] = &effects[..] else { panic!("{effects:?}") };
    let expected = "Upscope('reset');\nsetTimeout(() => {\n  Upscope('getShortId', () => setTimeout(() => {\n    Upscope('updateConnection', {\n      uniqueId: '7',\n    });\n  }));\n});";
    assert_eq!(text, expected);
}
