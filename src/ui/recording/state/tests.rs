//! The recorded views as a sequence of events.

use super::*;
use crate::ui::copying::Copied;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::raw_report;
use inspector_core::recording::document::Sender;
use inspector_core::recording::entry::{DocId, EntryId, Seq};
use inspector_core::recording::file;
use inspector_core::recording::storage::{Batch, BatchHeader, DocumentProgress, Index};
use inspector_core::recording::wire;
use serde_json::{Value, json};

const PATTERN: &str = "https://acme.test/*";

fn model() -> Model {
    Model::new(Source::Tab(3))
}

fn id(n: u64) -> EntryId {
    EntryId { doc: DocId(0), seq: Seq::Page(n) }
}

/// A batch of these entries, the first of which has this number.
fn batch(first: u64, entries: &[Value]) -> Batch {
    let (document, url) = ("d1".to_owned(), "https://acme.test/".to_owned());
    let sender = Sender { frame: 0, document, url, top: true, less_trusted: false, origin: 1_795_383_000_000 };
    let head = BatchHeader { sender, first, own: false }.to_text();
    Batch { head, texts: entries.iter().map(Value::to_string).collect() }
}

fn stored(model: &mut Model, index: Index, batches: Vec<Batch>) -> Vec<Effect> {
    update(model, Event::Stored { index: Some(Some(index)), batches })
}

fn call(id: u64, name: &str, args: Value) -> Value {
    json!({"t": id * 100, "k": "call", "id": id, "name": name, "args": args, "via": "fn", "wait": false})
}

/// Start, version, init, four quiet entries, an update.
fn recorded() -> Model {
    let mut model = model();
    let store = |key: &str| json!({"t": 50, "k": "store", "area": "local", "key": key, "value": "\"x\""});
    let entries = [
        json!({"t": 0, "k": "page", "what": "start", "url": "https://acme.test/", "origin": 1795383000000_i64, "top": true}),
        json!({"t": 1, "k": "sdk", "what": "version", "version": "2.2.119", "account": {"apiKey": "K"}}),
        call(0, "init", json!([{"uniqueId": "ada"}])),
        store("a"),
        store("b"),
        store("c"),
        store("d"),
        call(1, "updateConnection", json!([{"tags": ["#vip"]}])),
    ];
    stored(&mut model, Index { entries: 8, ..Index::default() }, vec![batch(0, &entries)]);
    model
}

#[test]
fn a_tab_without_a_recording_is_known_to_have_none() {
    let mut model = model();
    assert_eq!(model.data.known, Known::Loading);
    update(&mut model, Event::Stored { index: Some(None), batches: vec![] });
    assert_eq!(model.data.known, Known::Nothing);
    assert_eq!(provenance(&model, "d1"), None);
}

#[test]
fn what_is_told_twice_is_there_once_and_clearing_forgets_it() {
    let mut model = recorded();
    let more = [call(1, "updateConnection", json!([])), call(2, "reset", json!([]))];
    stored(&mut model, Index { entries: 9, ..Index::default() }, vec![batch(7, &more)]);
    assert_eq!(model.data.timeline.len(), 9);
    stored(&mut model, Index { entries: 0, ..Index::default() }, vec![]);
    assert!(model.data.timeline.is_empty() && model.is_recorded());
    assert_eq!(model.list.rows, vec![]);
}

#[test]
fn quiet_entries_are_folded_until_they_are_asked_for() {
    let mut model = recorded();
    let run = RowKey::Run(id(3));
    assert_eq!(model.list.rows.len(), 5);
    assert_eq!(model.list.rows[3].key(), run);
    update(&mut model, Event::Toggle(run));
    assert_eq!(model.list.rows.len(), 9);
    update(&mut model, Event::Toggle(run));
    // What is hidden in it is found all the same.
    let effects = update(&mut model, Event::Go(Place::Entry(id(5))));
    assert_eq!(effects, [Effect::Reveal(RowKey::Entry(id(5)))]);
    assert_eq!((model.list.rows.len(), model.list.expanded), (9, Some(id(5))));
    // With a choice nothing is folded: what was chosen is shown.
    update(&mut model, Event::Choose(Group::Values));
    assert_eq!(model.list.rows.len(), 4);
}

