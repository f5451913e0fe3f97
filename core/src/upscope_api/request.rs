//! What can be asked of the API. There is no request here that deletes or changes a visitor, and none may come.

use super::account::Agent;
use super::base::{Base, Kind};
use crate::json_text::{compact, object};
use serde::{Deserialize, Serialize};

/// A visitor's id at Upscope. What a page or a server calls one may be anything; this goes into an address safely.
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

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Whether the key is good: the cheapest request there is.
    Test,
    Visitor(ShortId),
    /// The visitors that a search finds; an empty one finds the latest.
    Search {
        query: String,
        most: u32,
    },
    /// An address at which the agent watches the visitor.
    Watch {
        short_id: ShortId,
        agent: Agent,
    },
}

/// The verbs that are used; no others are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// One HTTP request, without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    pub method: Method,
    /// Without a query.
    pub address: String,
    pub query: Vec<(&'static str, String)>,
    /// JSON; only of a `POST`.
    pub body: Option<String>,
    /// Requests that share this are about one thing and never under way at the same time.
    pub lane: String,
}

/// How long a search may be, in characters.
pub const MAX_QUERY: usize = 300;

/// How many visitors a search may ask for.
pub const MAX_FOUND: u32 = 50;

impl ShortId {
    /// `None` for what is none. The SDK's are seven capitals and digits; newer ones may differ.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Ask {
    /// The request at this base; `None`: this API is not documented to have it.
    pub fn at(&self, base: &Base) -> Option<Http> {
        let get = |path: &str, query| Http {
            method: Method::Get,
            address: format!("{}/{path}", base.address()),
            query,
            body: None,
            lane: path.to_owned(),
        };
        Some(match (self, base.kind()) {
            (Self::Test, Kind::Cloud) => get("usage", vec![]),
            (Self::Test, Kind::OnPremise) => get("visitors/list/latest", vec![]),
            (Self::Visitor(id), _) => {
                let json = if base.names_json() { ".json" } else { "" };
                Http { lane: id.0.clone(), ..get(&format!("visitors/{}{json}", id.0), vec![]) }
            }
            (Self::Search { query, most }, Kind::Cloud) => {
                let most = (*most).clamp(1, MAX_FOUND);
                get("list", vec![("search", short(query)), ("max_results", most.to_string())])
            }
            (Self::Search { query, .. }, Kind::OnPremise) if query.trim().is_empty() => {
                get("visitors/list/latest", vec![])
            }
            (Self::Search { query, .. }, Kind::OnPremise) => get("visitors/list/search", vec![("q", short(query))]),
            (Self::Watch { short_id, agent }, Kind::Cloud) => Http {
                method: Method::Post,
                body: Some(watch_body(agent)),
                lane: short_id.0.clone(),
                ..get(&format!("visitors/{}/watch_url", short_id.0), vec![])
            },
            (Self::Watch { .. }, Kind::OnPremise) => return None,
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
    use crate::upscope_api::base::CLOUD;

    fn ada() -> ShortId {
        ShortId::parse("Q7XK2M9").unwrap()
    }

    fn at(kind: Kind, base: &str, ask: &Ask) -> String {
        ask.at(&Base::parse(kind, base).unwrap()).unwrap().address
    }

    #[test]
    fn each_api_has_its_paths() {
        let (cloud, own) = ((Kind::Cloud, CLOUD), (Kind::OnPremise, "https://acme.com"));
        let search = |query: &str| Ask::Search { query: query.into(), most: 10 };
        for ((kind, base), ask, path) in [
            (cloud, Ask::Test, "https://api.upscope.io/v1.3/usage"),
            (cloud, Ask::Visitor(ada()), "https://api.upscope.io/v1.3/visitors/Q7XK2M9"),
            (cloud, search(""), "https://api.upscope.io/v1.3/list"),
            (own, Ask::Test, "https://acme.com/api/visitors/list/latest"),
            (own, Ask::Visitor(ada()), "https://acme.com/api/visitors/Q7XK2M9"),
            (own, search(" "), "https://acme.com/api/visitors/list/latest"),
            (own, search("#VIP"), "https://acme.com/api/visitors/list/search"),
        ] {
            assert_eq!(at(kind, base, &ask), path);
        }
        let older = at(Kind::Cloud, "https://api.upscope.io/v1.1", &Ask::Visitor(ada()));
        assert_eq!(older, "https://api.upscope.io/v1.1/visitors/Q7XK2M9.json");
    }

    #[test]
    fn watching_is_the_only_post_and_names_the_agent() {
        let base = Base::parse(Kind::Cloud, CLOUD).unwrap();
        let ask = Ask::Watch { short_id: ada(), agent: Agent::new("", "Grace \"H\"") };
        let http = ask.at(&base).unwrap();
        assert_eq!((http.method, http.lane.as_str()), (Method::Post, "Q7XK2M9"));
        assert_eq!(http.body.as_deref(), Some(r#"{"agent":{"id":"Grace \"H\"","name":"Grace \"H\""}}"#));
        assert_eq!(ask.at(&Base::parse(Kind::OnPremise, "https://acme.com").unwrap()), None);
    }

    #[test]
    fn an_id_that_would_leave_its_place_in_the_address_is_none() {
        for bad in ["", "../usage", "a/b", "a?b", "a%2Fb", "a b", "é", &"x".repeat(65)] {
            assert_eq!(ShortId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_search_is_bounded() {
        let base = Base::parse(Kind::Cloud, CLOUD).unwrap();
        let http = Ask::Search { query: "x".repeat(1000), most: 1000 }.at(&base).unwrap();
        assert_eq!(http.query[0].1.len(), MAX_QUERY);
        assert_eq!(http.query[1], ("max_results", "50".to_owned()));
    }
}
