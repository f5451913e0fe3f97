//! Properties of any input: reading never fails or grows, a patch survives being a call, and undo restores.

use inspector_core::edit::change::Change;
use inspector_core::edit::metadata::MetadataEditor;
use inspector_core::edit::patch::{VisitorPatch, integration_list};
use inspector_core::edit::undo::undo;
use inspector_core::json_read;
use inspector_core::page_report::export;
use inspector_core::page_report::raw_report;
use inspector_core::visitor::flaw::flaws;
use inspector_core::visitor::lookup_code::CodeReading;
use inspector_core::visitor::observed::{Observed, Source, UnknownReason};
use inspector_core::visitor::page_value::PageValue;
use inspector_core::visitor::{Field, FieldReading, PerField, Visitor};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON, with the probe's marks (`$`) and section names among the keys.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        "[a-z$]{0,3}",
        Just("$".into()),
        Just("v".into()),
        Just("n".into()),
        Just("updateConnection".into())
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        prop_oneof![Just("function"), Just("list"), Just("map"), Just("text"), Just("#vip"), Just("${x}")]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let object = prop::collection::vec((key.clone(), inner.clone()), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            object.prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// A report of the probe with any sections.
fn any_report() -> impl Strategy<Value = Value> {
    let names = ["act", "page", "sdk", "config", "account", "chats", "calls", "local", "cookie", "marks"];
    let keys = [
        "global",
        "version",
        "configured",
        "queue",
        "hooked",
        "shortId",
        "lookupCode",
        "url",
        "document",
        "tags",
        "identities",
    ];
    let section = prop::collection::vec((prop::sample::select(keys.to_vec()), any_json()), 0..6)
        .prop_map(|entries| Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()));
    let sections = prop::collection::vec(prop_oneof![section, any_json()], names.len());
    sections.prop_map(move |sections| {
        let mut report: Map<_, _> = names.iter().map(|name| (*name).to_owned()).zip(sections).collect();
        report.insert("v".into(), json!(1));
        Value::Object(report)
    })
}

fn strings(pattern: &'static str) -> impl Strategy<Value = Value> {
    prop::collection::vec(pattern, 1..4).prop_map(Value::from)
}

/// A change of one field, of its documented type.
fn change(field: Field) -> BoxedStrategy<Change<Value>> {
    let set = match field {
        Field::UniqueId => "\\PC{1,8}".prop_map(Value::from).boxed(),
        Field::Identities => strings("\\PC{1,8}").boxed(),
        Field::Tags => strings("#[A-Z-]{1,6}").boxed(),
        Field::IntegrationIds => strings("(zendesk|front|drift):[0-9]{1,3}").boxed(),
        Field::Metadata => {
            prop::collection::hash_map("[a-z_]{1,4}", any_json(), 0..3).prop_map(|map| json!(map)).boxed()
        }
    };
    prop_oneof![Just(Change::Keep), Just(Change::Remove), set.prop_map(Change::Set)].boxed()
}

fn patch() -> impl Strategy<Value = VisitorPatch> {
    let all = Field::ALL.map(change);
    all.prop_filter_map("keeps everything", |changes| VisitorPatch::new(Field::ALL.into_iter().zip(changes)))
}

/// A visitor with exactly these values in its configuration; `None` is absent.
fn visitor(state: &PerField<Option<Value>>) -> Visitor {
    let read = |field: Field| {
        let now = match &state[field] {
            None => Observed::Unknown(UnknownReason::NotSet),
            Some(Value::Null) => Observed::Unset(Source::Configuration),
            Some(value) => Observed::Value(PageValue::decode_plain(value), Source::Configuration),
        };
        FieldReading::new(field, now, None)
    };
    let code = CodeReading { code: Observed::Unknown(UnknownReason::NotFound), set_at: None };
    Visitor::new(read, Observed::Unknown(UnknownReason::NotFound), Observed::Unknown(UnknownReason::NotFound), code)
}

/// The SDK's configuration after a call, which sets every given key, whatever its value
/// (docs/sdk-reference.md#waiting-calls).
fn applied(state: &PerField<Option<Value>>, argument: &Value) -> PerField<Option<Value>> {
    let mut after = state.clone();
    for field in Field::ALL {
        if let Some(value) = argument.get(field.key()) {
            after[field] = Some(value.clone());
        }
    }
    after
}

