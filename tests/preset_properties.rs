//! Properties of any presets: any file is read within the limits, and written presets are read unchanged.

use inspector_core::json_text::compact;
use inspector_core::presets::MAX_PRESETS;
use inspector_core::presets::file::{self, SCHEMA};
use inspector_core::presets::list::{PresetChange, changed};
use inspector_core::presets::placeholder::{MAX_NAME, escape, fill, placeholders};
use inspector_core::presets::{self, Preset};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON, with fields among its keys and placeholders in its texts.
fn any_json() -> impl Strategy<Value = Value> {
    let keys = ["uniqueId", "identities", "tags", "integrationIds", "metadata", "name", "sites", "values", "a"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
        prop_oneof![Just("#VIP"), Just("#vip"), Just("zendesk:1"), Just("acme.com"), Just("{{a:b}}"), Just("#{{T}}")]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let key = prop::sample::select(keys.to_vec());
        let object = prop::collection::vec((key, inner.clone()), 0..5);
        let entry = |(key, value): (&str, Value)| (key.to_owned(), value);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            object.prop_map(move |entries| Value::Object(entries.into_iter().map(entry).collect::<Map<_, _>>())),
        ]
    })
}

/// Texts with the characters of placeholders.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[{}\\\\:a ]{0,12}", "\\PC{0,12}"]
}

/// The values of a preset, valid or not.
fn values() -> impl Strategy<Value = Value> {
    let list =
        || prop::collection::vec(prop_oneof![text(), "#[A-Z]{1,4}", "[a-z]{3}:[0-9]"], 0..4).prop_map(Value::from);
    let value = move |key: &'static str| match key {
        "uniqueId" => text().prop_map(Value::from).boxed(),
        "metadata" => prop::collection::hash_map("[a-z]{0,3}", any_json(), 0..3).prop_map(|map| json!(map)).boxed(),
        _ => list().boxed(),
    };
    let one = prop::sample::select(vec!["uniqueId", "identities", "tags", "integrationIds", "metadata"])
        .prop_flat_map(move |key| (Just(key.to_owned()), prop_oneof![3 => value(key), 1 => any_json()]));
    prop::collection::vec(one, 0..4).prop_map(|entries| Value::Object(entries.into_iter().collect()))
}

fn entry() -> impl Strategy<Value = Value> {
    let sites = prop::collection::vec(prop_oneof![text(), Just("*.acme.com".to_owned())], 0..2);
    let good = (text(), sites, values());
    let entry = good.prop_map(|(name, sites, values)| json!({"name": name, "sites": sites, "values": values}));
    prop_oneof![4 => entry, 1 => any_json()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_any_text_never_fails(text in "\\PC*") {
        prop_assert!(file::read(&text).is_err());
    }

    #[test]
    fn what_is_read_is_within_its_caps_and_is_written_as_it_is(entries in prop::collection::vec(entry(), 0..5)) {
        let text = json!({"schema": SCHEMA, "presets": entries}).to_string();
        let read = file::read(&text).unwrap();
        prop_assert_eq!(read.len(), entries.len());
        let presets: Vec<Preset> = read.into_iter().filter_map(|entry| entry.preset.ok()).collect();
        for preset in &presets {
            prop_assert!((1..=presets::MAX_NAME).contains(&preset.name().chars().count()));
            prop_assert!(preset.sites().len() <= presets::MAX_SITES);
            prop_assert!(compact(preset.values()).len() <= presets::MAX_VALUES);
            prop_assert!(preset.fields().count() > 0);
            prop_assert!(placeholders(preset.values()).iter().all(|hole| hole.name.chars().count() <= MAX_NAME));
        }
        prop_assert_eq!(file::read_stored(&file::write(&presets)), Some(presets));
    }

    #[test]
    fn importing_keeps_every_name_apart(entries in prop::collection::vec(entry(), 0..5)) {
        let text = json!({"schema": SCHEMA, "presets": entries}).to_string();
        let presets: Vec<_> = file::read(&text).unwrap().into_iter().filter_map(|entry| entry.preset.ok()).collect();
        let twice = changed(presets.clone(), PresetChange::Import(presets.clone())).unwrap();
        prop_assert!(twice.len() == presets.len() * 2 && twice.len() <= MAX_PRESETS);
        for (at, preset) in twice.iter().enumerate().skip(presets.len()) {
            prop_assert!(twice[..at].iter().all(|other| other.name() != preset.name()));
        }
    }

    #[test]
    fn escaped_values_have_nothing_to_fill_in_and_come_back(values in any_json()) {
        let escaped = escape(&values);
        prop_assert_eq!(placeholders(&escaped), []);
        prop_assert_eq!(fill(&escaped, &|_| Some("x".to_owned())), values);
    }
}
