//! The server's visitor, read leniently: a field that is missing or of another type is *unknown*, and `null` is *none*.

use super::problem::ApiProblem;
use super::request::ShortId;
use crate::json_read;
use crate::visitor::lookup_code::parse_iso_date;
use crate::visitor::{Field, PerField, Shape};
use serde_json::Value;

/// The server's value of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ServerValue<T> {
    /// Missing or unreadable.
    #[default]
    Unknown,
    /// Known to have no value.
    None,
    Value(T),
}

/// A visitor at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVisitor {
    pub short_id: ShortId,
    /// The texts of each field. The API doesn't return metadata; `integration_ids` is undocumented and shown if
    /// present.
    pub fields: PerField<ServerValue<Vec<String>>>,
    /// The live chat.
    pub integration: ServerValue<String>,
    pub lookup_code: ServerValue<String>,
    pub email: ServerValue<String>,
    pub call_name: ServerValue<String>,
    /// The public key of the account the visitor belongs to.
    pub api_key: ServerValue<String>,
    pub is_online: ServerValue<bool>,
    pub is_in_session: ServerValue<bool>,
    pub is_supported: ServerValue<bool>,
    pub is_waiting_for_call: ServerValue<bool>,
    /// The page overrides account settings.
    pub js_configuration: ServerValue<bool>,
    pub last_url: ServerValue<String>,
    /// Milliseconds since the epoch.
    pub last_seen_at: ServerValue<i64>,
    /// Milliseconds since the epoch; `first_seen_at` in older versions.
    pub added_at: ServerValue<i64>,
    pub browser: ServerValue<String>,
    /// The device's name, or its type where it has none.
    pub device: ServerValue<String>,
    pub ip_address: ServerValue<String>,
    /// City, region and country, as far as known.
    pub location: ServerValue<String>,
}

/// Maximum length of a text in bytes. A longer one is not read, because a cut text could pass for a complete one.
const MAX_TEXT: usize = 4_000;

/// A longer list is not read.
const MAX_LIST: usize = 500;

/// Maximum number of visitors.
const MAX_VISITORS: usize = 100;

/// Maximum size of an answer, in bytes.
pub const MAX_ANSWER: usize = 1_000_000;

/// The keys of a visitor's location, from near to far.
const PLACES: [&str; 4] = ["location_city", "location_region", "location_country", "location_country_name"];

impl<T> ServerValue<T> {
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Reads a field. `read` returns `None` for another type.
    fn read(value: Option<&Value>, read: impl FnOnce(&Value) -> Option<T>) -> Self {
        match value {
            Some(Value::Null) => Self::None,
            Some(value) => read(value).map_or(Self::Unknown, Self::Value),
            None => Self::Unknown,
        }
    }

    fn or(self, other: impl FnOnce() -> Self) -> Self {
        match (self, other()) {
            (Self::Value(value), _) => Self::Value(value),
            (own, Self::Unknown) => own,
            (_, other) => other,
        }
    }
}

/// Reads the response of [`Endpoint::Visitor`](super::request::Endpoint::Visitor).
pub fn read_one(text: &str) -> Result<ServerVisitor, ApiProblem> {
    let answer = json(text)?;
    // The documentation of on-premise servers is incomplete, so a visitor without an envelope is accepted.
    let visitor = if answer["visitor"].is_object() { &answer["visitor"] } else { &answer };
    ServerVisitor::read(visitor).ok_or(ApiProblem::NotUnderstood)
}

/// Reads the response of [`Endpoint::Search`](super::request::Endpoint::Search). Entries that aren't visitors are
/// omitted.
pub fn read_list(text: &str) -> Result<Vec<ServerVisitor>, ApiProblem> {
    let answer = json(text)?;
    let list = answer["visitors"].as_array().or(answer.as_array()).ok_or(ApiProblem::NotUnderstood)?;
    Ok(list.iter().take(MAX_VISITORS).filter_map(ServerVisitor::read).collect())
}

