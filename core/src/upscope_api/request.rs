//! Requests to the API. None deletes or changes a visitor, and no request that does may be added.

use super::account::Agent;
use super::base_url::{BaseUrl, Deployment};
use crate::json_text::{compact, object};
use serde::{Deserialize, Serialize};

/// A visitor's ID at Upscope, validated so that it is safe in a URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShortId(String);

impl From<ShortId> for String {
    fn from(ShortId(text): ShortId) -> Self {
        text
    }
}

impl TryFrom<String> for ShortId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a short ID")
    }
}

/// A request to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Checks the key, with the cheapest request.
    Test,
    Visitor(ShortId),
    /// Searches visitors; an empty search finds the latest.
    Search {
        query: String,
        limit: u32,
    },
    /// Requests a URL at which the agent watches the visitor.
    Watch {
        short_id: ShortId,
        agent: Agent,
    },
}

/// The HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// An HTTP request without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointRequest {
    pub method: Method,
    /// The URL without its query.
    pub address: String,
    pub query: Vec<(&'static str, String)>,
    /// JSON; only for a `POST`.
    pub body: Option<String>,
    /// Requests with the same key never run at the same time.
    pub lane: String,
}

/// Maximum length of a search, in characters.
pub const MAX_QUERY: usize = 300;

/// Maximum number of visitors in a search.
pub const MAX_FOUND: u32 = 50;

impl ShortId {
    /// `None` if invalid. The SDK's IDs have seven uppercase letters and digits; newer ones may differ.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Endpoint {
    /// Returns the HTTP request for this base URL; `None` if the API's documentation has no such request.
    pub fn at(&self, base: &BaseUrl) -> Option<EndpointRequest> {
        let get = |path: &str, query| EndpointRequest {
            method: Method::Get,
            address: format!("{}/{path}", base.address()),
            query,
            body: None,
            lane: path.to_owned(),
        };
        Some(match (self, base.kind()) {
            (Self::Test, Deployment::Cloud) => get("usage", vec![]),
            (Self::Test, Deployment::OnPremise) => get("visitors/list/latest", vec![]),
            (Self::Visitor(id), _) => {
                let json = if base.names_json() { ".json" } else { "" };
                EndpointRequest { lane: id.0.clone(), ..get(&format!("visitors/{}{json}", id.0), vec![]) }
            }
            (Self::Search { query, limit }, Deployment::Cloud) => {
                let limit = (*limit).clamp(1, MAX_FOUND);
                get("list", vec![("search", short(query)), ("max_results", limit.to_string())])
            }
            (Self::Search { query, .. }, Deployment::OnPremise) if query.trim().is_empty() => {
                get("visitors/list/latest", vec![])
            }
            (Self::Search { query, .. }, Deployment::OnPremise) => {
                get("visitors/list/search", vec![("q", short(query))])
            }
            (Self::Watch { short_id, agent }, Deployment::Cloud) => EndpointRequest {
                method: Method::Post,
                body: Some(watch_body(agent)),
                lane: short_id.0.clone(),
                ..get(&format!("visitors/{}/watch_url", short_id.0), vec![])
            },
            (Self::Watch { .. }, Deployment::OnPremise) => return None,
        })
    }
}

fn short(query: &str) -> String {
    query.trim().chars().take(MAX_QUERY).collect()
}

fn watch_body(agent: &Agent) -> String {
    let agent = object([("id", agent.sent_id().into()), ("name", agent.name.as_str().into())]);
    compact(&object([("agent", agent)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upscope_api::base_url::CLOUD;

    fn ada() -> ShortId {
        ShortId::parse("Q7XK2M9").unwrap()
    }

    fn at(kind: Deployment, base: &str, ask: &Endpoint) -> String {
        ask.at(&BaseUrl::parse(kind, base).unwrap()).unwrap().address
    }

    #[test]
    fn each_api_has_its_paths() {
        let (cloud, own) = ((Deployment::Cloud, CLOUD), (Deployment::OnPremise, "https://acme.com"));
        let search = |query: &str| Endpoint::Search { query: query.into(), limit: 10 };
        for ((kind, base), ask, path) in [
            (cloud, Endpoint::Test, "https://api.upscope.io/v1.3/usage"),
            (cloud, Endpoint::Visitor(ada()), "https://api.upscope.io/v1.3/visitors/Q7XK2M9"),
            (cloud, search(""), "https://api.upscope.io/v1.3/list"),
            (own, Endpoint::Test, "https://acme.com/api/visitors/list/latest"),
            (own, Endpoint::Visitor(ada()), "https://acme.com/api/visitors/Q7XK2M9"),
            (own, search(" "), "https://acme.com/api/visitors/list/latest"),
            (own, search("#VIP"), "https://acme.com/api/visitors/list/search"),
        ] {
            assert_eq!(at(kind, base, &ask), path);
        }
        let older = at(Deployment::Cloud, "https://api.upscope.io/v1.1", &Endpoint::Visitor(ada()));
        assert_eq!(older, "https://api.upscope.io/v1.1/visitors/Q7XK2M9.json");
    }

    #[test]
    fn only_watching_is_a_post() {
        let base = BaseUrl::parse(Deployment::Cloud, CLOUD).unwrap();
        let ask = Endpoint::Watch { short_id: ada(), agent: Agent::new("", "Grace \"H\"") };
        let http = ask.at(&base).unwrap();
        assert_eq!((http.method, http.lane.as_str()), (Method::Post, "Q7XK2M9"));
        assert_eq!(http.body.as_deref(), Some(r#"{"agent":{"id":"Grace \"H\"","name":"Grace \"H\""}}"#));
        assert_eq!(ask.at(&BaseUrl::parse(Deployment::OnPremise, "https://acme.com").unwrap()), None);
    }

    #[test]
    fn unsafe_ids_are_rejected() {
        for bad in ["", "../usage", "a/b", "a?b", "a%2Fb", "a b", "é", &"x".repeat(65)] {
            assert_eq!(ShortId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_search_is_limited() {
        let base = BaseUrl::parse(Deployment::Cloud, CLOUD).unwrap();
        let http = Endpoint::Search { query: "x".repeat(1000), limit: 1000 }.at(&base).unwrap();
        assert_eq!(http.query[0].1.len(), MAX_QUERY);
        assert_eq!(http.query[1], ("max_results", "50".to_owned()));
    }
}