#[test]
fn where_entries_are_not_here_a_row_says_so() {
    let mut model = model();
    let reset = |n| call(n, "reset", json!([]));
    let batches = vec![batch(2, &[reset(2)]), batch(100, &[reset(3), reset(4)])];
    let heard = DocumentProgress { frame: 0, document: "d1".into(), next: 110 };
    stored(&mut model, Index { entries: 3, dropped: 107, heard: vec![heard] }, batches);
    let gap = |n, count| Row::Gap { first: id(n), count, dropped: true };
    let rows = [gap(0, 2), Row::Entry(id(2)), gap(3, 97), Row::Entry(id(100)), Row::Entry(id(101)), gap(102, 8)];
    assert_eq!((&model.list.rows[..], model.list.shown), (&rows[..], 3));
    assert_eq!(model.data.timeline.losses().evicted, 107);
    update(&mut model, Event::Toggle(RowKey::Gap(id(3))));
    assert_eq!((model.list.cursor, model.list.rows.len()), (Some(RowKey::Gap(id(3))), 6));
    // They belong to the gaps.
    update(&mut model, Event::Choose(Group::Gaps));
    assert_eq!((model.list.rows.len(), model.list.shown), (3, 0));
    update(&mut model, Event::Choose(Group::Gaps));
    update(&mut model, Event::Choose(Group::Calls));
    assert_eq!(model.list.rows.len(), 3);
}

#[test]
fn what_nothing_explains_is_only_said_not_to_be_here() {
    let mut model = model();
    stored(&mut model, Index::default(), vec![]);
    stored(&mut model, Index { entries: 1, ..Index::default() }, vec![batch(5, &[call(0, "reset", json!([]))])]);
    assert_eq!(model.list.rows[0], Row::Gap { first: id(0), count: 5, dropped: false });
}

#[test]
fn quiet_entries_are_not_folded_over_a_gap() {
    let mut model = model();
    let quiet = |n: u64| json!({"n": n, "t": n, "k": "done", "id": n});
    let batches = vec![batch(0, &[quiet(0), quiet(1)]), batch(9, &[quiet(9), quiet(10)])];
    stored(&mut model, Index { entries: 4, dropped: 7, heard: vec![] }, batches);
    assert_eq!(model.list.rows.len(), 5);
}

#[test]
fn an_entry_that_the_choice_hides_is_shown_when_it_is_asked_for() {
    let mut model = recorded();
    update(&mut model, Event::Find("no such text".into()));
    assert_eq!((model.list.rows.len(), model.list.counts), (0, [0; 7]));
    model.view = View::Checks;
    let effects = update(&mut model, Event::Go(Place::Entry(id(2))));
    assert_eq!(effects, [Effect::Shown, Effect::Reveal(RowKey::Entry(id(2)))]);
    assert_eq!((model.view, model.list.text.as_str()), (View::Timeline, ""));
    assert_eq!(update(&mut model, Event::Go(Place::Entry(id(99)))), []);
}

#[test]
fn the_keyboard_walks_the_rows() {
    let mut model = recorded();
    let mut walk = |step| {
        update(&mut model, Event::Move(step));
        model.list.cursor
    };
    assert_eq!(walk(Move::Toggle), None);
    assert_eq!(walk(Move::Up), Some(RowKey::Entry(id(7))), "the newest comes first");
    assert_eq!(walk(Move::Up), Some(RowKey::Run(id(3))));
    assert_eq!(walk(Move::First), Some(RowKey::Entry(id(0))));
    assert_eq!(walk(Move::Up), Some(RowKey::Entry(id(0))));
    assert_eq!(walk(Move::PageDown), Some(RowKey::Entry(id(7))));
    walk(Move::Toggle);
    assert_eq!(model.list.expanded, Some(id(7)));
}

