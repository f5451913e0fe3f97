//! Tests each reason with minimal data.

use super::*;
use crate::fixture::{encoded, visitor};
use crate::visitor::flaw::flaws;
use crate::visitor::lookup_code::CodeReading;
use crate::visitor::observed::UnknownReason;
use serde_json::{Value, json};

/// Compares a page's configuration with the server's visitor, and returns the agreement on `key`.
fn on(key: &str, config: Value, server: Value, change: impl FnOnce(&mut PageSide)) -> Agreement {
    on_after(None, key, config, server, change)
}

/// The same after an edit was sent.
fn on_after(
    sent: Option<&VisitorPatch>,
    key: &str,
    config: Value,
    server: Value,
    change: impl FnOnce(&mut PageSide),
) -> Agreement {
    let page = encoded(config);
    let overrides = Observed::Unknown(UnknownReason::NotSet);
    let mut here = PageSide {
        visitor: &page,
        public_key: None,
        page_overrides: &overrides,
        live_chat: false,
        settling: false,
        sent,
    };
    change(&mut here);
    let mut server = server;
    server["short_id"] = json!("A1");
    let lines = compare(&here, &ServerVisitor::read(&server).unwrap());
    lines.iter().find(|line| line.key == key).unwrap().agreement
}

fn plain(key: &str, config: Value, server: Value) -> Agreement {
    on(key, config, server, |_| {})
}

#[test]
fn order_numbers_and_emptiness_are_ignored() {
    for (key, config, server) in [
        ("tags", json!({"tags": ["#B", "#A"]}), json!({"tags": ["#A", "#B", "#A"]})),
        ("tags", json!({"tags": []}), json!({"tags": null})),
        ("uniqueId", json!({"uniqueId": 7}), json!({"unique_id": "7"})),
        ("identities", json!({"identities": "Ada"}), json!({"identities": ["Ada"]})),
        ("identities", json!({"identities": null}), json!({"identities": []})),
        ("shortId", json!({}), json!({})),
    ] {
        assert_eq!(plain(key, config, server), Agreement::Same, "{key}");
    }
}

#[test]
fn a_value_that_could_not_be_read_is_unknown() {
    for unread in [
        json!({"$": "proxy", "v": ["Ada"]}),
        json!({"$": "accessor"}),
        json!({"$": "list", "v": ["Ada"], "n": 7}),
        json!(["Ada", {"$": "deep"}]),
        json!({"name": "Ada"}),
    ] {
        let agreement = plain("identities", json!({"identities": unread}), json!({"identities": ["Ada", "Bob"]}));
        assert_eq!(agreement, Agreement::Unknown(Missing::Here), "{unread}");
    }
    let date = json!({"uniqueId": {"$": "Date", "v": "2024-03-01T09:00:00.000Z"}});
    assert_eq!(plain("uniqueId", date, json!({"unique_id": "2024-03-01T09:00:00.000Z"})), Agreement::Same);
}

#[test]
fn an_unknown_side_is_not_a_difference() {
    assert_eq!(plain("tags", json!({}), json!({"tags": ["#A"]})), Agreement::Unknown(Missing::Here));
    assert_eq!(plain("tags", json!({}), json!({"tags": null})), Agreement::Unknown(Missing::Here));
    assert_eq!(plain("tags", json!({"tags": ["#A"]}), json!({})), Agreement::Unknown(Missing::There));
    assert_eq!(plain("metadata", json!({"metadata": {"a": 1}}), json!({})), Agreement::Unknown(Missing::There));
    assert_eq!(
        plain("jsConfiguration", json!({}), json!({"js_configuration": true})),
        Agreement::Unknown(Missing::Here)
    );
}

#[test]
fn sent_values_replace_unknown_page_values() {
    let patch =
        VisitorPatch::from_argument(&json!({"tags": ["#A"], "uniqueId": null, "integrationIds": ["crm:", "a:1"]}));
    let agreement = |key, config, server| on_after(patch.as_ref(), key, config, server, |_| {});
    assert_eq!(agreement("tags", json!({}), json!({"tags": ["#A"]})), Agreement::Same);
    assert_eq!(agreement("tags", json!({}), json!({"tags": ["#B"]})), Agreement::Differs(Reason::ChangedElsewhere));
    assert_eq!(agreement("uniqueId", json!({}), json!({"unique_id": null})), Agreement::Same);
    assert_eq!(agreement("integrationIds", json!({}), json!({"integration_ids": ["a:1"]})), Agreement::Same);
    assert_eq!(agreement("identities", json!({}), json!({"identities": ["Ada"]})), Agreement::Unknown(Missing::Here));
    // The page's value is newer.
    assert_eq!(agreement("tags", json!({"tags": ["#B"]}), json!({"tags": ["#B"]})), Agreement::Same);
}

