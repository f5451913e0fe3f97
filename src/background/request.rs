//! Reading the popup's requests by hand: deserialising them would bring 10 KB of serde into a program that starts cold
//! many times a day. The end-to-end tests hold this to what the popup sends.

use crate::protocol::message::{Moment, Request, Target};
use crate::webext::property;
use wasm_bindgen::JsValue;

/// The request in a message; `None` when it is none.
pub fn read(message: &JsValue) -> Option<Request> {
    let inspect = property(message, "inspect");
    if inspect.is_object() {
        return Some(Request::Inspect { tab: property(&inspect, "tab").as_f64().map(|id| id as i32) });
    }
    recording(message).or_else(|| act(&property(message, "act")))
}

fn act(act: &JsValue) -> Option<Request> {
    Some(Request::Act {
        target: target(&property(act, "target"))?,
        ask: property(act, "ask").as_string()?,
        note: property(act, "note").as_string()?,
        until: moment(&property(act, "until")),
    })
}

fn moment(value: &JsValue) -> Option<Moment> {
    Some(Moment { system: property(value, "system").as_f64()?, own: property(value, "own").as_f64()? })
}

fn recording(message: &JsValue) -> Option<Request> {
    let of = |name: &str| Some(property(message, name)).filter(JsValue::is_object);
    let pattern = |asked: &JsValue| property(asked, "pattern").as_string();
    let tab = |asked: &JsValue| property(asked, "tab").as_f64().map(|id| id as i32);
    if let Some(asked) = of("record") {
        return Some(Request::Record { pattern: pattern(&asked)?, tab: tab(&asked)? });
    }
    if let Some(asked) = of("stopRecording") {
        return Some(Request::StopRecording { pattern: pattern(&asked)? });
    }
    if let Some(asked) = of("clearRecording") {
        return Some(Request::ClearRecording { tab: tab(&asked)? });
    }
    of("recorded").map(|_| Request::Recorded {})
}

fn target(value: &JsValue) -> Option<Target> {
    Some(Target {
        tab: property(value, "tab").as_f64()? as i32,
        frame: property(value, "frame").as_f64()? as i64,
        document_id: property(value, "documentId").as_string(),
        document: property(value, "document").as_string()?,
    })
}