#[test]
fn what_is_copied_is_told() {
    let mut model = recorded();
    let copied = |model: &mut Model, what| match &update(model, Event::Copy { what, masked: false })[..] {
        [Effect::CopyText(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&mut model, CopyWhat::Code(id(2))), "Upscope('init', {\n  uniqueId: 'ada',\n});");
    let json = copied(&mut model, CopyWhat::Json(id(7)));
    assert!(wire::read(&json, DocId(0), 0).1.is_none(), "{json}");
    assert_eq!(copied(&mut model, CopyWhat::Calls).matches("Upscope(").count(), 2);
    assert_eq!(model.copied, Some(Copied { what: CopyWhat::Calls, masked: false }));
    assert_eq!(
        update(&mut model, Event::Copy { what: CopyWhat::Code(id(0)), masked: false }),
        [],
        "a page load is no code"
    );
    update(&mut model, Event::ShowAll);
    assert_eq!(model.copied, None);
}

#[test]
fn masks_are_copied_while_values_are_masked() {
    let mut model = recorded();
    let mut copied = |what: CopyWhat| match &update(&mut model, Event::Copy { what, masked: true })[..] {
        [Effect::CopyText(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    for what in [CopyWhat::Code(id(2)), CopyWhat::Json(id(2)), CopyWhat::Calls] {
        let (first, again) = (copied(what.clone()), copied(what));
        assert!(!first.contains("ada") && first.contains("‹id 1›"), "{first}");
        assert!(again.contains("ada"), "{again}");
    }
}

#[test]
fn a_repair_is_handed_on_for_review() {
    let mut model = recorded();
    let at = model.findings.iter().position(|finding| finding.check == "tag-pattern").unwrap();
    let effects = update(&mut model, Event::Review(at));
    assert_eq!(effects, [Effect::Propose(VisitorPatch::from_argument(&json!({ "tags": ["#VIP"] })).unwrap())]);
    assert!(model.problems() >= 1);
    assert_eq!(update(&mut model, Event::Review(99)), []);
}

#[test]
fn a_look_is_judged_where_nothing_is_recorded() {
    let mut model = model();
    update(&mut model, Event::Stored { index: Some(None), batches: vec![] });
    let raw = include_str!("../../../../tests/contract/raw/malformed.json");
    let report = Box::new(raw_report::read(raw, |_| false).0);
    assert_eq!(update(&mut model, Event::Looked(Some(report.clone()))), [Effect::Tell]);
    assert!(model.problems() > 0);
    assert_eq!(update(&mut model, Event::Looked(Some(report))), [], "nothing has changed");
    update(&mut model, Event::Looked(None));
    assert_eq!(model.findings, []);
}

#[test]
fn provenance_is_that_of_the_document_asked_for() {
    let model = recorded();
    let told = provenance(&model, "d1").unwrap();
    let subjects: Vec<_> = told.iter().map(|told| (told.subject.key(), told.step.entry)).collect();
    assert_eq!(subjects, [("uniqueId", id(2)), ("tags", id(7))]);
    assert_eq!(provenance(&model, "another"), Some(vec![]));
}

#[test]
fn a_file_is_written_and_opened_and_another_refused() {
    let mut model = recorded();
    update(&mut model, Event::Open(Dialog::Export));
    let [Effect::Save { text, .. }] = &update(&mut model, Event::Confirm(5000))[..] else { panic!() };
    assert!(file::read(text).unwrap().masked && !text.contains("ada"));
    let mut reader = Model { alone: true, ..Model::new(Source::File(None)) };
    update(&mut reader, Event::Opened { name: "x.json".into(), text: "{".into() });
    assert_eq!(reader.not_opened, Some(NotOpened::NotARecording));
    update(&mut reader, Event::Opened { name: "x.json".into(), text: text.clone() });
    let file = FileInfo { name: "x.json".into(), at: 5000, masked: true, unreadable: 0 };
    assert_eq!((&reader.source, &reader.not_opened), (&Source::File(Some(file)), &None));
    assert!(reader.alone && reader.data.timeline.len() == 8);
    // A file is only read.
    update(&mut reader, Event::Open(Dialog::Clear));
    assert_eq!(update(&mut reader, Event::Confirm(0)), []);
}

#[test]
fn a_site_is_recorded_only_where_it_can_be_named() {
    let mut model = model();
    assert_eq!(update(&mut model, Event::Record(1)), []);
    update(&mut model, Event::Site(Site::Website { pattern: PATTERN.into(), host: "acme.test".into() }));
    let asked = Effect::Record { pattern: PATTERN.into(), tab: 3, at: 1 };
    assert_eq!(update(&mut model, Event::Record(1)), [asked]);
    assert_eq!(model.recording.wish, Given::Asking);
    update(&mut model, Event::Recording(Given::Refused));
    assert!(!model.is_site_recorded());
    update(&mut model, Event::Sites(vec![PATTERN.into()]));
    assert!(model.is_site_recorded());
    assert_eq!(update(&mut model, Event::Stop(PATTERN.into())), [Effect::Stop { pattern: PATTERN.into() }]);
}