#[test]
fn a_recent_value_is_pending_at_first() {
    let (config, server) = (|| json!({"tags": ["#A"]}), || json!({"tags": ["#B"]}));
    let settling = on("tags", config(), server(), |here| here.settling = true);
    assert_eq!(settling, Agreement::NotYet(Pending::OnTheWay));
    assert!(settling.may_settle());
    assert_eq!(plain("tags", config(), server()), Agreement::Differs(Reason::ChangedElsewhere));
    assert_eq!(plain("tags", config(), json!({"tags": []})), Agreement::Differs(Reason::RemovedElsewhere));
}

#[test]
fn a_waiting_call_is_pending() {
    let waiting = Some(PageValue::decode(json!(["#NEW"])));
    let reading = |field| {
        let now = Observed::Unknown(UnknownReason::NotSet);
        FieldReading::new(field, now, waiting.clone().filter(|_| field == Field::Tags))
    };
    let code = CodeReading { code: Observed::Unknown(UnknownReason::NotFound), set_at: None };
    let page = Visitor::new(
        reading,
        Observed::Unknown(UnknownReason::NotFound),
        Observed::Unknown(UnknownReason::NotFound),
        code,
    );
    let agreement = on("tags", json!({}), json!({"tags": ["#OLD"]}), |here| here.visitor = Box::leak(Box::new(page)));
    assert_eq!(agreement, Agreement::NotYet(Pending::InQueue));
}

#[test]
fn a_live_chat_explains_a_missing_value() {
    let chat = |key: &str, config, server| on(key, config, server, |here| here.live_chat = true);
    assert_eq!(chat("uniqueId", json!({}), json!({"unique_id": "7"})), Agreement::Differs(Reason::LiveChat));
    assert_eq!(chat("tags", json!({}), json!({"tags": ["#A"]})), Agreement::Unknown(Missing::Here));
    let replaced = chat("integrationIds", json!({"integrationIds": ["crm:1"]}), json!({"integration_ids": ["chat:2"]}));
    assert_eq!(replaced, Agreement::Differs(Reason::LiveChat));
}

#[test]
fn integration_ids_add_up_at_the_server() {
    let more =
        plain("integrationIds", json!({"integrationIds": ["crm:1"]}), json!({"integration_ids": ["crm:1", "chat:2"]}));
    assert_eq!(more, Agreement::Differs(Reason::Additive));
}

#[test]
fn a_placeholder_is_not_sent() {
    let value = PageValue::decode(json!("USER UNIQUE ID"));
    assert!(flaws(Field::UniqueId, &value).iter().any(|flaw| flaw.kind == FlawKind::Placeholder));
    let agreement = plain("uniqueId", json!({"uniqueId": "USER UNIQUE ID"}), json!({"unique_id": null}));
    assert_eq!(agreement, Agreement::Differs(Reason::Placeholder));
}

#[test]
fn another_visitor_or_account_explains_everything() {
    let (config, server) = (|| json!({"tags": ["#A"]}), || json!({"tags": ["#B"], "api_key": "ours"}));
    let account = |key: &str| on(key, config(), server(), |here| here.public_key = Some("theirs"));
    assert_eq!(account("tags"), Agreement::Differs(Reason::OtherAccount));
    assert_eq!(account("shortId"), Agreement::Differs(Reason::OtherAccount));
    assert_eq!(
        on("tags", config(), server(), |here| here.public_key = Some("ours")),
        Agreement::Differs(Reason::ChangedElsewhere)
    );
    let mut other = visitor(config());
    other.short_id = Observed::Value("B2".into(), Source::LocalStorage);
    let agreement = on("tags", json!({}), server(), |here| here.visitor = Box::leak(Box::new(other)));
    assert_eq!(agreement, Agreement::Differs(Reason::OtherVisitor));
}

#[test]
fn the_lookup_code_and_the_override_are_compared_too() {
    let mut page = visitor(json!({}));
    page.lookup_code.code = Observed::Value("4821".into(), Source::LocalStorage);
    let page: &Visitor = Box::leak(Box::new(page));
    let code = |server| on("lookupCode", json!({}), server, |here| here.visitor = page);
    assert_eq!(code(json!({"lookup_code": "4821"})), Agreement::Same);
    assert_eq!(code(json!({"lookup_code": null})), Agreement::Differs(Reason::CodeExpired));
    let says: &Observed<bool> = Box::leak(Box::new(Observed::Value(true, Source::Configuration)));
    let overrides = |server| on("jsConfiguration", json!({}), server, |here| here.page_overrides = says);
    assert_eq!(overrides(json!({"js_configuration": true})), Agreement::Same);
    assert_eq!(overrides(json!({"js_configuration": false})), Agreement::Differs(Reason::Overrides));
}
