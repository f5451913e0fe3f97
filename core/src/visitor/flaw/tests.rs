use super::*;
use serde_json::json;

fn kinds(field: Field, value: serde_json::Value) -> Vec<(Option<usize>, FlawKind)> {
    flaws(field, &PageValue::decode(value)).into_iter().map(|flaw| (flaw.item, flaw.kind)).collect()
}

#[test]
fn documented_values_have_no_flaw() {
    assert_eq!(kinds(Field::Identities, json!(["John Smith", "acme.com"])), []);
    assert_eq!(kinds(Field::UniqueId, json!("john@acme.com")), []);
    assert_eq!(kinds(Field::Tags, json!(["#VIP"])), []);
    assert_eq!(kinds(Field::IntegrationIds, json!(["zendesk:1", "front:"])), []);
    assert_eq!(kinds(Field::Metadata, json!({"plan": "pro", "seats": 12, "trial": false, "end": null})), []);
}

#[test]
fn wrong_types_are_named() {
    assert_eq!(kinds(Field::UniqueId, json!(42)), [(None, FlawKind::WrongType(ValueKind::Number))]);
    assert_eq!(kinds(Field::Identities, json!("John")), [(None, FlawKind::WrongType(ValueKind::Text))]);
    let members = kinds(Field::Identities, json!(["a", null, "", {"$": "undefined"}]));
    let expected = [
        (Some(1), FlawKind::WrongType(ValueKind::Null)),
        (Some(2), FlawKind::Empty),
        (Some(3), FlawKind::WrongType(ValueKind::Undefined)),
    ];
    assert_eq!(members, expected);
}

#[test]
fn placeholders_match_those_of_the_sdk() {
    assert_eq!(kinds(Field::Identities, json!(["list", "of", "identities", "here"])), [(None, FlawKind::Placeholder)]);
    assert_eq!(kinds(Field::Tags, json!("#list #of #tags #here")), [(None, FlawKind::Placeholder)]);
    for text in ["USER UNIQUE ID", "list of identities here"] {
        assert_eq!(kinds(Field::UniqueId, json!(text)), [(None, FlawKind::Placeholder)]);
        assert_eq!(kinds(Field::Identities, json!(["Ada", text])), [(Some(1), FlawKind::Placeholder)]);
    }
    // Two of them pass the SDK's comparison and are sent, so each is flawed.
    let sent = [(Some(0), FlawKind::NothingAsText), (Some(1), FlawKind::NothingAsText)];
    assert_eq!(kinds(Field::Identities, json!(["undefined", "undefined"])), sent);
}

#[test]
fn unrendered_templates_are_found() {
    for text in [
        "${user.id}",
        "{{ user.email }}",
        "<?= $id ?>",
        "%s",
        "<sec:authentication property=\"name\"/>",
        "id-{{id}}",
        "@Model.UserId",
    ] {
        assert_eq!(kinds(Field::UniqueId, json!(text)), [(None, FlawKind::Template)], "{text}");
    }
    for text in ["100%", "a {b} c", "#VIP", "John <j@acme.com>", "$5", "}} {{"] {
        assert_eq!(kinds(Field::UniqueId, json!(text)), [], "{text}");
    }
}

#[test]
fn unread_values_have_no_flaw() {
    let unread = [
        json!({"$": "accessor"}),
        json!({"$": "bigint"}),
        json!({"$": "Map"}),
        json!({"$": "deep"}),
        json!({"$": "text", "v": "undefined", "n": 9000}),
        json!({"$": "proxy", "v": [null]}),
        json!({"$": "Date", "v": "2024-03-01T09:00:00.000Z"}),
    ];
    for part in unread {
        for field in Field::ALL {
            assert_eq!(kinds(field, part.clone()), [], "{part}");
            if field.is_list() {
                assert_eq!(kinds(field, json!([part])), [], "{part}");
            }
        }
        assert_eq!(kinds(Field::Metadata, json!({ "a": part })), [], "{part}");
    }
    assert_eq!(kinds(Field::Tags, json!({"$": "list", "v": ["#A"], "n": 7})), []);
}

#[test]
fn unread_values_have_no_repair() {
    let found = flaws(Field::Tags, &PageValue::decode(json!(["#vip", {"$": "accessor"}])));
    assert_eq!(found, [Flaw { item: Some(0), kind: FlawKind::TagPattern, repair: None }]);
}