/// The server's list after these entries, in order: IDs accumulate and `system:` clears a system (vendor).
fn served(mut ids: Vec<String>, sent: &[String]) -> Vec<String> {
    for entry in sent {
        match entry.strip_suffix(':') {
            Some(_) => ids.retain(|id| !id.starts_with(entry.as_str())),
            None if !ids.contains(entry) => ids.push(entry.clone()),
            None => {}
        }
    }
    ids.sort();
    ids.dedup();
    ids
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_is_read_as_the_library_reads_it(json in any_json(), at in any::<prop::sample::Index>(), bit in "[\\[\\]{}:,\"\\\\ue+.0-9a-f \n]{0,2}") {
        let whole = json.to_string();
        let at = (0..=at.index(whole.len() + 1)).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        for text in [whole.clone(), format!("{}{bit}{}", &whole[..at], &whole[at..]), whole[..at].to_owned()] {
            let (ours, theirs) = (json_read::read(&text), serde_json::from_str::<Value>(&text));
            prop_assert_eq!(ours.ok(), theirs.ok(), "{}", text);
        }
    }

    #[test]
    fn reading_any_text_never_fails(text in "\\PC*") {
        let (report, _) = raw_report::read(&text, |_| false);
        prop_assert!(export::page_report([&report].into_iter(), 0, false).len() < 10_000 + text.len() * 8);
    }

    #[test]
    fn reading_any_json_never_fails_or_grows(value in any_report()) {
        let text = value.to_string();
        let (report, _) = raw_report::read(&text, |_| true);
        let exported = export::page_report([&report].into_iter(), 0, false);
        // Pretty-printing indents, and the text contains both the configuration and the fields read from it.
        prop_assert!(exported.len() < 10_000 + text.len() * 40, "{} from {}", exported.len(), text.len());
        prop_assert!(serde_json::from_str::<Value>(&exported).is_ok());
    }

    #[test]
    fn finding_flaws_never_fails(value in any_json()) {
        for field in Field::ALL {
            let found = flaws(field, &PageValue::decode(value.clone()));
            prop_assert!(found.len() <= 100);
        }
    }

    #[test]
    fn a_value_of_json_comes_through_whole(value in any_json()) {
        prop_assert_eq!(PageValue::decode_plain(&value).to_exact_json(), Some(value));
    }

    #[test]
    fn a_patch_survives_being_a_call(patch in patch()) {
        prop_assert_eq!(VisitorPatch::from_argument(&patch.argument()), Some(patch));
    }

    #[test]
    fn no_argument_that_hangs_the_sdk_is_ever_a_patch(value in any_json()) {
        if let Some(patch) = VisitorPatch::from_argument(&value) {
            let identities = &patch.argument()["identities"];
            prop_assert!(identities.is_null() || identities.is_array());
            prop_assert!(patch.count() > 0);
        }
    }

    #[test]
    fn undo_restores_what_was_known(state in state(), patch in patch()) {
        let before = visitor(&state);
        let after = applied(&state, &patch.argument());
        let undo = undo(&patch, &before);
        let restored = undo.patch.map_or(after.clone(), |patch| applied(&after, &patch.argument()));
        for field in Field::ALL.into_iter().filter(|field| !undo.impossible.contains(field)) {
            let known = &state[field];
            match (field, known) {
                // The edit changed nothing, so nothing is undone.
                _ if patch.change(field).is_keep() => prop_assert_eq!(&restored[field], known),
                // Compares the server's list, because the call may clear a system before it adds IDs.
                (Field::IntegrationIds, Some(Value::Array(_))) => {}
                _ => prop_assert_eq!(&restored[field], known),
            }
        }
        for field in undo.impossible {
            prop_assert_eq!(&state[field], &None);
        }
    }

    #[test]
    fn an_integration_list_leaves_the_server_with_what_was_wanted(current in ids(), wanted in ids()) {
        let sent = integration_list(&current, &wanted);
        let mut expected = wanted.clone();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(served(current, &sent), expected);
    }

    #[test]
    fn metadata_survives_both_editors(value in prop::collection::hash_map("[a-z_]{1,4}", any_json(), 0..4)) {
        let Value::Object(map) = json!(value) else { unreachable!() };
        let table = MetadataEditor::from_map(&map);
        prop_assert_eq!(table.finish(), Ok(map.clone()));
        prop_assert_eq!(table.switched().finish(), Ok(map));
    }
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("(zendesk|front|drift):[0-9]{1,2}", 0..5)
}

/// For each field: absent, removed, or a value of its documented type.
fn state() -> impl Strategy<Value = PerField<Option<Value>>> {
    let value = |change| match change {
        Change::Keep => None,
        Change::Remove => Some(Value::Null),
        Change::Set(value) => Some(value),
    };
    Field::ALL.map(|field| change(field).prop_map(value)).prop_map(PerField::from_array)
}
