use super::*;
use crate::recording::fixture::Tab;
use crate::recording::history::{Cause, ValueKey};
use crate::visitor::{Field, escaped};
use serde_json::{Value, json};

/// The masked form of a call's first argument.
fn masked(argument: Value) -> Value {
    let mut tab = Tab::new();
    tab.call("updateConnection", json!([argument]));
    last_argument(&mask(&tab.timeline))
}

fn last_argument(timeline: &Timeline) -> Value {
    match &timeline.ordered().last().unwrap().1.what {
        EntryData::Call(call) => call.args[0].to_json(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn equal_values_get_equal_masks_of_their_pattern() {
    let result = masked(json!({
        "uniqueId": "ada@acme.example", "identities": ["Ada Marsh", "ada@acme.example", "Ada Marsh"],
        "tags": ["#VIP", "#high value", "#9"], "integrationIds": ["zendesk:831", "front:", "x"],
        "metadata": {"plan": "pro", "seats": 12, "more": 12, "trial": false, "none": null}
    }));
    assert_eq!(result["uniqueId"], result["identities"][1]);
    assert_eq!(result["identities"][0], result["identities"][2]);
    assert_eq!(result["identities"][0], json!("‹name 2·›"));
    assert!(result["uniqueId"].as_str().unwrap().starts_with("‹email 1"));
    assert_eq!(result["tags"], json!(["#TAG-D", "#tag-e", "‹tag 5›"]));
    assert!(result["integrationIds"][0].as_str().unwrap().starts_with("zendesk:‹id 6"));
    assert_eq!(result["integrationIds"][1], json!("front:"));
    assert_eq!(result["metadata"]["seats"], result["metadata"]["more"]);
    assert_eq!(result["metadata"]["trial"], json!(false));
    let text = result.to_string();
    for personal in ["ada@", "Ada", "VIP", "831", "pro", "12"] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
}

#[test]
fn masks_of_texts_that_differ_in_case_differ_in_case() {
    let result = masked(json!({"integrationIds": ["#VIP", "#vip", "#VIP"], "identities": ["Ada", "ada", "ADA"]}));
    assert_eq!(result["integrationIds"], json!(["‹id 1›", "‹Id 1›", "‹id 1›"]));
    assert_eq!(result["identities"], json!(["‹name 2›", "‹Name 2›", "‹nAme 2›"]));
}

#[test]
fn flawed_values_are_not_masked() {
    let kept = json!({
        "identities": ["list", "of", "identities", "here"], "uniqueId": "undefined", "tags": ["", null], "callName": 0
    });
    assert_eq!(masked(kept.clone()), kept);
    assert_eq!(masked(json!({"uniqueId": "${user.id}"})), json!({"uniqueId": "{{ 1 }}"}));
    let off = masked(json!({"integrationIds": ["Zendesk:831"]}));
    assert!(off["integrationIds"][0].as_str().unwrap().starts_with("zendesk :‹id 1"));
    let long = masked(json!({"uniqueId": "x".repeat(300)}));
    assert_eq!(long["uniqueId"].as_str().unwrap().chars().count(), 300);
}

#[test]
fn a_shortened_number_and_an_id_of_a_guest_keep_their_form_only() {
    let mask = |text: &str| Masker::default().text(text, MaskContext::Field(Field::UniqueId));
    assert_eq!((mask("4.37157E+14").as_str(), mask("1e+21").as_str()), ("1.1E+21", "1.1E+21"));
    assert_eq!((mask("visitor_8f3e77").as_str(), mask("guest-17").as_str()), ("guest-00000001", "guest-01"));
}

#[test]
fn the_mask_of_an_email_address_is_recognized() {
    use crate::visitor::identity::is_email;
    let mask = Masker::default().text("ada@acme.example", MaskContext::Field(Field::Identities));
    assert!(is_email(&mask) && is_email("‹EMAIL 1›") && is_email("ada@acme.example") && !is_email("Ada"), "{mask}");
}

#[test]
fn escaped_texts_are_escaped_in_the_same_way() {
    use crate::visitor::flaw::{FlawKind, plain_text_flaw};
    for (text, has_repair) in [("O&#39;Brien", true), ("O\\'Brien", true), ("\"ada\"", true), ("\"null\"", false)] {
        let mask = Masker::default().text(text, MaskContext::Other);
        let flaw = plain_text_flaw(&mask).map(|(kind, repair)| (kind, repair.is_some()));
        assert_eq!(flaw, Some((FlawKind::Escaped, has_repair)), "{text}: {mask}");
        assert_eq!(escaped::decoded_entities(&mask).is_some(), escaped::decoded_entities(text).is_some(), "{text}");
    }
}

#[test]
fn urls_keep_their_site_and_sdk_parameters() {
    let url = "https://acme.test/users/ada/logout?__upscope_unique_id=ada&token=s3cret#ada";
    let masked = Masker::default().url(url);
    let expected = "https://acme.test/users/‹part 1›/logout?__upscope_unique_id=‹id 1›&‹part 2····›#‹part 1›";
    assert_eq!(masked, expected);
    assert_eq!(Masker::default().url("about:srcdoc"), "about:srcdoc");
    assert!(!Masker::default().url("data:,secret").contains("secret"));
}

#[test]
fn masking_does_not_change_the_history() {
    let mut tab = Tab::new();
    tab.page("https://acme.test/?__upscope_unique_id=ada%40acme");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "1", "integrationIds": ["crm:1"]}]));
    tab.config(json!({"uniqueId": "ada%40acme", "integrationIds": ["crm:1"]})).connect("S1");
    tab.stored("shortId", Some("\"S1\"")).own(json!({"act": "update", "update": {"metadata": {"seats": 7}}}));
    tab.call("updateConnection", json!([{"metadata": {"seats": 7}}]));
    let masked = super::super::replay::replay(&mask(&tab.timeline));
    let causes = |history: &super::super::history::TabHistory, key| -> Vec<Cause> {
        history.documents.last().unwrap().value_history(key).steps.iter().map(|step| step.cause).collect()
    };
    for key in ValueKey::all() {
        assert_eq!(causes(&masked, key), causes(&tab.history(), key), "{key:?}");
    }
    assert_eq!(causes(&masked, ValueKey::Field(Field::UniqueId)), [Cause::Call, Cause::UrlParameter]);
    assert_eq!(causes(&masked, ValueKey::Field(Field::Metadata)), [Cause::OwnEdit]);
}
