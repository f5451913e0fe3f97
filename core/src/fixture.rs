//! Visitors for this crate's tests.

use crate::visitor::lookup_code::CodeReading;
use crate::visitor::observed::{Observed, Source, UnknownReason};
use crate::visitor::page_value::PageValue;
use crate::visitor::{FieldReading, Visitor};
use serde_json::Value;

/// A visitor with this configuration. `null` means removed.
pub fn visitor(config: Value) -> Visitor {
    visitor_of(config, PageValue::decode_plain)
}

/// The same, from the probe's encoding.
pub fn encoded(config: Value) -> Visitor {
    visitor_of(config, |value| PageValue::decode(value.clone()))
}

fn visitor_of(config: Value, decode: fn(&Value) -> PageValue) -> Visitor {
    let read = |field: crate::visitor::Field| {
        let now = match config.get(field.key()) {
            None => Observed::Unknown(UnknownReason::NotSet),
            Some(Value::Null) => Observed::Unset(Source::Configuration),
            Some(value) => Observed::Value(decode(value), Source::Configuration),
        };
        FieldReading::new(field, now, None)
    };
    let code = CodeReading { code: Observed::Unknown(UnknownReason::NotFound), set_at: None };
    Visitor::new(read, Observed::Unknown(UnknownReason::NotFound), Observed::Unknown(UnknownReason::NotFound), code)
}
