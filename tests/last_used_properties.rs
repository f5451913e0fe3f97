//! Properties of any last used values: they stay within their limits, and stored values are read unchanged.

use inspector_core::suggestions::{
    FieldValue, LastUsed, LastUsedChange, MAX_OFFERS, MAX_SITES, MAX_TEXT, MAX_VALUES, Slot, offers,
};
use inspector_core::visitor::Field;
use proptest::prelude::*;
use serde_json::{Value, json};

fn field() -> impl Strategy<Value = Field> {
    prop::sample::select(Field::ALL.to_vec())
}

fn value() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![4 => "[ab]{0,2}", 1 => "\\PC{0,12}", 1 => Just("x".repeat(MAX_TEXT + 1))];
    prop_oneof![
        4 => text().prop_map(Value::from),
        2 => (text(), text()).prop_map(|(key, text)| json!([key, text])),
        1 => (text(), any::<f64>()).prop_map(|(key, number)| json!([key, number])),
        1 => Just(Value::Null),
    ]
}

fn change() -> impl Strategy<Value = LastUsedChange> {
    let host = || prop_oneof!["[a-e]", "[a-z]{2}\\.example"];
    let applied = (field(), value()).prop_map(|(field, value)| FieldValue { field, value });
    prop_oneof![
        9 => (host(), prop::collection::vec(applied, 0..8)).prop_map(|(host, applied)| LastUsedChange::Remember(host, applied)),
        1 => host().prop_map(LastUsedChange::Forget),
    ]
}

fn used() -> impl Strategy<Value = LastUsed> {
    prop::collection::vec(change(), 0..40)
        .prop_map(|changes| changes.into_iter().fold(LastUsed::default(), LastUsed::changed))
}

fn length(value: &Value) -> usize {
    match value {
        Value::Array(parts) => parts.iter().map(length).sum(),
        Value::String(text) => text.chars().count(),
        other => other.to_string().len(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_stays_within_its_caps_and_is_read_again(used in used()) {
        prop_assert!(used.hosts().count() <= MAX_SITES);
        for host in used.hosts() {
            let values = used.of(host).unwrap();
            prop_assert!(!values.is_empty());
            for field in Field::ALL {
                let of = values.of(field);
                prop_assert!(of.len() <= MAX_VALUES && of.iter().all(|value| length(value) <= MAX_TEXT));
                prop_assert!(of.iter().enumerate().all(|(at, value)| !of[..at].contains(value)), "each only once");
            }
        }
        prop_assert_eq!(LastUsed::read(&used.write()), Some(used));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = LastUsed::read(&text);
    }

    #[test]
    fn however_much_is_kept_reading_it_is_within_the_caps(values in prop::collection::vec(value(), 0..60), sites in 0..60_usize) {
        let site = |n| json!({"site": format!("s{n}"), "values": {"tags": values, "metadata": values}});
        let kept = json!({"v": 1, "sites": (0..sites).map(site).collect::<Vec<_>>()});
        let read = LastUsed::read(&kept.to_string()).unwrap();
        prop_assert!(read.hosts().count() <= MAX_SITES);
        prop_assert_eq!(LastUsed::read(&read.write()), Some(read));
    }

    #[test]
    fn what_was_applied_last_is_offered_first(used in used(), text in "[ab]{1,3}", field in field()) {
        prop_assume!(field != Field::Metadata);
        let applied = vec![FieldValue { field, value: text.as_str().into() }];
        let used = used.changed(LastUsedChange::Remember("a".into(), applied));
        prop_assert_eq!(used.hosts().next(), Some("a"));
        let offered = offers(used.of("a").unwrap(), &Slot::Text(field), &text.to_uppercase(), &[]);
        prop_assert_eq!(offered.first(), Some(&text));
        prop_assert!(offered.len() <= MAX_OFFERS);
    }

    #[test]
    fn forgetting_a_site_leaves_the_others(used in used(), host in "[a-e]") {
        let others: Vec<String> = used.hosts().filter(|known| *known != host).map(str::to_owned).collect();
        let after = used.changed(LastUsedChange::Forget(host));
        prop_assert_eq!(after.hosts().collect::<Vec<_>>(), others);
    }
}
