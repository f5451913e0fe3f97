//! Reads the messages property by property: deserializing them would add 10 KB.

use crate::webext::property;
use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base::Kind;
use inspector_core::upscope_api::request::{Ask, ShortId};
use wasm_bindgen::JsValue;

/// A request from a page of the extension.
pub enum ApiRequest {
    State,
    Connect(ConnectRequest),
    Remove,
    /// The ID of the request, for cancelling it.
    Ask(Ask, String),
    Watch(ShortId, String),
    Cancel(String),
}

/// The account as entered.
pub struct ConnectRequest {
    pub kind: Kind,
    pub base: String,
    /// Empty means the stored key.
    pub key: String,
    pub disk: bool,
    pub agent: Agent,
}

/// Returns `None` for anything that isn't a request.
pub fn read(wanted: &JsValue) -> Option<ApiRequest> {
    let part = |name: &str| Some(property(wanted, name)).filter(JsValue::is_object);
    let text = |of: &JsValue, name: &str| property(of, name).as_string();
    if let Some(wish) = part("connect") {
        return Some(ApiRequest::Connect(ConnectRequest {
            kind: Kind::from_name(&text(&wish, "kind")?)?,
            base: text(&wish, "base")?,
            key: text(&wish, "key")?,
            disk: property(&wish, "disk").is_truthy(),
            agent: Agent::new(&text(&wish, "agentId")?, &text(&wish, "agentName")?),
        }));
    }
    if let Some(visitor) = part("visitor") {
        return Some(ApiRequest::Ask(
            Ask::Visitor(ShortId::parse(&text(&visitor, "shortId")?)?),
            text(&visitor, "id")?,
        ));
    }
    if let Some(search) = part("search") {
        let ask = Ask::Search { query: text(&search, "query")?, most: property(&search, "most").as_f64()? as u32 };
        return Some(ApiRequest::Ask(ask, text(&search, "id")?));
    }
    if let Some(watch) = part("watch") {
        return Some(ApiRequest::Watch(ShortId::parse(&text(&watch, "shortId")?)?, text(&watch, "id")?));
    }
    if let Some(cancel) = part("cancel") {
        return Some(ApiRequest::Cancel(text(&cancel, "id")?));
    }
    part("remove").map(|_| ApiRequest::Remove).or(part("state").map(|_| ApiRequest::State))
}
