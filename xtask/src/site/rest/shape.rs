//! A visitor in the format of each API.

use serde_json::{Value, json};

use crate::site::visitor::Visitor;

/// The kind of API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `older`: before v1.3, with `first_seen_at`, and `null` without identities.
    Cloud {
        older: bool,
    },
    OnPremise,
}

impl Shape {
    /// The API of a path, and the rest of the path.
    pub(super) fn of(path: &str) -> Option<(Shape, &str)> {
        let bases = [
            ("/v1.3/", Shape::Cloud { older: false }),
            ("/v1.2/", Shape::Cloud { older: true }),
            ("/v1.1/", Shape::Cloud { older: true }),
            ("/api/", Shape::OnPremise),
        ];
        bases.into_iter().find_map(|(base, shape)| Some((shape, path.strip_prefix(base)?)))
    }

    /// The header with the key.
    pub(super) fn key_header(self) -> &'static str {
        match self {
            Shape::Cloud { .. } => "X-Api-Key",
            Shape::OnPremise => "Authorization",
        }
    }

    /// The documented fields. Fields that the server doesn't have are `null`, as documented.
    pub(super) fn write(self, visitor: &Visitor) -> Value {
        let older = self == Shape::Cloud { older: true };
        let identities = texts(visitor.identities.as_ref());
        let mut written = json!({
            "short_id": visitor.short_id,
            "unique_id": visitor.unique_id.as_ref().map(text),
            "identities": if older && identities.is_empty() { Value::Null } else { json!(identities) },
            "tags": texts(visitor.tags.as_ref()),
            "integration": visitor.integration,
            "lookup_code": visitor.lookup_code,
            "email": identities.iter().find(|identity| identity.contains('@')),
            "is_online": visitor.is_online,
            "is_in_session": visitor.is_in_session,
            "is_supported": true,
            "is_waiting_for_call": false,
            "js_configuration": visitor.js_configuration,
            "last_url": visitor.last_url,
            "last_seen_at": "2026-11-22T21:30:00.000Z",
            "browser_name": "Chromium",
            "device_type": "desktop",
            "device_name": null,
            "ip_address": "127.0.0.1",
            "location_city": "Lisbon",
            "location_country": "Portugal",
            "api_key": visitor.api_key,
            "call_name": visitor.call_name,
        });
        written[if older { "first_seen_at" } else { "added_at" }] = json!("2026-11-20T08:00:00.000Z");
        written
    }
}

/// The server stores texts, whatever a page sent.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The items of a list. A single text is a list of one, as in the real SDK.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(members)) => members.iter().map(text).collect(),
        Some(Value::Null) | None => vec![],
        Some(single) => vec![text(single)],
    }
}
