use super::*;
use crate::recording::fixture::Tab;
use crate::recording::story::{Cause, Subject};
use crate::visitor::Field;
use serde_json::{Value, json};

/// The masked form of a call's first argument.
fn masked(argument: Value) -> Value {
    let mut tab = Tab::new();
    tab.call("updateConnection", json!([argument]));
    last_argument(&mask(&tab.timeline))
}

fn last_argument(timeline: &Timeline) -> Value {
    match &timeline.ordered().last().unwrap().1.what {
        What::Call(call) => call.args[0].to_json(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn equal_values_get_equal_masks_of_their_pattern() {
    let told = masked(json!({
        "uniqueId": "ada@acme.example", "identities": ["Ada Marsh", "ada@acme.example", "Ada Marsh"],
        "tags": ["#VIP", "#high value", "#9"], "integrationIds": ["zendesk:831", "front:", "x"],
        "metadata": {"plan": "pro", "seats": 12, "more": 12, "trial": false, "none": null}
    }));
    assert_eq!(told["uniqueId"], told["identities"][1]);
    assert_eq!(told["identities"][0], told["identities"][2]);
    assert_eq!(told["identities"][0], json!("‹name 2·›"));
    assert!(told["uniqueId"].as_str().unwrap().starts_with("‹email 1"));
    assert_eq!(told["tags"], json!(["#TAG-D", "#tag-e", "‹tag 5›"]));
    assert!(told["integrationIds"][0].as_str().unwrap().starts_with("zendesk:‹id 6"));
    assert_eq!(told["integrationIds"][1], json!("front:"));
    assert_eq!(told["metadata"]["seats"], told["metadata"]["more"]);
    assert_eq!(told["metadata"]["trial"], json!(false));
    let text = told.to_string();
    for personal in ["ada@", "Ada", "VIP", "831", "pro", "12"] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
}

#[test]
fn what_the_checks_judge_stays() {
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
fn addresses_keep_their_site_and_what_the_sdk_takes_from_them() {
    let url = "https://acme.test/users/ada/logout?__upscope_unique_id=ada&token=s3cret#ada";
    let masked = Masks::default().url(url);
    let expected = "https://acme.test/‹part 1›/‹part 2›/logout?__upscope_unique_id=‹id 2›&‹part 3····›#‹part 2›";
    assert_eq!(masked, expected);
    assert_eq!(Masks::default().url("about:srcdoc"), "about:srcdoc");
    assert!(!Masks::default().url("data:,secret").contains("secret"));
}

#[test]
fn the_story_stays_the_same() {
    let mut tab = Tab::new();
    tab.page("https://acme.test/?__upscope_unique_id=ada%40acme");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "1", "integrationIds": ["crm:1"]}]));
    tab.config(json!({"uniqueId": "ada%40acme", "integrationIds": ["crm:1"]})).connect("S1");
    tab.stored("shortId", Some("\"S1\"")).own(json!({"act": "update", "update": {"metadata": {"seats": 7}}}));
    tab.call("updateConnection", json!([{"metadata": {"seats": 7}}]));
    let masked = super::super::fold::fold(&mask(&tab.timeline));
    let causes = |story: &super::super::story::Story, subject| -> Vec<Cause> {
        story.documents.last().unwrap().trace(subject).steps.iter().map(|step| step.cause).collect()
    };
    for subject in Subject::ALL {
        assert_eq!(causes(&masked, subject), causes(&tab.story(), subject), "{subject:?}");
    }
    assert_eq!(causes(&masked, Subject::Field(Field::UniqueId)), [Cause::Call, Cause::UrlParameter]);
    assert_eq!(causes(&masked, Subject::Field(Field::Metadata)), [Cause::OwnEdit]);
}
