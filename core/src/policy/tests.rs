use super::*;
use proptest::prelude::*;
use serde_json::json;

const SITE: &str = "https://shop.acme.test/cart?a=1";

fn problems(policy: &Policy) -> Vec<(&'static str, PolicyProblemKind)> {
    policy.problems.iter().map(|problem| (problem.key, problem.why)).collect()
}

fn may_edit(rules: &Rules, address: &str) -> bool {
    rules.restriction(address).is_none()
}

#[test]
fn an_empty_policy_allows_everything() {
    for nothing in [json!({}), json!(null), json!([]), json!({"newer": {"a": 1}})] {
        let policy = Policy::read(&nothing);
        assert_eq!(policy, Policy::default(), "{nothing}");
        assert!(may_edit(&policy.rules, SITE) && policy.rules.may_record("*://*/*"));
    }
}

#[test]
fn read_only_applies_to_all_sites_and_allows_recording() {
    let rules = Policy::read(&json!({"readOnly": true})).rules;
    assert_eq!(rules.restriction(SITE), Some(EditRestriction::ReadOnly));
    assert!(rules.may_record("https://shop.acme.test/*"));
    assert!(may_edit(&Policy::read(&json!({"readOnly": false})).rules, SITE));
}

#[test]
fn only_the_allowed_sites_are_edited_and_recorded() {
    let rules = Policy::read(&json!({"allowedOrigins": ["https://*.acme.test/*"]})).rules;
    assert!(
        may_edit(&rules, SITE)
            && rules.may_record("https://shop.acme.test/*")
            && rules.may_record("https://*.acme.test/*")
    );
    for other in
        ["https://acme.example/", "http://shop.acme.test/", "https://acme.test.evil.example/", "about:blank", ""]
    {
        assert_eq!(rules.restriction(other), Some(EditRestriction::SiteNotAllowed), "{other}");
    }
    assert!(
        !rules.may_record("*://*/*") && !rules.may_record("https://*/*") && !rules.may_record("*://shop.acme.test/*")
    );
    assert!(!may_edit(&Policy::read(&json!({"allowedOrigins": []})).rules, SITE));
}

#[test]
fn invalid_rules_are_reported_and_restrict() {
    let policy = Policy::read(&json!({"readOnly": "no"}));
    assert_eq!(
        (policy.rules.restriction(SITE), problems(&policy)),
        (Some(EditRestriction::ReadOnly), vec![(READ_ONLY, PolicyProblemKind::WrongType)])
    );
    assert!(!may_edit(&Policy::read(&json!({"readOnly": null})).rules, SITE));

    let policy = Policy::read(&json!({"allowedOrigins": "https://shop.acme.test/*"}));
    assert!(!may_edit(&policy.rules, SITE) && !policy.rules.may_record("https://shop.acme.test/*"));
    assert_eq!(problems(&policy), [(ALLOWED_ORIGINS, PolicyProblemKind::WrongType)]);

    // A path would be narrower than the check.
    let list = json!(["https://shop.acme.test/admin/*", 7, "https://other.test/*"]);
    let policy = Policy::read(&json!({"allowedOrigins": list}));
    assert!(!may_edit(&policy.rules, SITE) && may_edit(&policy.rules, "https://other.test/"));
    assert_eq!(
        problems(&policy),
        [(ALLOWED_ORIGINS, PolicyProblemKind::NotASite), (ALLOWED_ORIGINS, PolicyProblemKind::WrongType)]
    );
}

#[test]
fn the_api_base_is_the_cloud_or_on_premise() {
    let base = |value| Policy::read(&json!({ "apiBase": value })).api_base;
    let address = |value| base(value).flatten().map(|base| base.address());
    assert_eq!(address(json!("cloud")).as_deref(), Some("https://api.upscope.io/v1.3"));
    assert_eq!(address(json!("https://upscope.acme.test")).as_deref(), Some("https://upscope.acme.test/api"));
    assert_eq!(base(json!("http://far.example")), Some(None), "locked, and no address will do");
    assert_eq!(base(json!(7)), Some(None));
    assert_eq!(Policy::read(&json!({})).api_base, None);
}

