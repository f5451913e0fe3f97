//! Reading the messages, by hand: deserialising them would cost 10 KB.

use crate::webext::property;
use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base::Kind;
use inspector_core::upscope_api::request::{Ask, ShortId};
use wasm_bindgen::JsValue;

/// What a page of ours wants.
pub enum Wanted {
    State,
    Connect(Wish),
    Remove,
    /// With what the page calls the request, to cancel it by.
    Ask(Ask, String),
    Watch(ShortId, String),
    Cancel(String),
}

/// The account as the person entered it.
pub struct Wish {
    pub kind: Kind,
    pub base: String,
    /// Empty: the one that is kept.
    pub key: String,
    pub disk: bool,
    pub agent: Agent,
}

/// `None` for what is no request.
pub fn read(wanted: &JsValue) -> Option<Wanted> {
    let part = |name: &str| Some(property(wanted, name)).filter(JsValue::is_object);
    let text = |of: &JsValue, name: &str| property(of, name).as_string();
    if let Some(wish) = part("connect") {
        return Some(Wanted::Connect(Wish {
            kind: Kind::from_name(&text(&wish, "kind")?)?,
            base: text(&wish, "base")?,
            key: text(&wish, "key")?,
            disk: property(&wish, "disk").is_truthy(),
            agent: Agent::new(&text(&wish, "agentId")?, &text(&wish, "agentName")?),
        }));
    }
    if let Some(visitor) = part("visitor") {
        return Some(Wanted::Ask(Ask::Visitor(ShortId::parse(&text(&visitor, "shortId")?)?), text(&visitor, "id")?));
    }
    if let Some(search) = part("search") {
        let ask = Ask::Search { query: text(&search, "query")?, most: property(&search, "most").as_f64()? as u32 };
        return Some(Wanted::Ask(ask, text(&search, "id")?));
    }
    if let Some(watch) = part("watch") {
        return Some(Wanted::Watch(ShortId::parse(&text(&watch, "shortId")?)?, text(&watch, "id")?));
    }
    if let Some(cancel) = part("cancel") {
        return Some(Wanted::Cancel(text(&cancel, "id")?));
    }
    part("remove").map(|_| Wanted::Remove).or(part("state").map(|_| Wanted::State))
}
