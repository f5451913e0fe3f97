//! The report as JSON, to paste in a ticket. The schema is documented in `docs/report.md`.

use crate::json_text::{compact, object, pretty};
use crate::page_report::connection::{Link, Sdk};
use crate::page_report::{Report, SdkSettings, WaitingCall};
use crate::visitor::flaw::Flaw;
use crate::visitor::observed::Observed;
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, FieldReading};
use serde_json::{Map, Value};

/// The schema's name and version. The number changes when an older reader would misread the new format.
pub const SCHEMA: &str = "upscope-inspector/report@1";

/// A value as text for the clipboard: a string unchanged, anything else as JSON.
pub fn plain_text(value: &PageValue) -> String {
    match value.to_json() {
        Value::String(text) => text,
        other => compact(&other),
    }
}

/// Returns the report of all frames that have any part of Upscope, or else of the page. `now` is in milliseconds since
/// the epoch. `masked`: personal values are masked.
pub fn page_report<'a>(frames: impl Iterator<Item = &'a Report>, now: i64, masked: bool) -> String {
    let all: Vec<_> = frames.collect();
    let present: Vec<_> = all.iter().copied().filter(|report| report.sdk.is_present()).collect();
    let chosen = if present.is_empty() { &all[..all.len().min(1)] } else { &present[..] };
    let frames = chosen.iter().map(|report| frame(report)).collect();
    pretty(&object([("schema", SCHEMA.into()), ("at", now.into()), ("masked", masked.into()), ("frames", frames)]))
}

fn frame(report: &Report) -> Value {
    let visitor = &report.visitor;
    let mut fields: Map<_, _> =
        Field::ALL.map(|field| (field.key().to_owned(), reading(visitor.field(field)))).into_iter().collect();
    fields.insert("lookupCode".into(), text(&visitor.lookup_code.code));
    fields.insert("shortId".into(), text(&visitor.short_id));
    fields.insert("watchLink".into(), text(&visitor.watch_link));
    object([
        ("url", report.page.url.as_str().into()),
        ("title", report.page.title.as_str().into()),
        ("top", report.page.top.into()),
        ("state", report.sdk.state().into()),
        ("cause", report.sdk.cause().into()),
        ("observers", observers(&report.sdk)),
        ("visitor", fields.into()),
        ("lookupCodeSetAt", visitor.lookup_code.set_at.into()),
        ("sdk", settings(&report.settings)),
        ("waitingCalls", report.waiting.into()),
        ("calls", report.calls.iter().map(call).collect()),
    ])
}

fn observers(sdk: &Sdk) -> Value {
    match sdk {
        Sdk::Loaded(Link::InSession(names)) => names.clone().into(),
        _ => Value::Null,
    }
}

fn call(call: &WaitingCall) -> Value {
    let arguments = call.arguments.iter().map(PageValue::to_json).collect();
    object([("name", call.name.as_str().into()), ("arguments", arguments), ("own", call.own.into())])
}

fn reading(reading: &FieldReading) -> Value {
    let mut out = Map::new();
    if let Value::Object(now) = observed(reading.now.clone().map(|value| value.to_json())) {
        out = now;
    }
    out.extend(reading.queued.as_ref().map(|queued| ("waiting".to_owned(), queued.to_json())));
    if !reading.is_whole() {
        out.insert("exact".to_owned(), false.into());
    }
    if !reading.flaws.is_empty() {
        out.insert("flaws".to_owned(), reading.flaws.iter().map(flaw).collect());
    }
    Value::Object(out)
}

fn flaw(flaw: &Flaw) -> Value {
    object([("item", flaw.item.into()), ("kind", flaw.kind.name().into()), ("repair", flaw.repair.as_deref().into())])
}

fn settings(settings: &SdkSettings) -> Value {
    let copied = |values: &Option<PageValue>| values.as_ref().map(PageValue::to_json).into();
    object([
        ("version", text(&settings.version)),
        ("region", text(&settings.region)),
        ("publicKey", text(&settings.public_key)),
        ("accountDomain", text(&settings.account_domain)),
        ("pageOverridesAccount", observed(settings.page_overrides.clone().map(Value::from))),
        ("autoconnect", observed(settings.autoconnect.clone().map(Value::from))),
        ("liveChats", observed(settings.chats.clone().map(Value::from))),
        ("testingKey", settings.testing_key.as_deref().into()),
        ("configuration", copied(&settings.config)),
        ("accountSettings", copied(&settings.account)),
    ])
}

fn text(value: &Observed<String>) -> Value {
    observed(value.clone().map(Value::from))
}

/// `{"value", "source"}`, or `{"unknown": why}`: unknown is not empty.
fn observed(value: Observed<Value>) -> Value {
    match value {
        Observed::Value(value, source) => object([("value", value), ("source", source.name().into())]),
        Observed::Unset(source) => object([("value", Value::Null), ("source", source.name().into())]),
        Observed::Unknown(why) => object([("unknown", why.name().into())]),
    }
}