#[test]
fn malformed_items_have_a_repair() {
    let found = flaws(Field::Tags, &PageValue::decode(json!(["#VIP", "#high-value"])));
    assert_eq!(found, [Flaw { item: Some(1), kind: FlawKind::TagPattern, repair: Some("#HIGH-VALUE".into()) }]);
    assert_eq!(kinds(Field::IntegrationIds, json!(["Zendesk:1"])), [(Some(0), FlawKind::IntegrationPattern)]);
}

#[test]
fn parts_and_edges_of_a_text_are_checked() {
    let judged = |text: &str| {
        let found = flaws(Field::UniqueId, &PageValue::Text(text.into()));
        found.into_iter().map(|flaw| (flaw.kind, flaw.repair)).collect::<Vec<_>>()
    };
    assert_eq!(judged("user-undefined"), [(FlawKind::MissingPart, None)]);
    assert_eq!(judged("O&#039;Brien"), [(FlawKind::Escaped, Some("O'Brien".into()))]);
    assert_eq!(judged("&quot;%s&quot;"), [(FlawKind::Template, None)]);
    assert_eq!(judged("\n  cust-1042\u{a0}"), [(FlawKind::Padded, Some("cust-1042".into()))]);
    assert_eq!(judged(" undefined\u{200b}"), [(FlawKind::NothingAsText, None)]);
    assert_eq!(judged("\u{200b}"), [(FlawKind::Empty, None)]);
    assert_eq!(judged("Jennifer Null"), []);
}

#[test]
fn a_repair_matches_the_pattern() {
    let judged = |field, text| item_text_flaw(field, text).unwrap();
    assert_eq!(judged(Field::Tags, "#VIP "), (FlawKind::Padded, Some("#VIP".into())));
    assert_eq!(judged(Field::Tags, "\u{200b}#vip "), (FlawKind::TagPattern, Some("#VIP".into())));
    let integration = judged(Field::IntegrationIds, "&quot;Zendesk:1&quot;");
    assert_eq!(integration, (FlawKind::IntegrationPattern, Some("zendesk:1".into())));
}

#[test]
fn a_number_that_lost_digits_has_no_repair() {
    for lost in [json!(10203040506070808_u64), json!(9007199254740992_u64), json!(1e21)] {
        let found = flaws(Field::UniqueId, &PageValue::decode(lost.clone()));
        assert_eq!(found, [Flaw { item: None, kind: FlawKind::DigitsLost, repair: None }], "{lost}");
        assert_eq!(kinds(Field::Metadata, json!({ "id": lost })), [(Some(0), FlawKind::DigitsLost)]);
    }
    let exact = flaws(Field::UniqueId, &PageValue::decode(json!(9007199254740991_u64)));
    assert_eq!(exact[0].repair.as_deref(), Some("9007199254740991"));
}

#[test]
fn a_shortened_number_has_lost_digits() {
    for lost in ["4.37157E+14", "1e+21", "1.0203040506070809e+21"] {
        assert_eq!(plain_text_flaw(lost), Some((FlawKind::DigitsLost, None)), "{lost}");
    }
    for other in ["3.5e+2", "12E+30", "1E5", "1e10", "E+12", "1.E+12", "42+e+12"] {
        assert_eq!(plain_text_flaw(other), None, "{other}");
    }
}

#[test]
fn json_as_a_text_has_no_repair_and_is_fine_in_metadata() {
    assert_eq!(plain_text_flaw("[\"ada\"]"), Some((FlawKind::Escaped, None)));
    let fine = json!({"a": "[\"ada\"]", "b": "'quoted'", "c": "4.37E+14", "d": "50%20", "e": "Ada%20Marsh"});
    assert_eq!(kinds(Field::Metadata, fine), []);
    assert_eq!(kinds(Field::Metadata, json!({"a": "undefined"})), [(Some(0), FlawKind::NothingAsText)]);
}

#[test]
fn live_chat_ids_have_no_flaw() {
    assert_eq!(kinds(Field::IntegrationIds, json!(["twilio_flex:CH1", "intercom:7"])), []);
    assert_eq!(kinds(Field::IntegrationIds, json!(["my_crm:1"])), [(Some(0), FlawKind::IntegrationPattern)]);
}

#[test]
fn free_text_in_metadata_has_no_flaw() {
    assert_eq!(kinds(Field::Metadata, json!({"a": "Note: ", "b": "\"quoted\"", "c": "null"})), []);
    let odd = json!({"a": "Tom &amp; Co.", "b": "[object Object]", "c": "%{plan}"});
    let found: Vec<_> = kinds(Field::Metadata, odd).into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(found, [FlawKind::Escaped, FlawKind::MissingPart, FlawKind::Template]);
}
