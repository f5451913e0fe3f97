//! The outcome of an edit, field by field, as far as it is known.

use crate::edit::change::Change;
use crate::edit::patch::VisitorPatch;
use crate::visitor::observed::{Observed, Source};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, Visitor};
use serde_json::Value;

/// The outcome of one changed field after the call.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldOutcome {
    /// The SDK's configuration has the requested value.
    ReadBack,
    /// The call was made, and this SDK doesn't expose the value, or it couldn't be read completely.
    Sent,
    /// The call is still in the SDK's queue.
    Waiting,
    /// The call was queued, and the SDK never sends this value from the queue (docs/sdk-reference.md#waiting-calls).
    LostInQueue,
    /// The SDK's configuration has another value.
    Differs(PageValue),
}

/// Compares `patch` with `after`, the visitor as read after the call. `waiting`: the call is in the queue.
/// `metadata_lost`: it was queued when this SDK loses the metadata of a waiting call.
pub fn outcome(
    field: Field,
    patch: &VisitorPatch,
    after: &Visitor,
    waiting: bool,
    metadata_lost: bool,
) -> FieldOutcome {
    if field == Field::Metadata && metadata_lost {
        return FieldOutcome::LostInQueue;
    }
    if waiting {
        return FieldOutcome::Waiting;
    }
    match (&after.field(field).now, patch.change(field)) {
        (Observed::Unknown(_) | Observed::Unset(Source::Queue) | Observed::Value(_, Source::Queue), _) => {
            FieldOutcome::Sent
        }
        (Observed::Unset(_), Change::Set(_)) => FieldOutcome::Differs(PageValue::Null),
        (Observed::Unset(_), _) => FieldOutcome::ReadBack,
        (Observed::Value(value, _), change) => compare(field, value, change),
    }
}

fn compare(field: Field, value: &PageValue, change: &Change<Value>) -> FieldOutcome {
    let wanted = match change {
        Change::Set(wanted) => PageValue::decode_plain(wanted),
        _ => PageValue::Null,
    };
    match field {
        _ if *value == wanted => FieldOutcome::ReadBack,
        // 2.x stores only the metadata of `init` there (docs/sdk-reference.md#waiting-calls), which shows nothing about
        // the edit.
        Field::Metadata => FieldOutcome::Sent,
        _ if value.may_be(&wanted) => FieldOutcome::Sent,
        _ => FieldOutcome::Differs(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{encoded, visitor};
    use serde_json::json;

    fn outcome_of(field: Field, argument: Value, after: Value, waiting: bool) -> FieldOutcome {
        let lost = waiting;
        let patch = VisitorPatch::from_argument(&argument).unwrap();
        outcome(field, &patch, &visitor(after), waiting, lost)
    }

    #[test]
    fn a_configured_value_is_read_back_or_differs() {
        assert_eq!(
            outcome_of(Field::Tags, json!({"tags": ["#A"]}), json!({"tags": ["#A"]}), false),
            FieldOutcome::ReadBack
        );
        assert_eq!(
            outcome_of(Field::Tags, json!({"tags": null}), json!({"tags": null}), false),
            FieldOutcome::ReadBack
        );
        let other = FieldOutcome::Differs(PageValue::Text("2".into()));
        assert_eq!(outcome_of(Field::UniqueId, json!({"uniqueId": "1"}), json!({"uniqueId": "2"}), false), other);
        assert_eq!(
            outcome_of(Field::Tags, json!({"tags": ["#A"]}), json!({"tags": null}), false),
            FieldOutcome::Differs(PageValue::Null)
        );
    }

    #[test]
    fn an_unexposed_value_is_only_sent() {
        assert_eq!(outcome_of(Field::Metadata, json!({"metadata": {"a": 1}}), json!({}), false), FieldOutcome::Sent);
        assert_eq!(
            outcome_of(Field::Metadata, json!({"metadata": {"a": 1}}), json!({"metadata": {"a": 0}}), false),
            FieldOutcome::Sent
        );
        assert_eq!(
            outcome_of(Field::Metadata, json!({"metadata": {"a": 1}}), json!({"metadata": {"a": 1}}), false),
            FieldOutcome::ReadBack
        );
    }

    fn unread(field: Field, sent: Value, after: Value) -> FieldOutcome {
        let patch = VisitorPatch::from_argument(&json!({ field.key(): sent })).unwrap();
        outcome(field, &patch, &encoded(json!({ field.key(): after })), false, false)
    }

    #[test]
    fn a_value_that_could_not_be_read_back_is_only_sent() {
        let ids: Vec<String> = (0..120).map(|n| format!("crm:{n}")).collect();
        let cut = |n: usize| json!({"$": "list", "v": &ids[..100], "n": n});
        assert_eq!(unread(Field::IntegrationIds, json!(ids), cut(20)), FieldOutcome::Sent);
        assert!(matches!(unread(Field::IntegrationIds, json!(ids), cut(21)), FieldOutcome::Differs(_)));
        let long = "x".repeat(3000);
        let start = |text: &str| json!({"$": "text", "v": text, "n": 3000});
        assert_eq!(unread(Field::UniqueId, json!(long), start(&long[..2048])), FieldOutcome::Sent);
        assert!(matches!(unread(Field::UniqueId, json!(long), start("y")), FieldOutcome::Differs(_)));
        for unknown in [json!({"$": "proxy", "v": ["#A"]}), json!({"$": "accessor"}), json!(["#A", {"$": "accessor"}])]
        {
            assert_eq!(unread(Field::Tags, json!(["#A", "#B"]), unknown.clone()), FieldOutcome::Sent, "{unknown}");
        }
        for other in [json!(["#C", {"$": "accessor"}]), json!(["#A", {"$": "function"}])] {
            let found = unread(Field::Tags, json!(["#A", "#B"]), other.clone());
            assert!(matches!(found, FieldOutcome::Differs(_)), "{other}");
        }
        assert!(matches!(unread(Field::Tags, json!(null), json!(["#A"])), FieldOutcome::Differs(_)));
    }

    #[test]
    fn a_waiting_call_loses_metadata() {
        let both = json!({"tags": ["#A"], "metadata": {"a": 1}});
        assert_eq!(outcome_of(Field::Tags, both.clone(), json!({}), true), FieldOutcome::Waiting);
        assert_eq!(outcome_of(Field::Metadata, both, json!({}), true), FieldOutcome::LostInQueue);
    }
}