/// Reads the response of [`Endpoint::Watch`](super::request::Endpoint::Watch): a URL that is encrypted or on the API's
/// own host.
pub fn read_watch(text: &str, own: &str) -> Result<String, ApiProblem> {
    let answer = json(text)?;
    let address = answer["watch_url"].as_str().filter(|address| address.len() <= MAX_TEXT);
    let safe = |address: &&str| {
        let on_own = address.strip_prefix(own).is_some_and(|rest| rest.starts_with(['/', ':']));
        (address.starts_with("https://") || own.starts_with("http://") && on_own)
            && !address.contains(char::is_whitespace)
    };
    address.filter(safe).map(str::to_owned).ok_or(ApiProblem::NotUnderstood)
}

fn json(text: &str) -> Result<Value, ApiProblem> {
    if text.len() > MAX_ANSWER {
        return Err(ApiProblem::TooLarge);
    }
    json_read::read(text).map_err(|error| if error.cut_off { ApiProblem::CutOff } else { ApiProblem::NotJson })
}

impl ServerVisitor {
    /// `None` without an ID.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| ServerValue::read(value.get(key), text);
        let flag = |key: &str| ServerValue::read(value.get(key), Value::as_bool);
        let time = |key: &str| ServerValue::read(value.get(key), time);
        Some(Self {
            short_id: ShortId::parse(value.get("short_id")?.as_str()?)?,
            fields: PerField::from_fn(|field| read_field(value, field)),
            integration: text("integration"),
            lookup_code: text("lookup_code"),
            email: text("email"),
            call_name: text("call_name"),
            api_key: text("api_key"),
            is_online: flag("is_online"),
            is_in_session: flag("is_in_session"),
            is_supported: flag("is_supported"),
            is_waiting_for_call: flag("is_waiting_for_call"),
            js_configuration: flag("js_configuration"),
            last_url: text("last_url"),
            last_seen_at: time("last_seen_at"),
            added_at: time("added_at").or(|| time("first_seen_at")),
            browser: text("browser_name"),
            device: text("device_name").or(|| text("device_type")),
            ip_address: text("ip_address"),
            location: location(value),
        })
    }

    /// The display name of the visitor: the first one found.
    pub fn title(&self) -> &str {
        let first = |field: Field| self.fields[field].value().and_then(|texts| texts.first());
        let found = first(Field::Identities).or(first(Field::UniqueId)).or(self.email.value());
        found.map_or(self.short_id.as_str(), String::as_str)
    }
}

/// Reads a field. Its key is the SDK's in snake case.
fn read_field(visitor: &Value, field: Field) -> ServerValue<Vec<String>> {
    let value = visitor.get(snake_case(field.key()));
    match field.shape() {
        Shape::Text => ServerValue::read(value, |value| text(value).map(|text| vec![text])),
        Shape::List => ServerValue::read(value, texts),
        Shape::Metadata => ServerValue::Unknown,
    }
}

