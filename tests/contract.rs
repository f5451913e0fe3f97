//! Compares the formats at the boundaries with files: all messages, all stored formats, and raw reports as the probe
//! writes them (`tests/contract/raw`, generated and checked by the end-to-end tests in both browsers).

#[path = "contract/messages.rs"]
mod messages;

use inspector_core::edit::change::Change;
use inspector_core::expectations::{Format, stored};
use inspector_core::page_report::export;
use inspector_core::page_report::raw_report;
use inspector_core::page_report::{Oddity, ProbeRefusal};
use inspector_core::presets::{Preset, file};
use inspector_core::visitor::Field;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use upscope_inspector::messages::{DocumentTarget, EditInput};
use upscope_inspector::storage_format::expectations::{DRAFT_KEY, EXPECTATIONS_KEY, ExpectationDraft};
use upscope_inspector::storage_format::presets::PRESETS_KEY;
use upscope_inspector::storage_format::session::{
    ChosenFrame, Drafts, JOURNAL_VERSION, Journal, JournalEntry, StoredDraft, VERSION,
};

fn target() -> DocumentTarget {
    DocumentTarget { tab: 7, frame: 60_129_542_145, document_id: Some("D".into()), document: "1000.5".into() }
}

fn target_shape() -> Value {
    json!({"tab": 7, "frame": 60_129_542_145_i64, "documentId": "D", "document": "1000.5"})
}

