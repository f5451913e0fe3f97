//! Creates an expectation from a page's current behavior.

use super::limited::{MAX_ITEMS, MAX_NAME};
use super::matcher::is_present;
use super::truth::Truth;
use crate::json_text::object;
use crate::recording::history::{DocumentHistory, ValueKey};
use crate::visitor::Field;
use crate::visitor::flaw::{FlawKind, flaws};
use crate::visitor::integration_id::IntegrationId;
use crate::visitor::page_value::{PageValue, ValueKind};
use serde_json::{Map, Value, json};

/// The flaws that the expectation forbids if the page has none of them.
const NEVER: [FlawKind; 2] = [FlawKind::Placeholder, FlawKind::Template];

/// The JSON of an expectation that the page stays as it is now: the same kind of visitor info, and connected if it is
/// connected now. `None` if there is nothing to expect. It contains no value that identifies a visitor, and a person
/// reviews it before it is stored.
pub fn expect_seen(page: &DocumentHistory, name: &str) -> Option<Value> {
    let mut expect = Map::new();
    for field in Field::ALL {
        let value = page.value_history(ValueKey::Field(field)).value();
        if let Some(seen) = value.and_then(|value| expect_field(field, value)) {
            expect.insert(field.key().to_owned(), Value::Object(seen));
        }
    }
    let is_connected = is_connected(page);
    if is_connected {
        expect.insert("connected".to_owned(), true.into());
    }
    if expect.is_empty() {
        return None;
    }
    let after = if is_connected { "connected" } else { "load" };
    Some(object([
        ("name", name.into()),
        ("pages", json!([pattern(page)])),
        ("when", json!({ "after": after })),
        ("expect", Value::Object(expect)),
    ]))
}

/// Whether [`expect_seen`] finds anything to expect.
pub fn can_expect_seen(page: &DocumentHistory) -> bool {
    let value_of = |field| page.value_history(ValueKey::Field(field)).value();
    let has_value = |field| value_of(field).is_some_and(|value| is_expectable(field, value));
    is_connected(page) || Field::ALL.into_iter().any(has_value)
}

fn is_connected(page: &DocumentHistory) -> bool {
    !page.marks.handshakes.is_empty()
}

/// Whether there is anything to expect of a field that has this value.
fn is_expectable(field: Field, value: &PageValue) -> bool {
    let is_typed = match field {
        Field::UniqueId => type_name(value).is_some(),
        Field::Metadata => typed_keys(value).next().is_some(),
        Field::Identities | Field::Tags | Field::IntegrationIds => true,
    };
    is_typed && value.is_whole() && is_present(value) == Truth::Yes
}

/// What to expect of a field that has this value.
fn expect_field(field: Field, value: &PageValue) -> Option<Map<String, Value>> {
    if !is_expectable(field, value) {
        return None;
    }
    let mut seen = match field {
        Field::UniqueId => pair("type", type_name(value)?.into()),
        Field::Identities => pair("count", json!({ "atLeast": count(value) })),
        Field::Tags => pair("includes", texts(value).into_iter().take(MAX_ITEMS).collect()),
        Field::IntegrationIds => pair("systems", systems(value).into()),
        Field::Metadata => pair("keys", Value::Object(keys(value))),
    };
    seen.retain(|_, value| !value.as_array().is_some_and(Vec::is_empty));
    seen.insert("present".to_owned(), true.into());
    let has = flaws(field, value);
    let never: Vec<_> = NEVER.iter().filter(|kind| has.iter().all(|flaw| flaw.kind != **kind)).collect();
    let never: Vec<_> = never.into_iter().map(|kind| kind.name()).collect();
    if !never.is_empty() {
        seen.insert("never".to_owned(), never.into());
    }
    Some(seen)
}

fn pair(key: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), value)])
}

/// The texts of a list, or of a text that the SDK treats as a list of one.
fn texts(value: &PageValue) -> Vec<&str> {
    match value {
        PageValue::List(items, _) => items.iter().filter_map(PageValue::as_text).filter(|text| is_name(text)).collect(),
        other => other.as_text().filter(|text| is_name(text)).into_iter().collect(),
    }
}

/// Whether a file may contain the text as an item.
fn is_name(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.chars().count())
}

/// The systems of the integration IDs, each once.
fn systems(value: &PageValue) -> Vec<String> {
    let mut systems: Vec<String> = vec![];
    for id in texts(value).into_iter().filter_map(IntegrationId::parse) {
        if !systems.iter().any(|system| system == id.system()) {
            systems.push(id.system().to_owned());
        }
    }
    systems.truncate(MAX_ITEMS);
    systems
}

/// The number of items. A single text counts as one.
fn count(value: &PageValue) -> usize {
    match value {
        PageValue::List(items, _) => items.len(),
        _ => 1,
    }
}

