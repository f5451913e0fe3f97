//! The JSON Schemas. The schema of expectations accepts the same files as the types, and the program's output matches
//! the schema of verdicts.

use inspector_core::expectations::{
    CallsExpectation, Expectation, Expectations, Expected, FieldExpectation, FindingsExpectation, Format,
    KeyExpectation, SCHEMA, SdkExpectation, When, read,
};
use jsonschema::Validator;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/expectations.schema.json")).unwrap()
}

fn file(expect: Value) -> Value {
    let expectation =
        json!({"name": "it", "pages": ["https://acme.test/*"], "when": {"after": "login"}, "expect": expect});
    json!({"$schema": "x", "schema": SCHEMA, "expectations": [expectation]})
}

fn is_read(file: &Value) -> bool {
    read(&file.to_string(), Format::Json).is_ok()
}

/// The keys that a type accepts, from its error message.
fn keys<T: for<'de> Deserialize<'de>>() -> Vec<String> {
    let error = serde_json::from_value::<T>(json!({"?": 0})).err().unwrap().to_string();
    let (_, known) = error.split_once("expected ").unwrap();
    let mut keys: Vec<_> = known.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    keys.sort();
    keys
}

#[test]
fn every_key_of_a_type_is_in_the_schema_and_no_other() {
    let schema = schema();
    let of = |part: &Value| {
        let mut keys: Vec<_> = part["properties"].as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let part = |name: &str| of(&schema["$defs"][name]);
    assert_eq!(of(&schema), keys::<Expectations>());
    assert_eq!(part("expectation"), keys::<Expectation>());
    assert_eq!(part("when"), keys::<When>());
    assert_eq!(part("expected"), keys::<Expected>());
    assert_eq!(part("key"), keys::<KeyExpectation>());
    assert_eq!(part("calls"), keys::<CallsExpectation>());
    assert_eq!(part("findings"), keys::<FindingsExpectation>());
    assert_eq!(part("sdk"), keys::<SdkExpectation>());
    let mut of_fields: Vec<_> =
        ["uniqueId", "list", "integrationIds", "metadata"].iter().flat_map(|name| part(name)).collect();
    of_fields.sort();
    of_fields.dedup();
    assert_eq!(of_fields, keys::<FieldExpectation>());
}

#[test]
fn the_schema_and_the_reader_agree() {
    let validator: Validator = jsonschema::validator_for(&schema()).unwrap();
    for expect in [
        r#"{"uniqueId": {"present": true}}"#,
        r#"{"uniqueId": {"includes": ["a"]}}"#,
        r#"{"uniqueId": {"equals": null}}"#,
        r#"{"uniqueId": {"equals": [1, {"a": true}], "oneOf": ["a", 7], "matches": "^a", "type": "string"}}"#,
        r#"{"uniqueId": {"type": "text"}}"#,
        r#"{"uniqueId": {"never": ["placeholder", "nothing-as-text"], "setBy": ["liveChat"], "before": 1.5, "overwritten": false}}"#,
        r#"{"uniqueId": {"never": ["bad"]}}"#,
        r#"{"uniqueId": {"setBy": []}}"#,
        r#"{"uniqueId": {"before": -1}}"#,
        r#"{"uniqueId": {"overwritten": true}}"#,
        r#"{"uniqueId": {}}"#,
        r#"{"tags": {"count": {"atLeast": 1}, "includes": ["a"], "excludes": ["b"]}}"#,
        r#"{"tags": {"count": {}}}"#,
        r#"{"tags": {"count": {"atLeast": -1}}}"#,
        r#"{"tags": {"count": {"exactly": 1}}}"#,
        r#"{"tags": {"systems": ["a"]}}"#,
        r#"{"identities": {"includes": [""]}}"#,
        r#"{"integrationIds": {"systems": ["zendesk"], "includes": ["a:b"]}}"#,
        r#"{"integrationIds": {"keys": {}}}"#,
        r#"{"metadata": {"keys": {"a": {}, "b": {"type": "number"}}}}"#,
        r#"{"metadata": {"keys": {}}}"#,
        r#"{"metadata": {"keys": {"a": {"count": {"atLeast": 1}}}}}"#,
        r#"{"calls": {"made": ["init"], "notMade": ["a"], "once": ["b"], "order": ["c", "d"], "resetOnLogout": true}}"#,
        r#"{"calls": {"resetOnLogout": false}}"#,
        r#"{"calls": {}}"#,
        r#"{"calls": null}"#,
        r#"{"findings": {}}"#,
        r#"{"findings": {"fail": "note", "allow": ["init-late"]}}"#,
        r#"{"findings": {"fail": "all"}}"#,
        r#"{"connected": false}"#,
        r#"{"connected": null}"#,
        r#"{"sdk": {"atLeast": "2.2.119", "region": ["eu"]}}"#,
        r#"{"sdk": {"atLeast": "two"}}"#,
        r#"{"sdk": {}}"#,
        r#"{}"#,
    ] {
        let file = file(serde_json::from_str(expect).unwrap());
        assert_eq!(validator.is_valid(&file), is_read(&file), "{expect}");
    }
}

#[test]
fn the_rest_of_the_file_agrees_too() {
    let validator: Validator = jsonschema::validator_for(&schema()).unwrap();
    let expect = json!({"connected": true});
    for (path, value) in [
        ("/schema", json!("upscope-inspector/expectations@2")),
        ("/expectations", json!([])),
        ("/expectations/0/name", json!("")),
        ("/expectations/0/name", json!("x".repeat(501))),
        ("/expectations/0/pages", json!([])),
        ("/expectations/0/pages", json!(["acme.test"])),
        ("/expectations/0/pages", json!(["*://*.acme.test/a?b=*#/c"])),
        ("/expectations/0/when", json!({})),
        ("/expectations/0/when", json!({"after": {"call": "init"}, "within": 0.5})),
        ("/expectations/0/when", json!({"after": "later"})),
        ("/expectations/0/when", json!({"after": {"page": "x"}})),
        ("/expectations/0/when", json!({"within": 3601})),
    ] {
        let mut file = file(expect.clone());
        *file.pointer_mut(path).unwrap() = value.clone();
        assert_eq!(validator.is_valid(&file), is_read(&file), "{path} {value}");
    }
}

/// The keys of the objects in a value.
fn keys_in(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            keys_in(value, keys);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys_in(item, keys)),
        _ => {}
    }
}

