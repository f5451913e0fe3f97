//! Files of expectations for properties that hold for any of them.

use inspector_core::expectations::{Expectations, Format, SCHEMA, read};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

/// A file of expectations: each has a few of these parts.
pub fn file() -> impl Strategy<Value = Expectations> {
    let of_field = |field: &'static str| {
        let list = json!(["ada", "#VIP", 7, true]);
        let parts = vec![
            json!({"present": true}),
            json!({"present": false}),
            json!({"equals": "ada"}),
            json!({"oneOf": list}),
            json!({"matches": "^[a-z]{1,3}\\b|^$"}),
            json!({"type": "array", "before": 0.02}),
            json!({"never": ["template", "placeholder", "padded"], "overwritten": false}),
            json!({"setBy": ["init", "liveChat", "urlParameter"]}),
        ];
        select(parts).prop_map(move |part| (field, part))
    };
    let of_list = |field: &'static str| {
        let parts = vec![
            json!({"count": {"atMost": 2}}),
            json!({"includes": ["ada", "#VIP"], "excludes": ["bob"]}),
            json!({"excludes": ["ada"], "present": true}),
        ];
        select(parts).prop_map(move |part| (field, part))
    };
    let rest = select(vec![
        ("metadata", json!({"keys": {"plan": {"type": "string"}, "a": {"present": false}}})),
        ("integrationIds", json!({"systems": ["zendesk"]})),
        ("calls", json!({"made": ["init", "reset"], "order": ["init", "reset"]})),
        ("calls", json!({"notMade": ["nonsense"], "once": ["init"], "resetOnLogout": true})),
        ("findings", json!({"fail": "note", "allow": ["init-late"]})),
        ("connected", json!(true)),
        ("connected", json!(false)),
        ("sdk", json!({"atLeast": "2.2.119", "region": ["eu"]})),
    ]);
    let part = prop_oneof![
        of_field("uniqueId"),
        of_field("tags"),
        of_field("metadata"),
        of_list("tags"),
        of_list("identities"),
        of_list("integrationIds"),
        rest
    ];
    let after =
        select(vec![json!("load"), json!("connected"), json!("login"), json!("logout"), json!({"call": "reset"})]);
    let pages = select(vec!["*://*/*", "https://acme.test/*", "https://acme.test/app*#/*", "https://*.test/logout"]);
    let expect = prop::collection::vec(part, 1..5);
    let one = (expect, after, select(vec![0.0, 0.05, 3600.0]), pages).prop_map(|(parts, after, within, page)| {
        let expect: serde_json::Map<_, _> = parts.into_iter().map(|(key, part)| (key.to_owned(), part)).collect();
        json!({"pages": [page], "when": {"after": after, "within": within}, "expect": expect})
    });
    prop::collection::vec(one, 1..4).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(number, one)| one["name"] = json!(number.to_string()));
        let text = json!({"schema": SCHEMA, "expectations": all}).to_string();
        read(&text, Format::Json).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    })
}