#[test]
fn stored_shapes() {
    let mut edit = EditInput { switch: true, code: Some("12".into()), ..EditInput::default() };
    edit.draft.set(Field::Tags, Change::Remove);
    let keep = json!({"changes": {"tags": "remove"}});
    let draft = StoredDraft { document: "1".into(), page: "https://a.test/".into(), at: 5, edit };
    let draft_shape = json!({"document": "1", "page": "https://a.test/", "at": 5, "edit": {"switch": true, "draft": keep, "code": "12"}});
    let drafts = Drafts { v: VERSION, current: Some(draft.clone()), others: vec![draft] };
    let shape = json!({"v": 1, "current": draft_shape, "aside": [draft_shape]});
    assert_eq!(Drafts::read(&shape.to_string()), Some(drafts.clone()));
    assert_eq!(drafts.to_text(), shape.to_string());
    // A later version may have more fields.
    let newer = shape.to_string().replace(r#"{"tags":"remove"}"#, r#"{"tags":"remove","phone":{"set":{"text":"1"}}}"#);
    assert_eq!(Drafts::read(&newer), Some(drafts));

    let chosen = ChosenFrame { v: 1, frame: 60_129_542_145, page: "p".into() };
    let shape = json!({"v": 1, "frame": 60_129_542_145_i64, "page": "p"});
    assert_eq!(ChosenFrame::read(&shape.to_string()), Some(chosen.clone()));
    assert_eq!(chosen.to_text(), shape.to_string());

    let entry = JournalEntry { id: 9, at: 5, target: target(), edit: Box::new(messages::pending_edit()), reply: None };
    let shape = json!({"v": 2, "entries": [
        {"id": 9, "at": 5, "target": target_shape(), "edit": messages::pending_edit_shape(), "reply": null},
    ]});
    let journal = Journal { v: JOURNAL_VERSION, entries: vec![entry] };
    assert_eq!(serde_json::to_value(&journal).unwrap(), shape);
    assert_eq!(serde_json::from_value::<Journal>(shape).unwrap(), journal);
}

#[test]
fn presets_are_kept_as_their_file() {
    let values = json!({"uniqueId": "{{id}}", "tags": null});
    let presets = [Preset::new("Ada", &["acme.com".to_owned()], values.clone()).unwrap()];
    let shape = json!({
        "schema": "upscope-inspector/presets@1",
        "presets": [{"name": "Ada", "sites": ["*://acme.com/*"], "values": values}],
    });
    assert_eq!(serde_json::from_str::<Value>(&file::write(&presets)).unwrap(), shape);
    assert_eq!(file::read_stored(&shape.to_string()).unwrap(), presets);
    // Values of other versions are not overwritten.
    assert_eq!(file::read_stored(&json!({"schema": "upscope-inspector/presets@2", "presets": []}).to_string()), None);
    assert_eq!(PRESETS_KEY, "presets");
}

#[test]
fn expectations_are_kept_as_their_file() {
    let expectation = json!({"name": "a", "pages": ["https://a.test/*"], "expect": {"connected": true}});
    let shape = json!({"schema": "upscope-inspector/expectations@1", "expectations": [expectation]});
    let read = stored::read_stored(&shape.to_string()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&stored::write(&read)).unwrap(), shape);
    assert_eq!(stored::read_file(&shape.to_string(), Format::Json).unwrap(), read);
    // Values of other versions are not overwritten.
    let later = json!({"schema": "upscope-inspector/expectations@2", "expectations": []});
    assert_eq!(stored::read_stored(&later.to_string()), None);
    assert_eq!(EXPECTATIONS_KEY, "expectations");

    let draft = ExpectationDraft { v: 1, of: Some("a".into()), text: "{".into() };
    let shape = json!({"v": 1, "of": "a", "text": "{"});
    assert_eq!(ExpectationDraft::read(&shape.to_string()), Some(draft.clone()));
    assert_eq!(draft.to_text(), shape.to_string());
    assert_eq!(ExpectationDraft::read(r#"{"v":2,"of":null,"text":""}"#), None);
    assert_eq!(DRAFT_KEY, "expectationDraft");
}

#[test]
fn what_another_version_stored_is_nothing_stored() {
    let no_drafts = json!({"v": 1, "current": null, "aside": []});
    assert_eq!(Drafts::read(&no_drafts.to_string()), Some(Drafts { v: VERSION, ..Drafts::default() }));
    for other in [json!({"v": 2, "current": null, "aside": []}), json!(null), json!({"v": 1})] {
        assert_eq!(Drafts::read(&other.to_string()), None, "{other}");
    }
    assert_eq!(ChosenFrame::read(r#"{"v":2,"frame":0,"page":"p"}"#), None);
    assert_eq!(ChosenFrame::read("{"), None);
}

/// Each raw report is read as in its `.expected.json`. `UPDATE=1` writes that file; review the change.
#[test]
fn the_ids_of_a_live_chat_are_the_chats_and_no_flaw() {
    let read = |ids: Value, chats: Value| {
        let sections = json!({"sdk": {"global": "function", "configured": true, "version": "2.2.119"},
            "config": {"apiKey": "K", "integrationIds": ids}, "chats": chats});
        let (report, _) = raw_report::read(&raw(sections), |_| false);
        let field = report.visitor.field(Field::IntegrationIds).clone();
        (field.now.source().map(|source| source.name()), field.flaws.len())
    };
    assert_eq!(read(json!(["twilio_flex:CH1"]), json!(["twilio_flex"])), (Some("live-chat"), 0));
    assert_eq!(read(json!(["intercom:7"]), json!(["intercom"])), (Some("live-chat"), 0));
    assert_eq!(read(json!(["crm:7"]), json!(["intercom"])), (Some("configuration"), 0));
    assert_eq!(read(json!(["intercom:7", "crm:1"]), json!(["intercom"])), (Some("configuration"), 0));
    assert_eq!(read(json!(["my_crm:7"]), json!([])), (Some("configuration"), 1));
}

#[test]
fn raw_reports_of_real_pages() {
    let folder = root().join("tests/contract/raw");
    let raw: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| is_raw(path)).collect();
    assert!(!raw.is_empty(), "no raw reports");
    for path in raw {
        let (report, oddities) = raw_report::read(&std::fs::read_to_string(&path).unwrap(), |_| false);
        assert_eq!(oddities, [], "{}", path.display());
        let read = export::page_report([&report].into_iter(), 0, false) + "\n";
        let expected = path.with_extension("expected.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &read).unwrap();
        }
        assert_eq!(read, std::fs::read_to_string(&expected).unwrap_or_default(), "{}", path.display());
    }
}

fn is_raw(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "json") && !path.to_string_lossy().ends_with(".expected.json")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// An ordinary page's raw report with these sections changed.
fn raw(sections: Value) -> String {
    let mut report = json!({"v": 1, "page": {"url": "https://a.test/", "document": "1", "top": true, "frames": 0}});
    report.as_object_mut().unwrap().extend(sections.as_object().unwrap().clone());
    report.to_string()
}

/// The only frame in the copied report.
fn read_sections(sections: Value) -> Value {
    let (report, _) = raw_report::read(&raw(sections), |_| false);
    let text = export::page_report([&report].into_iter(), 0, false);
    serde_json::from_str::<Value>(&text).unwrap()["frames"][0].take()
}

fn loaded(config: Value) -> Value {
    json!({"sdk": {"global": "function", "snippet": true, "version": "2.2.119", "configured": true, "queue": 0}, "config": config, "local": {}})
}

#[test]
fn a_text_that_is_no_report_is_read_as_nothing() {
    for text in ["", "null", "[]", "{\"v\":2}", "{\"v\":1", "\"\\ud800\""] {
        let (report, oddities) = raw_report::read(text, |_| false);
        assert_eq!((report.sdk.state(), oddities), ("unread", vec![Oddity::Unreadable]), "{text}");
        assert!(!report.sdk.is_present() && !report.sdk.takes_calls());
    }
}

#[test]
fn a_global_that_could_not_be_read_is_not_called_absent() {
    let (report, oddities) = raw_report::read(&raw(json!({"sdk": null})), |_| false);
    assert_eq!((report.sdk.state(), oddities), ("unread", vec![]));
}

#[test]
fn an_accessor_named_upscope_is_reported_and_not_run() {
    let (report, oddities) = raw_report::read(&raw(json!({"sdk": {"global": "accessor"}})), |_| false);
    assert_eq!((report.sdk.state(), oddities), ("no-upscope", vec![Oddity::Accessor]));
}

#[test]
fn a_configuration_that_could_not_be_copied_is_no_missing_init() {
    let (report, _) = raw_report::read(&raw(loaded(json!({"$": "object"}))), |_| false);
    assert_eq!(report.sdk.state(), "not-connected");
    let unread = json!({"unknown": "not-reported"});
    let frame = read_sections(loaded(json!({"$": "object"})));
    assert_eq!((&frame["visitor"]["uniqueId"], &frame["sdk"]["publicKey"]), (&unread, &unread));
}

#[test]
fn only_metadata_that_is_there_is_not_sent() {
    let flaws = |metadata: Value| {
        let (report, _) = raw_report::read(&raw(loaded(json!({ "metadata": metadata }))), |_| false);
        report.visitor.field(Field::Metadata).flaws.len()
    };
    assert_eq!(flaws(json!({"plan": "gold"})), 1);
    assert_eq!((flaws(json!({})), flaws(Value::Null)), (0, 0));
}

#[test]
fn settings_show_whether_the_account_or_the_page_set_them() {
    let mut sections = loaded(json!({"region": "eu", "autoconnect": false, "apiKey": "key"}));
    sections["account"] = json!({"apiKey": "key", "autoconnect": true, "teamDomain": "acme"});
    let sdk = &read_sections(sections)["sdk"];
    assert_eq!(sdk["publicKey"], json!({"value": "key", "source": "account-settings"}));
    assert_eq!(sdk["autoconnect"], json!({"value": false, "source": "configuration"}));
    assert_eq!(sdk["accountDomain"], json!({"value": "acme", "source": "account-settings"}));
    assert_eq!(sdk["pageOverridesAccount"], json!({"value": false, "source": "configuration"}));
    assert_eq!(sdk["region"], json!({"value": "eu", "source": "configuration"}));
}

#[test]
fn an_undefined_key_is_unknown_and_a_null_one_is_removed() {
    let visitor = &read_sections(loaded(json!({"uniqueId": {"$": "undefined"}, "tags": null})))["visitor"];
    assert_eq!(visitor["uniqueId"], json!({"unknown": "not-said"}));
    assert_eq!(visitor["tags"], json!({"value": null, "source": "configuration"}));
}

#[test]
fn a_waiting_update_stands_beside_what_is_there() {
    let mut sections = loaded(json!({"uniqueId": "old", "tags": ["#A"]}));
    sections["calls"] =
        json!([["updateConnection", {"uniqueId": "new", "tags": null, "identities": {"$": "undefined"}}]]);
    let visitor = &read_sections(sections)["visitor"];
    assert_eq!(visitor["uniqueId"], json!({"value": "old", "source": "configuration", "waiting": "new"}));
    assert_eq!(visitor["tags"], json!({"value": ["#A"], "source": "configuration", "waiting": null}));
    assert_eq!(visitor["identities"], json!({"unknown": "not-said"}));
}

#[test]
fn what_a_waiting_update_sets_may_be_unread() {
    for unread in [
        json!({"$": "toJSON"}),
        json!({"$": "proxy", "v": {"tags": {"$": "toJSON"}}}),
        json!({"$": "map", "v": {"tags": {"$": "toJSON"}}, "n": 3}),
    ] {
        let mut sections = loaded(json!({"tags": ["#A"]}));
        sections["calls"] = json!([["updateConnection", {"tags": ["#B"]}], ["updateConnection", unread]]);
        let visitor = &read_sections(sections)["visitor"];
        assert_eq!(visitor["tags"], json!({"value": ["#A"], "source": "configuration", "waiting": "<toJSON>"}));
    }
}

#[test]
fn a_waiting_call_that_was_not_copied_may_set_any_field() {
    let with = |queue: u64| {
        let mut sections = loaded(json!({"tags": ["#A"]}));
        sections["calls"] = json!([["updateConnection", {"tags": ["#B"]}]]);
        sections["sdk"]["queue"] = json!(queue);
        let visitor = &read_sections(sections)["visitor"];
        (visitor["tags"]["waiting"].clone(), visitor["uniqueId"].clone())
    };
    assert_eq!(with(1), (json!(["#B"]), json!({"unknown": "not-said"})));
    let unread = json!({"value": "<deep>", "source": "queue", "exact": false});
    assert_eq!(with(2), (json!("<deep>"), unread));
}

#[test]
fn a_waiting_reset_clears_init_and_leaves_updates() {
    let calls =
        json!([["init", {"uniqueId": "a", "tags": ["#A"]}], ["updateConnection", {"uniqueId": "b"}], ["reset"]]);
    let visitor =
        &read_sections(json!({"sdk": {"global": "function", "snippet": true, "queue": 3}, "calls": calls}))["visitor"];
    assert_eq!(visitor["uniqueId"], json!({"value": "b", "source": "queue"}));
    assert_eq!(visitor["tags"], json!({"value": null, "source": "queue"}), "what it takes is shown");
    assert_eq!(visitor["identities"], json!({"unknown": "no-sdk"}));
}

#[test]
fn stored_values_come_from_storage_then_from_the_cookie_and_never_from_a_replaced_one() {
    let with = |config: Value, local: Value, cookie: Value| {
        let mut sections = loaded(config);
        (sections["local"], sections["cookie"]) = (local, cookie);
        read_sections(sections)["visitor"]["shortId"].clone()
    };
    let both = with(json!({}), json!({"shortId": "\"AAA\""}), json!({"shortId": "\"BBB\""}));
    assert_eq!(both, json!({"value": "AAA", "source": "local-storage"}));
    assert_eq!(with(json!({}), json!({}), json!({"shortId": "\"BBB\""})), json!({"value": "BBB", "source": "cookie"}));
    assert_eq!(with(json!({}), json!({}), json!({})), json!({"unknown": "not-found"}));
    assert_eq!(with(json!({}), Value::Null, Value::Null), json!({"unknown": "storage-blocked"}));
    let own = json!({"storageImplementation": {"getItem": {"$": "function"}}});
    assert_eq!(with(own, json!({"shortId": "\"AAA\""}), json!({})), json!({"unknown": "storage-replaced"}));
}

#[test]
fn a_watch_link_is_made_only_of_an_id_that_looks_like_one() {
    let with = |id: &str, version: &str| {
        let mut sections = loaded(json!({}));
        sections["sdk"]["version"] = json!(version);
        sections["local"] = json!({"shortId": json!(id).to_string()});
        read_sections(sections)["visitor"]["watchLink"].clone()
    };
    assert_eq!(with("Q7X", "2.2.119"), json!({"value": "https://upscope.io/w/Q7X", "source": "derived"}));
    assert_eq!(with("Q7X", "2026.3.2"), json!({"value": "https://upscope.com/w/Q7X", "source": "derived"}));
    assert_eq!(with("../evil", "2.2.119"), json!({"unknown": "not-found"}));
}

#[test]
fn a_code_is_read_from_storage_else_from_what_the_page_shows() {
    let mut sections = loaded(json!({}));
    sections["marks"] = json!({"code": "Your code: 0482 (one hour)"});
    assert_eq!(read_sections(sections.clone())["visitor"]["lookupCode"], json!({"unknown": "left-over"}));
    sections["local"] = Value::Null;
    assert_eq!(
        read_sections(sections.clone())["visitor"]["lookupCode"],
        json!({"value": "0482", "source": "page-mark"})
    );
    sections["local"] = json!({"lookupCode": "\"1111\"", "lookupCodeSetAt": "\"2026-11-22T21:30:00.000Z\""});
    let frame = read_sections(sections);
    assert_eq!(frame["visitor"]["lookupCode"], json!({"value": "1111", "source": "local-storage"}));
    assert_eq!(frame["lookupCodeSetAt"], json!(1_795_383_000_000_u64));
}

#[test]
fn an_acts_reply_is_read() {
    let reply = |act: Value| raw_report::read(&raw(json!({"act": act})), |_| false).0.act;
    assert_eq!(reply(Value::Null), None);
    let made = reply(json!({"name": "update", "waiting": true})).unwrap();
    assert_eq!((made.refused, made.waiting, made.mark), (None, true, None));
    let marked = reply(json!({"name": "update", "waiting": true, "mark": "1.5"})).unwrap();
    assert_eq!(marked.mark.as_deref(), Some("1.5"));
    let refused = |act| reply(act).unwrap().refused;
    assert_eq!(refused(json!({"refused": "moved"})), Some(ProbeRefusal::Moved));
    assert_eq!(refused(json!({"refused": "gone"})), Some(ProbeRefusal::Gone));
    assert_eq!(refused(json!({"refused": "storage"})), Some(ProbeRefusal::Storage));
    assert_eq!(refused(json!({"refused": "down"})), Some(ProbeRefusal::Down));
    assert_eq!(refused(json!({"refused": "unkept", "error": "plan"})), Some(ProbeRefusal::NotKept("plan".into())));
    assert_eq!(
        refused(json!({"refused": "unstored", "error": "QuotaExceededError: full"})),
        Some(ProbeRefusal::NotStored("QuotaExceededError: full".into()))
    );
    assert_eq!(
        refused(json!({"refused": "threw", "error": "Error: no"})),
        Some(ProbeRefusal::Threw("Error: no".into()))
    );
    assert_eq!(reply(json!({"name": "askCode", "code": "0482"})).unwrap().code.as_deref(), Some("0482"));
}
