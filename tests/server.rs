//! Compares the reading of server responses with samples from the vendor's documentation, and checks properties of
//! reading and searching for any input.

use inspector_core::upscope_api::base_url::{BaseUrl, Deployment};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::query::{Presence, Query, SearchKind};
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{ServerValue, read_list, read_one};
use inspector_core::visitor::Field;
use proptest::prelude::*;

fn value<T: Clone>(value: &T) -> ServerValue<T> {
    ServerValue::Value(value.clone())
}

#[test]
fn a_visitor_of_v1_3() {
    let text = include_str!("contract/server/visitor-1.3.json");
    assert_eq!(ApiProblem::from_response(200, None, text), None);
    let visitor = read_one(text).unwrap();
    assert_eq!(visitor.short_id.as_str(), "Q7XK2M9");
    assert_eq!(visitor.fields[Field::UniqueId], value(&vec!["00032".to_owned()]));
    assert_eq!(visitor.fields[Field::Identities], value(&vec!["Ada Lovelace".to_owned(), "ada@acme.com".to_owned()]));
    assert_eq!(visitor.fields[Field::Tags], value(&vec!["#VIP".to_owned()]));
    assert_eq!(visitor.integration, ServerValue::Value("intercom".into()));
    assert_eq!(visitor.lookup_code, ServerValue::Value("4821".into()));
    assert_eq!((visitor.is_online.clone(), visitor.is_in_session.clone()), (value(&true), value(&false)));
    assert_eq!(visitor.js_configuration, value(&true));
    assert_eq!(visitor.last_seen_at, ServerValue::Value(1_795_383_000_000));
    assert_eq!(visitor.added_at, ServerValue::Value(1_795_161_600_000));
    assert_eq!(visitor.device, ServerValue::Value("desktop".into()));
    assert_eq!(visitor.location, ServerValue::Value("Lisbon, Portugal".into()));
    assert_eq!(visitor.call_name, ServerValue::None);
    assert_eq!(visitor.fields[Field::IntegrationIds], ServerValue::Unknown);
    assert_eq!(visitor.title(), "Ada Lovelace");
}

#[test]
fn a_visitor_of_v1_1() {
    let visitor = read_one(include_str!("contract/server/visitor-1.1.json")).unwrap();
    assert_eq!(visitor.fields[Field::UniqueId], ServerValue::None);
    assert_eq!(visitor.fields[Field::Identities], ServerValue::None);
    assert_eq!(visitor.fields[Field::Tags], ServerValue::Value(vec![]));
    assert_eq!(visitor.added_at, ServerValue::Value(1_795_161_600_000));
    assert_eq!(visitor.device, ServerValue::Value("Pixel 9".into()));
    assert_eq!((visitor.js_configuration.clone(), visitor.email.clone()), (ServerValue::Unknown, ServerValue::Unknown));
    assert_eq!(visitor.title(), "Q7XK2M9");
}

#[test]
fn a_list_with_what_is_no_visitor_in_it() {
    let list = read_list(include_str!("contract/server/list-1.3.json")).unwrap();
    assert_eq!(list.iter().map(|visitor| visitor.title()).collect::<Vec<_>>(), ["Ada Lovelace", "bob@acme.com"]);
}

#[test]
fn a_sample_cut_off_anywhere_is_recognized() {
    let text = include_str!("contract/server/visitor-1.3.json").trim_end();
    for end in 0..text.len() {
        assert_eq!(read_one(&text[..end]), Err(ApiProblem::CutOff), "{end}");
    }
}

fn query() -> impl Strategy<Value = Query> {
    let typed =
        prop_oneof!["[0-9]{4}", "[a-z]{1,5}:[a-z0-9:]{1,5}", "[a-z]{1,4}@[a-z.]{1,6}", "#?[A-Z-]{1,6}", "\\PC{0,12}"];
    let token = (0..SearchKind::ALL.len(), typed)
        .prop_filter_map("a token", |(kind, typed)| SearchKind::ALL[kind].token(&typed));
    let presence = prop_oneof![Just(Presence::Any), Just(Presence::Online), Just(Presence::Offline)];
    (prop::collection::vec(token, 0..4), presence).prop_map(|(tokens, presence)| Query { tokens, presence })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_read_and_written_again_searches_for_the_same(query in query()) {
        let once = Query::read(&query.text());
        let twice = Query::read(&once.text());
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn a_form_of_one_token_comes_back_as_it_was(
        kind in 1..SearchKind::ALL.len() - 1,
        typed in "[a-z]{3,6}:[0-9]{1,4}",
    ) {
        if let Some(token) = SearchKind::ALL[kind].token(&typed) {
            let alone = Query { tokens: vec![token], presence: Presence::Online };
            prop_assert_eq!(Query::read(&alone.text()), alone);
        }
    }

    #[test]
    fn any_answer_is_read_or_refused(text in "\\PC{0,200}", status in 100..600_u16) {
        let _ = (read_one(&text), read_list(&text), ApiProblem::from_response(status, None, &text));
    }

    #[test]
    fn any_json_is_read_or_refused(short_id in "\\PC{0,10}", key in "[a-z_]{1,16}", field in "null|true|7|-1\\.5e300|\"x\"|\\[1,null,\"a\"\\]|\\{\\}") {
        let text = format!("{{\"visitor\": {{\"short_id\": {}, \"{key}\": {field}}}}}", serde_json::json!(short_id));
        let _ = read_one(&text);
        for known in ["unique_id", "identities", "tags", "is_online", "last_seen_at", "location_city"] {
            let text = format!("{{\"visitor\": {{\"short_id\": \"A1\", \"{known}\": {field}}}}}");
            prop_assert!(read_one(&text).is_ok());
        }
    }

    #[test]
    fn any_address_is_refused_or_keeps_to_its_host(text in "(https?://)?[a-z0-9.:@/?#\\\\\\[\\]%-]{0,30}") {
        for kind in Deployment::ALL {
            if let Ok(base) = BaseUrl::parse(kind, &text) {
                prop_assert_eq!(BaseUrl::parse(kind, &base.address()), Ok(base.clone()));
                prop_assert!(!base.address().contains(['@', '?', '#', '\\', '%']));
                prop_assert!(base.address().starts_with(base.pattern().trim_end_matches("/*")));
            }
        }
    }

    #[test]
    fn a_short_id_needs_no_escape(text in "\\PC{0,70}") {
        if let Some(id) = ShortId::parse(&text) {
            prop_assert!(id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte)));
        }
    }
}
