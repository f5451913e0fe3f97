use super::*;
use serde_json::json;

#[test]
fn what_json_lacks_is_kept_apart() {
    assert_eq!(PageValue::decode(json!({"$": "undefined"})), PageValue::Undefined);
    assert_eq!(PageValue::decode(json!({"$": "function"})), PageValue::Opaque("function".into()));
    let cut = PageValue::decode(json!({"$": "text", "v": "aaa", "n": 5_000_000}));
    assert_eq!(cut, PageValue::CutText { start: "aaa".into(), length: 5_000_000 });
    assert_eq!(PageValue::decode(json!({"$": "list", "v": [1], "n": 99})).to_json(), json!([1, "<99 more>"]));
    assert_eq!(PageValue::decode(json!({"$": 7})), PageValue::Opaque("object".into()));
}

#[test]
fn a_pages_own_dollar_key_is_no_mark() {
    let value = PageValue::decode(json!({"$$": "undefined", "$$ref": 1, "$ref": 2}));
    assert_eq!(value.to_json(), json!({"$": "undefined", "$ref": 1}));
}

#[test]
fn what_is_encoded_is_decoded_to_the_same() {
    for encoded in [
        json!({"$": "undefined"}),
        json!({"$": "text", "v": "a", "n": 9}),
        json!({"$": "map", "v": {"$$": 1, "a": [null, {"$": "NaN"}]}, "n": 2}),
        json!([{"$": "list", "v": [true], "n": 1}, {}]),
        json!({"$": "Date", "v": "2024-03-01T09:00:00.000Z"}),
        json!({"$": "proxy", "v": ["a", {"$": "accessor"}]}),
    ] {
        assert_eq!(PageValue::decode(encoded.clone()).encode(), encoded);
    }
}

#[test]
fn what_javascript_counts_as_false() {
    for falsy in [json!(null), json!(false), json!(0), json!(-0.0), json!(""), json!({"$": "NaN"})] {
        assert!(PageValue::decode(falsy.clone()).is_falsy(), "{falsy}");
    }
    for truthy in [json!(true), json!(10), json!(0.5), json!("0"), json!([]), json!({}), json!({"$": "function"})] {
        assert!(!PageValue::decode(truthy.clone()).is_falsy(), "{truthy}");
    }
}

#[test]
fn what_could_not_be_read_is_not_whole() {
    for unread in [
        json!({"$": "accessor"}),
        json!({"$": "bigint"}),
        json!({"$": "Map"}),
        json!({"$": "toJSON"}),
        json!({"$": "deep"}),
        json!({"$": "text", "v": "a", "n": 9}),
        json!({"$": "proxy", "v": ["a"]}),
        json!({"a": [{"$": "list", "v": [1], "n": 1}]}),
    ] {
        let value = PageValue::decode(unread.clone());
        assert!(!value.is_whole() && value.to_wire_json().is_none(), "{unread}");
    }
}

#[test]
fn the_wire_has_what_json_makes_of_a_whole_value() {
    let whole = PageValue::decode(json!({
        "plan": "gold", "at": {"$": "Date", "v": "2024-03-01T09:00:00.000Z"}, "f": {"$": "function"},
        "u": {"$": "undefined"}, "list": [1, {"$": "undefined"}, {"$": "NaN"}],
    }));
    let wire = json!({"plan": "gold", "at": "2024-03-01T09:00:00.000Z", "list": [1, null, null]});
    assert_eq!(whole.to_wire_json(), Some(wire));
    assert_eq!(whole.to_exact_json(), None);
    assert_eq!(PageValue::Undefined.to_wire_json(), None);
}

#[test]
fn a_torn_text_is_whole_but_not_exact() {
    let read = |text: &str, length: u64| PageValue::decode(json!({"$": "text", "v": text, "n": length}));
    let (torn, cut) = (read("Ada 😀\u{fffd}", 7), read("Ada", 7));
    assert_eq!((torn.has_lone_surrogate(), torn.is_cut(), torn.is_whole()), (true, false, false));
    assert_eq!((cut.has_lone_surrogate(), cut.is_cut()), (false, true));
}

#[test]
fn a_kept_value_survives_the_argument_it_stands_in() {
    let argument = json!({"plan": original_mark(), "city": {"$": "keep", "more": 1}});
    let PageValue::Map(entries, 0) = PageValue::decode_plain(&argument) else { panic!() };
    assert_eq!(entries[0].1, PageValue::Original);
    assert!(matches!(entries[1].1, PageValue::Map(..)));
}

#[test]
fn only_whole_values_have_exact_json() {
    let whole = json!({"a": [1, null, "x", {"b": true}]});
    assert_eq!(PageValue::decode(whole.clone()).to_exact_json(), Some(whole));
    for lacking in [json!({"$": "NaN"}), json!({"$": "list", "v": [], "n": 1}), json!({"a": {"$": "undefined"}})] {
        assert_eq!(PageValue::decode(lacking).to_exact_json(), None);
    }
}