/// The keys of the metadata by the type of their values.
fn keys(value: &PageValue) -> Map<String, Value> {
    let keys = typed_keys(value).take(MAX_ITEMS);
    keys.map(|(key, name)| (key.to_owned(), json!({ "type": name }))).collect()
}

/// The metadata keys that a file may contain, with the types of their values.
fn typed_keys(value: &PageValue) -> impl Iterator<Item = (&str, &'static str)> {
    let entries = if let PageValue::Map(entries, _) = value { entries.as_slice() } else { &[] };
    let keys = entries.iter().filter_map(|(key, value)| Some((key.as_str(), type_name(value)?)));
    keys.filter(|(key, _)| is_name(key))
}

fn type_name(value: &PageValue) -> Option<&'static str> {
    match value.kind() {
        ValueKind::Text => Some("string"),
        ValueKind::Number => Some("number"),
        ValueKind::Bool => Some("boolean"),
        ValueKind::List => Some("array"),
        ValueKind::Map => Some("object"),
        _ => None,
    }
}

/// The URL that a page shows, or showed last.
pub fn page_url(page: &DocumentHistory) -> &str {
    page.marks.addresses.last().map_or(&page.url, |address| &address.value)
}

/// The pattern of exactly this page: without its query, with the fragment of a route.
fn pattern(page: &DocumentHistory) -> String {
    let url = page_url(page);
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let place = rest.split_once('?').map_or(rest, |(place, _)| place);
    let has_path = place.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    let route = if fragment.starts_with('/') { format!("#{fragment}") } else { String::new() };
    format!("{place}{}{route}", if has_path { "" } else { "/" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expectations::stored::read_one;
    use crate::expectations::{Outcome, Recorded, judge};
    use crate::recording::fixture::Tab;

    fn seen(tab: &Tab) -> Option<Value> {
        let history = tab.history();
        let page = history.page().unwrap();
        let expectation = expect_seen(page, "it");
        assert_eq!(can_expect_seen(page), expectation.is_some());
        expectation
    }

    #[test]
    fn what_is_expected_is_met_by_what_was_seen() {
        let tab = Tab::connected(json!({
            "uniqueId": "cust-1", "identities": ["Ada", "ada@acme.test"], "tags": ["#VIP"],
            "integrationIds": ["zendesk:1", "zendesk:2"], "metadata": {"plan": "pro", "seats": 2}}));
        let json = seen(&tab).unwrap();
        let expected = json!({
            "uniqueId": {"type": "string", "present": true, "never": ["placeholder", "template"]},
            "identities": {"count": {"atLeast": 2}, "present": true, "never": ["placeholder", "template"]},
            "tags": {"includes": ["#VIP"], "present": true, "never": ["placeholder", "template"]},
            "integrationIds": {"systems": ["zendesk"], "present": true, "never": ["placeholder", "template"]},
            "metadata": {"keys": {"plan": {"type": "string"}, "seats": {"type": "number"}}, "present": true, "never": ["placeholder", "template"]},
            "connected": true});
        assert_eq!((&json["expect"], &json["pages"]), (&expected, &json!(["https://acme.test/"])));
        let stored = read_one(&json.to_string()).unwrap();
        let history = tab.history();
        let now = history.page().unwrap().origin + 60_000;
        let recorded = Recorded::ended(&tab.timeline, &history, now, false);
        assert_eq!(judge([stored.expectation()], &recorded)[0].outcome(), Outcome::Met);
    }

    #[test]
    fn a_flaw_that_is_there_is_not_forbidden() {
        let tab = Tab::connected(json!({"uniqueId": "{{ user.id }}", "tags": []}));
        let expect = &seen(&tab).unwrap()["expect"];
        assert_eq!(expect["uniqueId"]["never"], json!(["placeholder"]));
        assert!(expect.get("identities").is_none());
        read_one(&seen(&tab).unwrap().to_string()).unwrap();
    }

    #[test]
    fn values_of_no_type_are_nothing_to_expect() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{"uniqueId": null, "metadata": {"plan": null}}]));
        assert_eq!(seen(&tab), None);
        tab.call("updateConnection", json!([{"metadata": {"plan": null, "seats": 2}}]));
        assert_eq!(seen(&tab).unwrap()["expect"]["metadata"]["keys"], json!({"seats": {"type": "number"}}));
    }

    #[test]
    fn a_route_is_its_own_page() {
        let mut tab = Tab::new();
        assert_eq!(seen(&tab), None, "nothing was seen");
        tab.page("https://acme.test:8080/app?a=1#/cart").version("2.2.119").connect("S1");
        assert_eq!(seen(&tab).unwrap()["pages"], json!(["https://acme.test:8080/app#/cart"]));
    }
}