fn snake_case(key: &str) -> String {
    key.chars().fold(String::new(), |mut name, letter| {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
        name
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (text.len() <= MAX_TEXT).then(|| text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(members) if members.len() <= MAX_LIST => members.iter().map(text).collect(),
        Value::String(_) => text(value).map(|single| vec![single]),
        _ => None,
    }
}

/// A date as in JSON, with or without milliseconds, or a number of seconds or milliseconds.
fn time(value: &Value) -> Option<i64> {
    /// In seconds this is the year 5138, in milliseconds 1973. The API's dates are between them.
    const SECONDS_END: i64 = 100_000_000_000;
    match value {
        Value::String(text) => parse_iso_date(text).or_else(|| parse_iso_date(&text.replacen('Z', ".000Z", 1))),
        Value::Number(number) => {
            let whole: i64 = number.as_str().split('.').next()?.parse().ok()?;
            Some(if whole.abs() < SECONDS_END { whole * 1000 } else { whole })
        }
        _ => None,
    }
}

fn location(value: &Value) -> ServerValue<String> {
    let places: Vec<&str> = PLACES.iter().filter_map(|place| value.get(*place)?.as_str()).collect();
    if !places.is_empty() {
        return ServerValue::Value(places.join(", ").chars().take(MAX_TEXT / 4).collect());
    }
    let none = PLACES.iter().any(|place| value.get(*place) == Some(&Value::Null));
    if none { ServerValue::None } else { ServerValue::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> ServerVisitor {
        ServerVisitor::read(&value).expect("a visitor")
    }

    #[test]
    fn missing_is_unknown_and_null_is_none() {
        let visitor = read(json!({"short_id": "A1", "unique_id": null, "tags": [], "is_online": null}));
        assert_eq!(visitor.fields[Field::UniqueId], ServerValue::None);
        assert_eq!(visitor.fields[Field::Tags], ServerValue::Value(vec![]));
        assert_eq!(visitor.is_online, ServerValue::None);
        assert!(visitor.fields[Field::Identities].is_unknown() && visitor.lookup_code.is_unknown());
    }

    #[test]
    fn another_type_is_unknown_and_numbers_are_texts() {
        let odd = read(
            json!({"short_id": "A1", "unique_id": 7, "identities": {"a": 1}, "tags": ["#A", {}], "is_online": "yes"}),
        );
        assert_eq!(odd.fields[Field::UniqueId], ServerValue::Value(vec!["7".into()]));
        assert!(odd.fields[Field::Identities].is_unknown() && odd.fields[Field::Tags].is_unknown());
        assert!(odd.is_online.is_unknown());
    }

    #[test]
    fn oversized_answers_are_not_read() {
        let long = read(json!({"short_id": "A1", "unique_id": "x".repeat(5000), "tags": vec!["#A"; 501]}));
        assert!(long.fields[Field::UniqueId].is_unknown() && long.fields[Field::Tags].is_unknown());
        assert_eq!(read_one(&format!("\"{}\"", "x".repeat(MAX_ANSWER))), Err(ApiProblem::TooLarge));
        let many = json!({"visitors": vec![json!({"short_id": "A1"}); 200]}).to_string();
        assert_eq!(read_list(&many).map(|list| list.len()), Ok(MAX_VISITORS));
    }

    #[test]
    fn times_come_in_several_forms() {
        for (form, ms) in [
            (json!("2026-11-22T21:30:00.000Z"), Some(1_795_383_000_000)),
            (json!("2026-11-22T21:30:00Z"), Some(1_795_383_000_000)),
            (json!(1_795_383_000), Some(1_795_383_000_000)),
            (json!(1_795_383_000_000_i64), Some(1_795_383_000_000)),
            (json!("yesterday"), None),
        ] {
            assert_eq!(time(&form), ms, "{form}");
        }
        let older = read(json!({"short_id": "A1", "added_at": null, "first_seen_at": "2026-11-22T21:30:00.000Z"}));
        assert_eq!(older.added_at, ServerValue::Value(1_795_383_000_000));
    }

    #[test]
    fn other_answers_are_rejected() {
        for text in ["{}", "[]", "null", r#"{"visitor": [1]}"#, r#"{"visitor": {"short_id": "../x"}}"#] {
            assert_eq!(read_one(text), Err(ApiProblem::NotUnderstood), "{text}");
        }
        assert_eq!(read_list("{}"), Err(ApiProblem::NotUnderstood));
        assert_eq!(read_one("{\"visitor\":"), Err(ApiProblem::CutOff));
        assert_eq!(read_one("<html>"), Err(ApiProblem::NotJson));
    }

    #[test]
    fn only_safe_watch_urls_are_accepted() {
        let read = |address: &str, own: &str| read_watch(&json!({ "watch_url": address }).to_string(), own);
        let cloud = "https://api.upscope.io";
        assert!(read("https://upscope.io/w/1?token=x", cloud).is_ok());
        assert!(read("http://127.0.0.1:81/w", "http://127.0.0.1").is_ok());
        for bad in ["javascript:alert(1)", "http://upscope.io/w", "data:text/html,x", "https://a b"] {
            assert_eq!(read(bad, cloud), Err(ApiProblem::NotUnderstood), "{bad}");
        }
        assert!(read("http://127.0.0.1.evil.org/w", "http://127.0.0.1").is_err());
    }
}