#[test]
fn only_supported_languages_are_accepted() {
    let language = |value| Policy::read(&json!({ "language": value })).language;
    assert_eq!((language("pt-BR"), language("PT_br"), language("de")), (Some("pt_BR"), Some("pt_BR"), Some("de")));
    assert_eq!(problems(&Policy::read(&json!({"language": "it"}))), [(LANGUAGE, PolicyProblemKind::NotALanguage)]);
}

#[test]
fn presets_are_passed_on_within_limits() {
    let good = json!({"name": "VIP", "values": {"uniqueId": null, "metadata": {"n": 1}}, "sites": ["*://a.test/*"]});
    assert_eq!(Policy::read(&json!({ "presets": [good] })).presets, std::slice::from_ref(&good));
    assert_eq!(Policy::read(&json!({ "presets": json!([good]).to_string() })).presets, std::slice::from_ref(&good));
    let large = json!({"name": "L", "values": {"uniqueId": "x".repeat(30_000)}});
    let breaks_a_rule = json!({"name": "T", "values": {"tags": ["no tag"]}});
    let policy = Policy::read(&json!({"presets": [{"name": 1}, large, breaks_a_rule, good]}));
    assert_eq!(policy.presets, [good]);
    let kinds = [PolicyProblemKind::NotAPreset, PolicyProblemKind::TooLarge, PolicyProblemKind::NotAPreset];
    assert_eq!(problems(&policy), kinds.map(|kind| (PRESETS, kind)));
    assert_eq!(problems(&Policy::read(&json!({"presets": "["}))), [(PRESETS, PolicyProblemKind::WrongType)]);
    let many = vec![json!({"name": "a", "values": {"uniqueId": null}}); 1000];
    assert_eq!(Policy::read(&json!({ "presets": many })).presets.len(), 200);
}

#[test]
fn a_file_of_expectations_is_passed_on_unread() {
    let file = json!({"schema": "any", "expectations": [{}, 7]});
    let read = |value: Value| Policy::read(&json!({ "expectations": value })).expectations;
    assert_eq!(read(file.clone()), Some(ExpectationsFile { text: file.to_string(), count: 2 }));
    let text = "{\n\"expectations\": []\n}";
    assert_eq!(read(json!(text)), Some(ExpectationsFile { text: text.to_owned(), count: 0 }), "with its lines");
    for wrong in [json!("{"), json!([]), json!(7), json!({"expectations": {}})] {
        let policy = Policy::read(&json!({ "expectations": wrong }));
        assert_eq!(policy.expectations, None);
        assert_eq!(problems(&policy), [(EXPECTATIONS, PolicyProblemKind::WrongType)]);
    }
    let large = json!({"expectations": ["x".repeat(1_000_000)]});
    assert_eq!(
        problems(&Policy::read(&json!({ "expectations": large }))),
        [(EXPECTATIONS, PolicyProblemKind::TooLarge)]
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z:/*.@\\\\ ]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,5}", inner), 0..5).prop_map(|pairs| pairs.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn only_documented_values_allow_anything(value in any_json()) {
        let restriction = Policy::read(&json!({ "readOnly": value })).rules.restriction(SITE);
        prop_assert_eq!(restriction.is_none(), value == json!(false));
        let policy = Policy::read(&json!({ "allowedOrigins": value }));
        prop_assert!(!may_edit(&policy.rules, "https://not.named.example/") || policy.rules.origins().unwrap().iter().any(|site| covers(site, "https://not.named.example/")));
        prop_assert!(policy.rules.origins().is_some());
    }

    #[test]
    fn reading_never_fails_and_never_allows(value in any_json()) {
        let all = [READ_ONLY, ALLOWED_ORIGINS, API_BASE, LANGUAGE, PRESETS, EXPECTATIONS].map(|key| (key.to_owned(), value.clone()));
        let policy = Policy::read(&Value::Object(all.into_iter().collect()));
        prop_assert!(policy.api_base.is_some());
        prop_assert!(policy.problems.len() <= 60);
    }
}