/// The keys that a schema describes.
fn described_in(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            if key == "properties" {
                keys.extend(value.as_object().unwrap().keys().cloned());
            }
            described_in(value, keys);
        }),
        Value::Array(items) => items.iter().for_each(|item| described_in(item, keys)),
        _ => {}
    }
}

#[test]
fn the_verdicts_fit_their_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/verdicts.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (mut printed, mut described) = (BTreeSet::new(), BTreeSet::new());
    described_in(&schema, &mut described);
    for snapshot in [
        include_str!("snapshots/json.txt"),
        include_str!("snapshots/json-masked.txt"),
        include_str!("snapshots/json-left.txt"),
    ] {
        let mut verdicts: Value = serde_json::from_str(snapshot).unwrap();
        validator.validate(&verdicts).unwrap();
        keys_in(&verdicts, &mut printed);
        for (path, wrong) in [
            ("/schema", json!("upscope-inspector/verdicts@2")),
            ("/summary/0/outcome", json!("unmet")),
            ("/recordings/0/expectations/0/visits/0/parts/0", json!({"outcome": "met"})),
        ] {
            let right = std::mem::replace(verdicts.pointer_mut(path).unwrap(), wrong);
            assert!(!validator.is_valid(&verdicts), "{path}");
            *verdicts.pointer_mut(path).unwrap() = right;
        }
    }
    assert_eq!(printed, described, "each key that is printed is described, and each that is described is printed");
}

#[test]
fn the_documented_files_are_read() {
    let text = include_str!("../../docs/expectations.md");
    let example = |language: &str| text.split_once(&format!("```{language}\n")).unwrap().1.split_once("```").unwrap().0;
    read(example("json"), Format::Json).unwrap();
    read(example("toml"), Format::Toml).unwrap();
    assert!(jsonschema::is_valid(&schema(), &serde_json::from_str(example("json")).unwrap()));
}
