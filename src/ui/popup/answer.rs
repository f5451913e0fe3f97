//! Reading what comes from the background by hand: derived readers weighed 16 KB of the popup. The contract tests hold
//! the shapes, the end-to-end tests hold this to them.

use crate::protocol::message::{Answer, Frame, NoAccess, NotDone, Tab};
use crate::webext::property;
use inspector_core::policy::Hold;
use js_sys::Array;
use wasm_bindgen::JsValue;

/// An answer; `None` for anything else.
pub fn read(value: &JsValue) -> Option<Answer> {
    let of = |name: &str| Some(property(value, name)).filter(|inner| !inner.is_undefined());
    if let Some(inspected) = of("inspected") {
        let frames = Array::from(&property(&inspected, "frames"));
        return Some(Answer::Inspected {
            tab: tab(&property(&inspected, "tab"))?,
            frames: frames.iter().map(|one| frame(&one)).collect::<Option<_>>()?,
            left_out: property(&inspected, "leftOut").as_f64().unwrap_or_default() as u32,
        });
    }
    if let Some(blocked) = of("noAccess") {
        let why = no_access(&property(&blocked, "why"));
        return Some(Answer::NoAccess { tab: tab(&property(&blocked, "tab")), why });
    }
    if let Some(acted) = of("acted") {
        return Some(Answer::Acted {
            text: property(&acted, "text").as_string()?,
            unkept: property(&acted, "unkept").as_string(),
        });
    }
    if let Some(refused) = of("notDone") {
        return Some(Answer::NotDone { why: not_done(&property(&refused, "why")) });
    }
    if let Some(recorded) = of("recorded") {
        let sites = Array::from(&property(&recorded, "sites"));
        return Some(Answer::Recorded { sites: sites.iter().filter_map(|site| site.as_string()).collect() });
    }
    if let Some(refused) = of("notRecorded") {
        return Some(Answer::NotRecorded { why: words(&property(&refused, "why")) });
    }
    of("failed").map(|why| Answer::Failed(words(&why)))
}

fn tab(value: &JsValue) -> Option<Tab> {
    Some(Tab {
        id: property(value, "id").as_f64()? as i32,
        url: property(value, "url").as_string(),
        title: property(value, "title").as_string(),
        active: property(value, "active").is_truthy(),
        hold: hold(&property(value, "hold")),
    })
}

fn frame(value: &JsValue) -> Option<Frame> {
    Some(Frame {
        frame: property(value, "frame").as_f64()? as i64,
        document_id: property(value, "documentId").as_string(),
        text: property(value, "text").as_string()?,
    })
}

fn no_access(why: &JsValue) -> NoAccess {
    match why.as_string().as_deref() {
        Some("restricted") => NoAccess::Restricted,
        Some("policy") => NoAccess::Policy,
        Some("closedSite") => NoAccess::ClosedSite,
        Some("document") => NoAccess::Document,
        Some("errorPage") => NoAccess::ErrorPage,
        Some("frozen") => NoAccess::Frozen,
        Some("discarded") => NoAccess::Discarded,
        Some("busy") => NoAccess::Busy,
        Some("needsGrant") => NoAccess::NeedsGrant,
        Some("noTab") => NoAccess::NoTab,
        _ => NoAccess::Failed(words(&property(why, "failed"))),
    }
}

fn not_done(why: &JsValue) -> NotDone {
    match why.as_string().as_deref() {
        Some("moved") => NotDone::Moved,
        Some("noAnswer") => NotDone::NoAnswer,
        Some("frozen") => NotDone::Frozen,
        Some("discarded") => NotDone::Discarded,
        Some("tooLate") => NotDone::TooLate,
        Some("readOnly") => NotDone::ReadOnly,
        Some("notHere") => NotDone::NotHere,
        _ => NotDone::Failed(words(&property(why, "failed"))),
    }
}

fn hold(value: &JsValue) -> Option<Hold> {
    match value.as_string()?.as_str() {
        "notHere" => Some(Hold::NotHere),
        _ => Some(Hold::ReadOnly),
    }
}

fn words(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}
